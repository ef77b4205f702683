package io.docrows.plan;

import io.docrows.testing.MemorySource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A bookshop whose documents change at random, with every reason for a reject among them. */
final class RandomShop {

    private static final String[] GENRES = {"crime", "poetry", "science fiction", "cookery"};
    private static final String[] TAGS = {"new", "used", "torn"};

    private final Random random;
    private final MemorySource source = new MemorySource();

    RandomShop(long seed) {
        this.random = new Random(seed);
    }

    /** The source as it is after the next change. */
    MemorySource next() {
        List<String> authors = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if (chance(4, 5)) {
                authors.add("{_id: " + i + ", name: " + (chance(1, 8) ? "null" : "'n" + random.nextInt(3) + "'") + "}");
            }
        }
        List<String> books = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (chance(4, 5)) {
                books.add(book(i));
            }
        }
        List<String> employees = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if (chance(4, 5)) {
                employees.add("{_id: " + i + (chance(2, 3) ? ", boss: " + random.nextInt(14) : "") + "}");
            }
        }
        Collections.shuffle(books, random);
        Collections.shuffle(employees, random);
        return source.with("authors", authors.toArray(String[]::new))
                .with("books", books.toArray(String[]::new))
                .with("employees", employees.toArray(String[]::new));
    }

    private String book(int i) {
        StringBuilder book = new StringBuilder("{_id: 'b" + i + "', author: " + random.nextInt(9));
        if (!chance(1, 12)) {
            book.append(", title: ").append(chance(1, 12) ? "7" : "'t" + random.nextInt(3) + "'");
        }
        if (chance(1, 2)) {
            book.append(", genre: '")
                    .append(GENRES[chance(1, 8) ? 3 : random.nextInt(3)])
                    .append('\'');
        }
        if (chance(1, 2)) {
            int price = chance(1, 8) ? -1 : random.nextInt(3);
            book.append(", price: {$numberDecimal: '").append(price).append(chance(1, 2) ? ".5'}" : ".50'}");
        }
        if (chance(2, 3)) {
            book.append(", isbn: 'i").append(random.nextInt(14)).append('\'');
        }
        if (chance(1, 2)) {
            book.append(", at: {shelf: 's").append(random.nextInt(3)).append("', place: ");
            book.append(random.nextInt(5)).append('}');
        }
        List<String> tags = new ArrayList<>();
        for (int t = random.nextInt(3); t > 0; t--) {
            tags.add("'" + TAGS[chance(1, 12) ? 2 : random.nextInt(2)] + "'");
        }
        return book.append(", tags: ").append(tags).append('}').toString();
    }

    int batch() {
        return 1 + random.nextInt(9);
    }

    private boolean chance(int of, int in) {
        return random.nextInt(in) < of;
    }
}
