package io.docrows.source.json;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.KEYED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.dump.DumpFiles;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.db.tables.records.KeyedRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON that does not come from MongoDB: no {@code _id}, and faults of every kind. */
@Tag("long")
final class PlainJsonIT {

    private static final CollectionMapping<KeyedRecord> BY_NAME = CollectionMapping.of("things", KEYED)
            .key(KEYED.BY_TEXT, string("name"))
            .map(KEYED.NOTE, string("note"))
            .build();

    private static final CollectionMapping<KeyedRecord> BY_ID = CollectionMapping.of("things", KEYED)
            .key(KEYED.BY_TEXT, id("_id"))
            .map(KEYED.NOTE, string("note"))
            .build();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Database database = Bookshop.database();

    private Counts load(String json, JsonOptions options, CollectionMapping<?> mapping) {
        Path file = JsonFiles.write(directory.resolve("things.json"), json);
        try (JsonSource source = JsonSource.open(file, options)) {
            return Docrows.pipeline("things", mapping)
                    .source(source)
                    .target(database.target())
                    .run(RunOptions.defaults())
                    .total();
        }
    }

    private void assertRejected(String... codes) {
        assertThat(database.rows("SELECT code FROM docrows.reject ORDER BY 1")).containsExactly(codes);
    }

    @Test
    void anyFieldMayMakeTheIdAndTheKey() {
        String json = "{\"name\":\"a\",\"note\":\"1\"}\n{\"name\":\"b\",\"note\":\"2\"}\n";
        JsonOptions options = JsonOptions.defaults().withIdOf("name");
        for (CollectionMapping<?> mapping : List.of(BY_NAME, BY_ID)) {
            database.execute("DELETE FROM keyed; DROP SCHEMA IF EXISTS docrows CASCADE");

            assertThat(load(json, options, mapping)).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
            assertThat(load(json, options, mapping)).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
            assertThat(load(json.replace("\"2\"", "\"3\""), options, mapping)).isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
        }
    }

    @Test
    void aKeyOfAFieldLoadsWithoutAnId() {
        String json = "{\"name\":\"a\",\"note\":\"1\"}\n{\"name\":\"b\",\"note\":\"2\"}\n";

        assertThat(load(json, JsonOptions.defaults(), BY_NAME)).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(load(json, JsonOptions.defaults(), BY_NAME)).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
        // Known by all that it holds, a document that changes is another one, with a key that is taken.
        assertThat(load(json.replace("\"2\"", "\"3\""), JsonOptions.defaults(), BY_NAME))
                .isEqualTo(new Counts(2, 0, 0, 1, 1, 0));
        assertRejected("DUPLICATE_KEY");
    }

    @Test
    void withoutAnIdThatTheMappingAsksForNothingIsLost() {
        assertThat(load("{\"note\":\"1\"}\n{\"_id\":7,\"note\":\"2\"}\n", JsonOptions.defaults(), BY_ID))
                .isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
        assertRejected("MISSING_VALUE");
    }

    @Test
    void aLineNumberIsAnIdOnRequest() {
        JsonOptions numbered = JsonOptions.defaults().withNumbers();
        String json = "{\"note\":\"1\"}\n{\"note\":\"2\"}\n";

        assertThat(load(json, numbered, BY_ID)).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(load(json, numbered, BY_ID)).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
        assertThat(database.rows("SELECT by_text || ' ' || note FROM keyed ORDER BY 1"))
                .containsExactly("1 1", "2 2");
    }

    @Test
    void oneBadDocumentCostsOneDocument() {
        byte[] json = ("{\"name\":\"a\",\"note\":\"1\"}\n"
                        + "{\"name\":\"b\",\"note\":\"1\",\"note\":\"2\"}\n"
                        + "{\"name\":\"c\",\"note\":\"\u00e9\"}\n"
                        + "{\"name\":\"d\",\"note\":{\"$numberLong\":\"9223372036854776000\"}}\n"
                        + "{\"name\":\"e\",\"note\":\"half of a pair \\ud83d\"}\n"
                        + "{\"name\":\"f\",\"note\":\"nul \\u0000\"}\n"
                        + "{\"name\":\"g\",\"note\":\"2\",\"x\":" + "[".repeat(300) + "]".repeat(300) + "}\n"
                        + "{\"name\":\"h\",\"note\":\"3\"}\n")
                .getBytes(ISO_8859_1);
        Path file = DumpFiles.write(directory.resolve("things.json"), json);
        try (JsonSource source = JsonSource.open(file)) {
            assertThat(Docrows.pipeline("things", BY_NAME)
                            .source(source)
                            .target(database.target())
                            .run(RunOptions.defaults())
                            .total())
                    .isEqualTo(new Counts(8, 3, 0, 0, 5, 0));
        }
        assertRejected("DUPLICATE_FIELD", "INVALID_UTF8", "INVALID_UTF8", "NUL_CHARACTER", "TYPE_MISMATCH");
    }

    @Test
    void aDateThatIsNoneIsRejectedWhereADateIsWanted() {
        CollectionMapping<KeyedRecord> dated = CollectionMapping.of("things", KEYED)
                .key(KEYED.BY_TEXT, string("name"))
                .map(KEYED.BY_INSTANT, instant("at"))
                .build();
        assertThat(load(
                        "{\"name\":\"a\",\"at\":{\"$date\":{\"$numberLong\":\"NaN\"}}}\n"
                                + "{\"name\":\"b\",\"at\":{\"$date\":\"2014-03-05T12:00:00Z\"}}\n",
                        JsonOptions.defaults(),
                        dated))
                .isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
        assertRejected("TYPE_MISMATCH");
    }

    @Test
    void damageEndsTheRunAndWhatCameBeforeStays() {
        String json = "{\"name\":\"a\"}\n{\"name\":\"b\"}\n{\"name\":";

        assertThatThrownBy(() -> load(json, JsonOptions.defaults(), BY_NAME))
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("things.json is damaged at line 3, byte 26");
        assertThat(database.rows("SELECT by_text FROM keyed ORDER BY 1")).containsExactly("a", "b");
    }

    @Test
    void whatWasLoadedCanBeVerified() {
        String json = "[{\"name\":\"a\",\"note\":\"1\"},{\"name\":\"b\",\"note\":\"2\"}]";
        load(json, JsonOptions.defaults(), BY_NAME);
        try (JsonSource source = JsonSource.open(directory)) {
            assertThat(Docrows.pipeline("things", BY_NAME)
                            .source(source)
                            .target(database.target())
                            .verify(VerifyOptions.defaults())
                            .isEqual())
                    .isTrue();
        }
    }
}
