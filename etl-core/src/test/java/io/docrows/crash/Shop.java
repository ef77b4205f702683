package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.source.dump.DumpWriter;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.types.Decimal128;

/**
 * A dump of a bookshop of any size, from a seed, some of whose documents cannot be loaded; and what a target holds of
 * it.
 */
final class Shop {

    private static final String[] TAGS = {"new", "used", "new", "used", "new", "used", "unknown"};

    /** Queries for what a run writes down of itself, and for constraints and indexes. */
    static final List<String> BOOKKEEPING = List.of(
            "SELECT 'reject', collection, document_key, code, path, column_name, sqlstate, md5(document) FROM"
                    + " docrows.reject ORDER BY 2, 3",
            "SELECT 'waiting', table_name, column_name, row_key, referenced_key FROM docrows.pending_reference ORDER"
                    + " BY 4",
            "SELECT 'read', collection, sum(read), bool_and(complete) FROM docrows.checkpoint WHERE run_id = (SELECT"
                    + " max(id) FROM docrows.run) GROUP BY 2 ORDER BY 2",
            "SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
                    + " WHERE connamespace = 'public'::regnamespace ORDER BY 2, 3",
            "SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 2",
            "SELECT 'run', status FROM docrows.run WHERE id = (SELECT max(id) FROM docrows.run)");

    private Shop() {}

    /**
     * A bookshop of whose tables everything can be deferred: no other refers to one that a collection is loaded into.
     */
    static Database alone(Database bookshop) {
        bookshop.execute("DROP TABLE author_award");
        return bookshop;
    }

    /** Writes authors, twice as many books, and employees who report to those who come later. */
    static Path write(Path directory, int authors, long seed) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(seed);
        try (DumpWriter out = DumpWriter.create(directory.resolve("authors.bson"))) {
            for (int i = 0; i < authors; i++) {
                BsonDocument author = new BsonDocument("_id", new BsonInt32(i));
                author.put("name", random.nextInt(500) == 0 ? BsonNull.VALUE : new BsonString("Author " + i));
                out.write(Bson.bytes(author));
            }
        }
        try (DumpWriter out = DumpWriter.create(directory.resolve("books.bson"))) {
            for (int i = 0; i < 2 * authors; i++) {
                out.write(Bson.bytes(book(i, authors, random)));
            }
        }
        try (DumpWriter out = DumpWriter.create(directory.resolve("employees.bson"))) {
            for (int i = 0; i < authors / 4; i++) {
                BsonDocument employee = new BsonDocument("_id", new BsonInt32(i));
                employee.put("boss", new BsonInt32(i + 1 + random.nextInt(50)));
                out.write(Bson.bytes(employee));
            }
        }
        return directory;
    }

    private static BsonDocument book(int i, int authors, Random random) {
        BsonDocument book = new BsonDocument("_id", new BsonString("book-" + i));
        book.put("title", new BsonString("Title " + i));
        // Every so often PostgreSQL's check refuses the price.
        int price = random.nextInt(700) == 0 ? -1 : random.nextInt(100_000);
        book.put("price", new BsonDecimal128(new Decimal128(java.math.BigDecimal.valueOf(price, 2))));
        book.put("author", new BsonInt32(random.nextInt(authors)));
        book.put("isbn", new BsonString("isbn-" + i));
        BsonArray tags = new BsonArray();
        for (int t = random.nextInt(4); t > 0; t--) {
            tags.add(new BsonString(random.nextInt(100) == 0 ? "unknown" : TAGS[random.nextInt(6)]));
        }
        book.put("tags", tags);
        return book;
    }

    /** Fails if a target does not hold exactly what is expected, and says only what differs. */
    static void assertHolds(Database database, List<String> expected) {
        assertHolds(contents(database), expected);
    }

    /** Fails if something is not exactly what is expected, and says only what differs. */
    static void assertHolds(List<String> actual, List<String> expected) {
        List<String> missing = new ArrayList<>(expected);
        missing.removeAll(Set.copyOf(actual));
        List<String> surplus = new ArrayList<>(actual);
        surplus.removeAll(Set.copyOf(expected));
        assertThat(missing).as("what is missing; instead there is %s", surplus).isEmpty();
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(surplus).isEmpty();
    }

    /** Everything that a run leaves behind, but for the numbers it draws. */
    static List<String> contents(Database database) {
        return Stream.concat(
                        Stream.of(
                                "SELECT 'author', mongo_id, name FROM author ORDER BY 2",
                                "SELECT 'book', b.mongo_id, title, genre, price, isbn, a.mongo_id, (SELECT string_agg(t.name, ',' ORDER BY"
                                        + " t.name) FROM book_tag j JOIN tag t ON t.id = j.tag_id WHERE j.book_id = b.id) FROM book b"
                                        + " JOIN author a ON a.id = b.author_id ORDER BY 2",
                                "SELECT 'employee', e.mongo_id, b.mongo_id FROM employee e LEFT JOIN employee b ON b.id = e.boss_id ORDER BY 2"),
                        BOOKKEEPING.stream())
                .flatMap(sql -> database.rows(sql).stream())
                .toList();
    }
}
