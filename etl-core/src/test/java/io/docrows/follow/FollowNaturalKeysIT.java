package io.docrows.follow;

import static io.docrows.mapping.Values.binary;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.float64;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.AUTHOR;
import static io.docrows.testing.db.Tables.BOOK;
import static io.docrows.testing.db.Tables.KEYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.Value;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteMode;
import io.docrows.run.FollowOptions;
import io.docrows.testing.db.tables.records.KeyedRecord;
import java.util.stream.Stream;
import org.jooq.TableField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes tell the {@code _id} of a document, and its row has another key. */
@Tag("long")
final class FollowNaturalKeysIT extends FollowSetting {

    private ConnectedPipeline pipeline(CollectionMapping<?>... mappings) {
        return connected("keys", mappings);
    }

    private static RunReport follow(ConnectedPipeline pipeline) {
        return pipeline.follow(FollowOptions.defaults().untilCaughtUp(true), new Cancellation());
    }

    private static <T> Arguments keyed(
            TableField<KeyedRecord, T> column, Value<? extends T> value, String one, String other) {
        CollectionMapping<KeyedRecord> mapping = CollectionMapping.of("things", KEYED)
                .key(column, value)
                .map(KEYED.NOTE, string("note"))
                .build();
        return Arguments.of(mapping, one, other);
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                keyed(KEYED.BY_TEXT, string("k"), "'it''s \\\\ one'".replace("''", "\\'"), "'two'"),
                keyed(KEYED.BY_CITEXT, string("k"), "'One'", "'Two'"),
                keyed(KEYED.BY_CHAR, string("k"), "'a'", "'bcd'"),
                keyed(KEYED.BY_NUMERIC, decimal("k"), "{$numberDecimal: '1.50'}", "{$numberDecimal: '1E+2'}"),
                keyed(KEYED.BY_DOUBLE, float64("k"), "0.1", "{$numberDouble: '-Infinity'}"),
                keyed(
                        KEYED.BY_BYTEA,
                        binary("k"),
                        "{$binary: {base64: 'AQI=', subType: '00'}}",
                        "{$binary: {base64: '', subType: '00'}}"),
                keyed(
                        KEYED.BY_INSTANT,
                        instant("k"),
                        "{$date: '2024-05-01T12:00:00.123Z'}",
                        "{$date: '1969-12-31T23:59:59Z'}"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aDocumentThatIsGoneOrHasAnotherKeyLosesItsRow(CollectionMapping<?> mapping, String one, String other) {
        ConnectedPipeline pipeline = pipeline(mapping);
        mongo.put("things", "{_id: 1, k: " + one + ", note: 'first'}");
        follow(pipeline);

        mongo.put("things", "{_id: 1, k: " + other + ", note: 'moved'}");
        follow(pipeline);
        assertThat(database.rows("SELECT note FROM keyed")).containsExactly("moved");
        assertEqual(pipeline);

        mongo.put("things", "{_id: 2, k: " + one + ", note: 'second'}");
        mongo.delete("things", 1);
        RunReport report = follow(pipeline);
        assertThat(report.collections().get(0).deletions().deleted()).isEqualTo(1);
        assertThat(database.rows("SELECT note FROM keyed")).containsExactly("second");
        assertThat(database.rows("SELECT count(*) FROM docrows.key_claim")).containsExactly("1");
        assertEqual(pipeline);
    }

    @Test
    void aDocumentThatIsMadeAnewKeepsItsRow() {
        ConnectedPipeline pipeline = pipeline(CollectionMapping.of("things", KEYED)
                .key(KEYED.BY_TEXT, string("k"))
                .map(KEYED.NOTE, string("note"))
                .build());
        mongo.put("things", "{_id: 1, k: 'a', note: 'first'}");
        follow(pipeline);

        mongo.delete("things", 1);
        mongo.put("things", "{_id: 2, k: 'a', note: 'again'}");
        follow(pipeline);
        assertThat(database.rows("SELECT note FROM keyed")).containsExactly("again");
        assertThat(database.rows("SELECT count(*) FROM docrows.reject")).containsExactly("0");
        assertEqual(pipeline);
    }

    @Test
    void twoDocumentsThatExchangeTheirKeysKeepBothRows() {
        ConnectedPipeline pipeline = pipeline(CollectionMapping.of("things", KEYED)
                .key(KEYED.BY_TEXT, string("k"))
                .map(KEYED.NOTE, string("note"))
                .build());
        mongo.put("things", "{_id: 1, k: 'a', note: 'one'}");
        mongo.put("things", "{_id: 2, k: 'b', note: 'two'}");
        follow(pipeline);

        mongo.put("things", "{_id: 1, k: 'c', note: 'one'}");
        mongo.put("things", "{_id: 2, k: 'a', note: 'two'}");
        mongo.put("things", "{_id: 1, k: 'b', note: 'one'}");
        follow(pipeline);
        follow(pipeline);
        assertThat(database.rows("SELECT by_text, note FROM keyed ORDER BY 1")).containsExactly("a|two", "b|one");
        assertEqual(pipeline);
    }

    @Test
    void aRowThatOthersReferToIsTakenOverOrGoesWhenTheyDo() {
        ConnectedPipeline pipeline = pipeline(
                CollectionMapping.of("authors", AUTHOR)
                        .key(AUTHOR.MONGO_ID, string("login"))
                        .map(AUTHOR.NAME, string("name"))
                        .build(),
                CollectionMapping.of("books", BOOK)
                        .key(BOOK.MONGO_ID, id("_id"))
                        .map(BOOK.TITLE, string("title"))
                        .reference(BOOK.AUTHOR_ID, string("author"), AUTHOR.MONGO_ID, MissingReference.REJECT)
                        .build());
        mongo.put("authors", "{_id: 1, login: 'ann', name: 'Ann'}");
        mongo.put("books", "{_id: 1, title: 'T', author: 'ann'}");
        follow(pipeline);

        mongo.delete("authors", 1);
        follow(pipeline);
        assertThat(database.rows("SELECT mongo_id FROM author")).containsExactly("ann");
        mongo.put("authors", "{_id: 2, login: 'ann', name: 'Ann again'}");
        follow(pipeline);
        assertThat(database.rows("SELECT mongo_id, name FROM author")).containsExactly("ann|Ann again");
        assertEqual(pipeline);

        mongo.put("authors", "{_id: 2, login: 'bea', name: 'Bea'}");
        follow(pipeline);
        assertThat(database.rows("SELECT mongo_id FROM author ORDER BY 1")).containsExactly("ann", "bea");
        mongo.put("books", "{_id: 1, title: 'T', author: 'bea'}");
        follow(pipeline);
        assertThat(database.rows("SELECT mongo_id FROM author")).containsExactly("bea");
        assertEqual(pipeline);
    }

    @Test
    void rowsThatAreNotToBeDeletedStay() {
        ConnectedPipeline pipeline = pipeline(CollectionMapping.of("things", KEYED)
                .key(KEYED.BY_TEXT, string("k"))
                .map(KEYED.NOTE, string("note"))
                .build());
        FollowOptions ignoring = FollowOptions.defaults().untilCaughtUp(true).deletes(DeleteMode.IGNORE);
        mongo.put("things", "{_id: 1, k: 'a', note: 'first'}");
        pipeline.follow(ignoring, new Cancellation());
        mongo.put("things", "{_id: 1, k: 'b', note: 'moved'}");
        pipeline.follow(ignoring, new Cancellation());
        assertThat(database.rows("SELECT note FROM keyed ORDER BY 1")).containsExactly("first", "moved");
    }
}
