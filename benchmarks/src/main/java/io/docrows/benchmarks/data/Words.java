package io.docrows.benchmarks.data;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words of which users and gigs are made. Any likeness to people is chance. */
final class Words {

    static final List<String> FIRST_NAMES = words("""
        Ada Agnes Aisha Alejandro Amara Amélie Anders Antoine Arjun Astrid Beatriz Björn Camille Carlos Cécile Chiara
        Chidi Clara Darya Diego Dragan Elena Elif Emeka Emil Ewa Fatima Felix Filipa Freja Gabriel Giulia Greta Hana
        Hassan Helena Hugo Ibrahim Ines Ingrid Ivan Jakub Jana João José Kaan Karin Kenji Kiran Klara Kofi Leila Lena
        Lidia Louis Lucía Maja Malik Marco María Mateo Maya Mehmet Mila Miriam Moritz Nadia Naoko Nia Noor Nuno Olga
        Omar Oskar Paola Piotr Priya Rania Raúl Renata Rosa Ruth Salma Selin Sofia Søren Stella Tariq Tereza Tomás Uma
        Valentina Vera Viktor Wanda Wei Yara Yuki Zainab Zoë
        """);

    static final List<String> LAST_NAMES = words("""
        Abebe Adeyemi Almeida Andersen Aoki Arslan Balogun Becker Bianchi Bonnet Bruun Campos Castro Chen Clarke Costa
        Dahl Demir Dvořák Eklund Esposito Faber Ferrari Fonseca Fournier Gallo García Greco Haas Hansen Hoffmann Horváth
        Ito Ivanova Jensen Jiménez Johansson Kaya Keller Khan Kim Kovács Kowalska Kumar Larsen Lefèvre Lindqvist Lopes
        Martínez Mbeki Mendes Moreau Müller Nagy Navarro Nielsen Nkosi Novák Núñez O'Brien O'Neill Okafor Osei Öztürk
        Papadakis Park Patel Pereira Petit Popescu Quinn Ramos Ricci Richter Rossi Ruiz Sato Schäfer Silva Singh
        Sørensen Suzuki Szabó Tanaka Teixeira Tran Vargas Visser Wagner Walsh Wolf Yılmaz Żak Zhang Ziegler
        """);

    /** Names in other scripts, or with characters beyond the basic plane. */
    static final List<String> OTHER_NAMES = List.of(
            "陳大文",
            "Миша Петров",
            "김서연",
            "Ελένη Παπαδοπούλου",
            "أمينة الزهراء",
            "नेहा शर्मा",
            "山田 太郎",
            "Nuno 🎸 Reis",
            "The Flying Dustpans 🧹🧽");

    /** A few hundred skills: some that the reference list of the migrations holds, most that it does not. */
    static final List<String> SKILLS = skills();

    static final List<String> TITLES = List.of(
            "Repaint a café front",
            "Rewire a farmhouse kitchen",
            "Fix a dripping shower",
            "Tune an upright piano",
            "Translate a cookbook",
            "Design a bakery's logo",
            "Photograph a small wedding",
            "Lay tiles in a hallway",
            "Build a choir's website",
            "Walk two dogs at lunchtime",
            "Edit a ten-minute documentary",
            "Repair a cargo bike",
            "Move a two-room flat",
            "Prune four old apple trees",
            "Sew curtains for a bay window",
            "Restore a walnut sideboard");

    static final List<String> PLACES = List.of(
            "Porto",
            "Utrecht",
            "Kraków",
            "Málaga",
            "Ghent",
            "Bristol",
            "Aarhus",
            "Lyon",
            "Graz",
            "İzmir",
            "Nagoya",
            "São Paulo",
            "Accra",
            "Zürich",
            "Olomouc",
            "Halifax");

    static final List<String> SENTENCES = List.of(
            "The timber is sound, but the old paint is flaking.",
            "Six new sockets, an induction hob and lights under the cupboards.",
            "Materials are paid for separately; please keep the receipts.",
            "Parking is in the yard, the key is at the baker's.",
            "We've had two quotes already and would like a third.",
            "The dog will want to supervise.",
            "It can't be postponed, so please only answer if the date suits you.",
            "There's coffee. There's always coffee. ☕",
            "The house is from 1904, so nothing is quite at right angles.",
            "We speak English, Español and a little Türkçe.",
            "Payment on the day, by bank transfer or in cash.",
            "Last time it took a day and a half.");

    private Words() {}

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private static List<String> skills() {
        List<String> kinds = List.of(
                "Photographer",
                "Teacher",
                "Tutor",
                "Painter",
                "Mechanic",
                "Designer",
                "Editor",
                "Restorer",
                "Cleaner",
                "Translator",
                "Builder",
                "Tuner",
                "Repairer",
                "Planner",
                "Guide",
                "Maker");
        List<String> fields = words("""
            Wedding Piano Mathematics House Bicycle Garden Video Furniture Window Portuguese Boat Violin Clock Event
            Mountain Kite Theatre Sauna Book Choir
            """);
        List<String> names = new ArrayList<>(
                List.of("Accountant", "Carpenter", "Chef", "Electrician", "Gardener", "Plumber", "通訳", "Übersetzerin"));
        for (String kind : kinds) {
            for (String field : fields) {
                names.add(field + " " + kind);
            }
        }
        return List.copyOf(names);
    }

    /** A name as it may stand in an address: letters a to z. */
    static List<String> addresses(List<String> names) {
        return names.stream()
                .map(name -> Normalizer.normalize(name, Normalizer.Form.NFD)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z]", ""))
                .toList();
    }
}
