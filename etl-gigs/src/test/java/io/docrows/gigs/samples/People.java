package io.docrows.gigs.samples;

import java.util.List;

/** Names of people. Any likeness is chance. */
final class People {

    static final List<String> FIRST = words("""
        Ada Adrian Agnes Aisha Alba Alejandro Alma Amara Amélie Ana Anders Andrea Anika Antoine Arjun Astrid Aylin Bastian
        Beatriz Björn Bruno Camille Carlos Cécile Chiara Chidi Claire Clara Daniel Darya Diego Dilnoza Dragan Elena Elias
        Elif Emeka Emil Emma Erik Esther Ewa Fatima Felix Filipa Finn Fiona Florian Freja Gabriel Giulia Grace Greta Gustav
        Hana Hannah Hassan Hedda Helena Hugo Ibrahim Ida Ilse Ines Ingrid Isaac Isabel Ivan Jakub Jana Jasmin João Johan
        José Julia Kaan Karin Katarzyna Kenji Kiran Klara Kofi Lara Lars Laszlo Leila Lena Leo Liam Lidia Lina Livia Louis
        Luca Lucía Luis Maja Malik Manon Mara Marco Maren María Marta Mateo Matilda Maya Mehmet Mia Mila Milan Miriam
        Moritz Nadia Naoko Nell Nia Nico Nina Noah Noor Nuno Olga Oliver Olivia Omar Oskar Paola Pascal Paul Petra Pia
        Piotr Priya Rafael Rania Raúl Renata Rosa Ruben Ruth Sadia Salma Samuel Sara Selin Sofia Søren Stella Sven Tariq
        Tereza Theo Thomas Tilda Tomás Uma Ursula Valentina Vera Viktor Wanda Wei Yara Yasmin Yuki Yusuf Zainab Zoë Zora
        """);

    static final List<String> LAST = words("""
        Abebe Adeyemi Almeida Alvarez Andersen Antunes Aoki Arslan Baker Balogun Barros Bauer Becker Bell Berg Bianchi
        Blom Bonnet Brandt Braun Brooks Bruun Cabral Campos Carter Castro Chen Clarke Costa Cruz D'Angelo Dahl Demir Diaz
        Dvořák Eklund Engel Eriksson Esposito Faber Ferrari Fischer Fonseca Fournier Frank Gallo García Gomes Greco Green
        Haas Hansen Hartmann Hassan Hoffmann Holm Horváth Huber Ito Ivanova Jansen Jensen Jiménez Johansson Jovanović Kaya
        Keller Khan Kim Klein Kovács Kowalska Krause Kumar Lambert Lang Larsen Lefèvre Lehmann Lindqvist Lopes Lorenz Löwe
        Martin Martínez Mbeki Meier Mendes Meyer Moreau Moretti Müller Murphy Nagy Navarro Neumann Nielsen Nkosi Novák
        Núñez O'Brien O'Connor O'Neill Okafor Olsen Osei Öztürk Papadakis Park Patel Peeters Pereira Petit Popescu Quinn
        Ramos Reis Ricci Richter Rivera Rossi Roux Ruiz Russo Sato Schmidt Schäfer Schulz Serrano Silva Simon Singh Smith
        Sørensen Sousa Stein Suzuki Szabó Tanaka Teixeira Torres Tran Ulrich Vargas Vasquez Visser Vogel Wagner Walker
        Walsh Weber Wolf Wright Yılmaz Young Żak Zhang Ziegler Zimmermann
        """);

    /** People whose names need more than Latin letters, or more than one word each. */
    static final List<String> UNUSUAL = List.of(
            "陳大文",
            "Миша Петров",
            "Nuno 🎸 Reis",
            "김서연",
            "Ελένη Παπαδοπούλου",
            "أمينة الزهراء",
            "The Flying Dustpans 🧹🧽",
            "Ana–María López–Vega",
            "Rósa “Rusty” Jónsdóttir",
            "Sinéad O’Shea",
            "D’Arcy Nwosu",
            "Ludovic ‘Ludo’ Maes",
            "Zoë 👩🏽‍🔧 van ’t Hoff",
            "नेहा शर्मा",
            "山田 太郎",
            "Brush & Sons, Ltd.",
            "Åsa Ängström",
            "İpek Şahin",
            "Jose\u0301 Pérez",
            "Tom \"Two Saws\" Hill",
            "X Æ",
            "Madonna");

    private People() {}

    static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
