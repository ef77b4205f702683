package io.docrows.gigs.samples;

import java.util.List;

/** Words of which gigs are made: what is to be done, where, and what else matters. */
final class Jobs {

    /** A headline and the sentence that goes with it. */
    record Job(String title, String task) {}

    static final List<Job> JOBS = """
        Repaint a café front|The timber is sound, but the old green is flaking; we would like it cream and dark blue.
        Rewire a farmhouse kitchen|Six new sockets, an induction hob and lights under the cupboards.
        Fix a dripping shower|It drips all night – a new cartridge has been bought already.
        Tune an upright piano|It is a 1962 Rippen that has not been tuned for about four years.
        Translate a cookbook|It's 180 pages from Portuguese into English, with “untranslatable” dishes on every third one.
        Design a logo for a bakery|Hand-drawn rather than slick; our loaf is called ‘Nell’ and should be in it.
        Photograph a small wedding|Forty guests, one garden, four hours – no posed groups, please.
        Lay tiles in a hallway|About 11 square metres of cement tiles with a border.
        Build a website for a choir|Dates, sound samples and a page where new singers can write to us.
        Walk two dogs at lunchtime|They're friendly, but they don't share sticks.
        Edit a ten-minute documentary|The footage is sorted; what is missing is a story and a good ear.
        Teach fractions to a ten-year-old|She is quick, but she has decided that she ‘can't do maths’.
        Repair a cargo bike|The rear hub grinds and the box needs a new floor.
        Move a two-room flat|Third floor to second floor, no lift on either side, and one very heavy sofa.
        Cook for a birthday dinner|Fourteen people, two of them vegan, one allergic to nuts.
        Do the books of a flower shop|One year, two shoe boxes of receipts, and a tax letter that is due soon.
        Prune four old apple trees|They haven't been cut for ten years and stand close to the fence.
        Write product texts for a tea house|Thirty teas, sixty words each, and please no “journey for the senses”.
        Sew curtains for a bay window|The fabric is here – heavy linen, 2.80 m high.
        Clean after a renovation|Plaster dust everywhere, windows included.
        Restore a walnut sideboard|One door hangs, and the veneer has lifted at the corner.
        Record a voice-over|Three minutes, warm and dry, in British English.
        Play at a summer party|Two sets of forty-five minutes – swing, or anything people can dance to.
        Babysit on Friday evenings|Two children, six and eight, who will try to trade bedtime for card tricks.
        Plaster a ceiling|Roughly 20 square metres, with a rose in the middle that must stay.
        Analyse survey answers|About 900 answers in a spreadsheet; we'd like five charts and the truth.
        Proofread a thesis|History, 240 pages, footnotes in three languages.
        Fly a drone over a vineyard|We need one picture of each plot – all on the same day.
        Re-upholster six dining chairs|Webbing, springs and covers; the frames are fine.
        Teach yoga to an office|Twelve people who sit too much, an hour a week for two months.
        Open and change a lock|The key broke off inside – the door itself is new.
        Fix a leaking roof|Only in a west wind, only above the nursery.
        Illustrate a children's book|Sixteen spreads about a crow who'd rather be a ‘proper’ singer.
        Write the manual of a coffee machine|The engineers' notes are good; nobody else understands them.
        Serve drinks at an opening|From 18:00–23:00, wine and water only, about eighty guests.
        Build a dry stone wall|Nine metres long, knee-high, the stone is on site.
        Interpret at a notary's office|Polish and Spanish, one hour, sworn interpreters only.
        Mend a grandfather clock|It runs – but it strikes thirteen.
        Develop an app for a bee club|Hives, inspections and a map; offline first, since there's no signal in the field.
        Make-up for a theatre group|Eleven actors, two of them trees.
        Set up the sound for a reading|One lectern, two microphones and a room that echoes.
        Look after a sourdough starter|Three weeks, one feed a day, postcards welcome.
        Install a balcony garden|Boxes, drip irrigation and plants that forgive.
        Give guitar lessons|A complete beginner, fifty-nine years old and in no hurry.
        Set a headstone|Granite, 80 kg, foundation laid in spring.
        Puppet show for a library|Thirty children under seven, half an hour, nothing too sad.
        """.lines()
            .map(line -> line.split("\\|", 2))
            .map(parts -> new Job(parts[0], parts[1]))
            .toList();

    static final List<String> PLACES = List.of(
            "Porto",
            "Utrecht",
            "Leipzig",
            "Kraków",
            "Málaga",
            "Ghent",
            "Bristol",
            "Aarhus",
            "Turin",
            "Lyon",
            "Galway",
            "Graz",
            "Tartu",
            "Bergen",
            "İzmir",
            "Nagoya",
            "São Paulo",
            "Oaxaca",
            "Accra",
            "Halifax",
            "Zürich",
            "Olomouc",
            "Coimbra",
            "’s-Hertogenbosch");

    static final List<String> OCCASIONS = List.of(
            "before the end of the month",
            "over two weekends",
            "for a family of five",
            "for a housing co-op",
            "on short notice",
            "– second attempt",
            "(ground floor)",
            "for our neighbours' association",
            "in the old town",
            "while we are away");

    static final List<String> DETAILS = List.of(
            "Materials are paid for separately; please keep the receipts.",
            "You can work whenever you like between 8:00–18:00.",
            "Parking is in the yard, the key is at the baker's.",
            "We've had two quotes already and would like a third.",
            "Please bring your own tools – there is a socket, but that's all there is.",
            "The dog is called “Minister” and will want to supervise.",
            "A photo is worth more than a long e-mail: ask and we'll send some.",
            "We'd rather wait for somebody good than have it done fast.",
            "It can't be postponed, so please only answer if the date suits you.",
            "There's coffee. There's always coffee. ☕",
            "References are welcome, certificates aren't needed.",
            "The house is from 1904, so nothing is quite at right angles.",
            "If it turns out to be more work than it looks, let's talk before you go on.",
            "We speak English, Español and a little Türkçe.",
            "Payment on the day, by bank transfer or in cash.",
            "Last time it took a day and a half.");

    private Jobs() {}
}
