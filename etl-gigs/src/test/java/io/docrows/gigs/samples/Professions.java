package io.docrows.gigs.samples;

import java.util.List;

/** What people say they can do. */
final class Professions {

    /** Names that the reference list of the migrations holds, the frequent ones first. */
    static final List<String> KNOWN = List.of(
            "Gardener",
            "Photographer",
            "Web Developer",
            "Plumber",
            "Electrician",
            "Carpenter",
            "Translator",
            "Graphic Designer",
            "Cleaner",
            "House Painter",
            "Piano Teacher",
            "Dog Walker",
            "Bookkeeper",
            "Copywriter",
            "Mover",
            "Chef",
            "Bicycle Mechanic",
            "Tiler",
            "Video Editor",
            "Yoga Teacher",
            "Seamstress",
            "Babysitter",
            "Mathematics Tutor",
            "Caterer",
            "Illustrator",
            "Data Analyst",
            "Proofreader",
            "Guitar Teacher",
            "Locksmith",
            "Roofer",
            "Make-up Artist",
            "Voice-over Artist",
            "Wedding Photographer",
            "Event Planner",
            "Mobile App Developer",
            "Upholsterer",
            "Plasterer",
            "Bartender",
            "DJ",
            "Piano Tuner",
            "Interpreter",
            "Drone Pilot",
            "Furniture Restorer",
            "Sound Technician",
            "Technical Writer",
            "Tax Adviser",
            "Watchmaker",
            "Stonemason",
            "Violin Maker",
            "Puppeteer");

    /** Names that it does not hold. */
    static final List<String> OWN = List.of(
            "Beekeeper",
            "Drystone Waller",
            "Thatcher",
            "Letterpress Printer",
            "Sourdough Baker",
            "Sailing Instructor",
            "Ukulele Teacher",
            "Knitting Teacher",
            "Snow Clearer",
            "Sauna Builder",
            "Escape Room Designer",
            "Repair Café Host",
            "Children's Entertainer",
            "Lute Maker",
            "Mushroom Guide",
            "Kite Maker",
            "Übersetzerin",
            "通訳",
            "Plant Doctor 🌱",
            "gardener");

    /** Names written as a word processor does; cleaned, some of them are known. */
    static final List<String> ODDLY_QUOTED = List.of(
            "Make–up Artist", "Voice–over Artist", "Children’s Entertainer", "“Lindy Hop” Teacher", "Ladies’ Tailor");

    private Professions() {}
}
