package io.docrows.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.report.CollectionVerification;
import io.docrows.report.CollectionVerification.ChildRows;
import io.docrows.report.Difference;
import io.docrows.report.VerifyReport;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.dump.DumpWriter;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One character flipped in one of many rows. */
@Tag("long")
final class OneInAMillionIT {

    @TempDir
    Path directory;

    @Test
    void isFoundAmongMany() throws IOException {
        // More than one batch.
        assertFound(12_000);
    }

    @Test
    @Tag("slow")
    void isFoundInAMillion() throws IOException {
        assertFound(1_000_000);
    }

    private void assertFound(int books) throws IOException {
        try (DumpSource source = DumpSource.open(write(books))) {
            Database database = Bookshop.database();
            ConnectedPipeline pipeline = Bookshop.pipeline().source(source).target(database.target());
            long loading = System.nanoTime();
            pipeline.run(RunOptions.defaults());
            System.out.printf("loaded %d books in %d ms%n", books, (System.nanoTime() - loading) / 1_000_000);
            VerifyReport equal = pipeline.verify(VerifyOptions.defaults());
            System.out.printf("verified in %d ms%n", equal.duration().toMillis());
            assertThat(equal.isEqual()).isTrue();
            assertThat(equal.collections().get(1).equal()).isEqualTo(books);

            // Lower case becomes upper case: one bit of one byte.
            int row = books - 7;
            database.execute(
                    "UPDATE book SET title = overlay(title PLACING 'K' FROM 6) WHERE mongo_id = 'book-" + row + "'");

            VerifyReport report = pipeline.verify(VerifyOptions.defaults());
            assertThat(report.isEqual()).isFalse();
            CollectionVerification found = report.collections().get(1);
            assertThat(found.equal()).isEqualTo(books - 1);
            assertThat(found.columns()).isEqualTo(Map.of("title", 1L));
            assertThat(found.differences())
                    .containsExactly(new Difference(
                            Difference.Kind.DIFFERENT,
                            "book-" + row,
                            List.of(new Difference.Column("title", null, null))));
        }
    }

    private Path write(int books) throws IOException {
        try (DumpWriter out = DumpWriter.create(directory.resolve("authors.bson"))) {
            for (int i = 0; i < 100; i++) {
                out.write(Bson.bytes(
                        new BsonDocument("_id", new BsonInt32(i)).append("name", new BsonString("Author " + i))));
            }
        }
        try (DumpWriter out = DumpWriter.create(directory.resolve("employees.bson"))) {
            out.write(Bson.bytes(new BsonDocument("_id", new BsonInt32(1))));
        }
        try (DumpWriter out = DumpWriter.create(directory.resolve("books.bson"))) {
            for (int i = 0; i < books; i++) {
                BsonDocument book = new BsonDocument("_id", new BsonString("book-" + i))
                        .append("title", new BsonString("a book about number " + i))
                        .append("author", new BsonInt32(i % 100))
                        .append("isbn", new BsonString("isbn-" + i))
                        .append("tags", new BsonArray(List.of(new BsonString("new"), new BsonString("used"))));
                out.write(Bson.bytes(book));
            }
        }
        return directory;
    }

    @Test
    void isFoundAmongTheRowsBelowDocuments() throws IOException {
        assertFoundBelow(3_000);
    }

    @Test
    @Tag("slow")
    void isFoundAmongAMillionRowsBelowDocuments() throws IOException {
        assertFoundBelow(250_000);
    }

    /** Each order has four items. */
    private void assertFoundBelow(int orders) throws IOException {
        try (DumpWriter out = DumpWriter.create(directory.resolve("orders.bson"))) {
            for (int i = 0; i < orders; i++) {
                BsonArray items = new BsonArray();
                for (int line = 0; line < 4; line++) {
                    items.add(new BsonDocument("sku", new BsonString("article " + line + " of order " + i)));
                }
                out.write(Bson.bytes(new BsonDocument("_id", new BsonInt32(i)).append("items", items)));
            }
        }
        try (DumpSource source = DumpSource.open(directory)) {
            Database database = Bookshop.database();
            ConnectedPipeline pipeline =
                    Docrows.pipeline("orders", Shop.ORDERS).source(source).target(database.target());
            pipeline.run(RunOptions.defaults());
            assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();

            int order = orders - 7;
            database.execute("UPDATE order_item SET sku = overlay(sku PLACING 'A' FROM 1) WHERE line = 3 AND order_id ="
                    + " (SELECT id FROM shop_order WHERE mongo_id = '" + order + "')");

            CollectionVerification found =
                    pipeline.verify(VerifyOptions.defaults()).collections().get(0);
            assertThat(found.equal()).isEqualTo(orders - 1);
            assertThat(found.children()).isEqualTo(Map.of("order_item", new ChildRows(0, 0, 1, Map.of("sku", 1L))));
            assertThat(found.differences())
                    .containsExactly(new Difference(
                            Difference.Kind.DIFFERENT,
                            Integer.toString(order),
                            List.of(new Difference.Column("order_item.sku", null, null))));
        }
    }
}
