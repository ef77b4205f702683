package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.testing.Bookshop;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Parts;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values for which an index has no room cost their own document, in a first load as in merging. */
@Tag("long")
final class LargeValuesIT {

    private static final String SHAPE = "SELECT tablename, indexname, indexdef FROM pg_indexes"
            + " WHERE schemaname = 'public' UNION ALL SELECT conrelid::regclass::text, conname,"
            + " pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3";

    private static final String REJECTS =
            "SELECT collection, left(document_key, 9), code, sqlstate FROM docrows.reject ORDER BY 1, 2";

    private static final String BOOKS =
            "SELECT b.mongo_id, a.mongo_id, length(isbn) FROM book b JOIN author a ON a.id = b.author_id ORDER BY 1";

    /** So many characters that do not compress. */
    private static String random(int length) {
        byte[] bytes = new byte[length * 3 / 4];
        new Random(7).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MemorySource shop(String authors, String books) {
        return new MemorySource()
                .with("authors", "{_id: 1, name: 'Ada'}", authors)
                .with(
                        "books",
                        "{_id: 'a', title: 'A', author: 1, isbn: '1', tags: ['new']}",
                        books,
                        "{_id: 'c', title: 'C', author: 2, isbn: '3', tags: ['new']}")
                .with("employees", "{_id: 1}");
    }

    /** Loads with and without dropping constraints; returns what both leave behind. */
    private static List<String> loaded(Pipeline pipeline, MemorySource source, String ddl, String rows) {
        return BothWays.loaded(pipeline, source, RunOptions.defaults(), ddl, SHAPE, rows, REJECTS);
    }

    @Test
    void ofAUniqueColumnRejectTheirDocument() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(
                                "{_id: 2, name: 'Bo'}",
                                "{_id: 'b', title: 'B', author: 1, isbn: '" + random(8_000) + "', tags: ['used']}"),
                        "SELECT 1",
                        BOOKS))
                .containsExactly("a|1|1", "c|2|1", "books|b|REFUSED_BY_TARGET|54000");
    }

    @Test
    void thatFitAfterAllAreLoaded() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop("{_id: 2, name: 'Bo'}", "{_id: 'x', title: 'X', author: 9}")
                                .with(
                                        "books",
                                        "{_id: 'b', title: 'B', author: 1, isbn: '" + random(8_000) + "'}",
                                        "{_id: 'd', title: 'D', author: 1, isbn: '" + random(2_400) + "'}"),
                        "SELECT 1",
                        BOOKS))
                .containsExactly("d|1|2400", "books|b|REFUSED_BY_TARGET|54000");
    }

    @Test
    void ofAnIndexThatIsNotUniqueRejectTheirDocumentAndThoseThatReferToIt() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(
                                "{_id: 2, name: '" + random(8_000) + "'}",
                                "{_id: 'b', title: 'B', author: 1, isbn: '2', tags: ['used']}"),
                        "CREATE INDEX ON author (name)",
                        BOOKS))
                .containsExactly("a|1|1", "b|1|1", "authors|2|REFUSED_BY_TARGET|54000", "books|c|MISSING_REFERENCE|-");
    }

    @Test
    void thatAnIndexCarriesAlongRejectTheirDocument() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(
                                "{_id: 2, name: 'Bo'}",
                                "{_id: 'b', title: 'B', author: 1, at: {shelf: '" + random(8_000)
                                        + "'}, tags: ['used']}"),
                        "ALTER TABLE book DROP CONSTRAINT book_shelf_place_key;"
                                + " CREATE INDEX ON book (author_id) INCLUDE (shelf)",
                        BOOKS))
                .containsExactly("a|1|1", "c|2|1", "books|b|REFUSED_BY_TARGET|54000");
    }

    @Test
    void ofTheKeyRejectTheirDocument() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(
                                "{_id: 2, name: 'Bo'}",
                                "{_id: '" + random(8_000) + "', title: 'B', author: 1, tags: ['used']}"),
                        "SELECT 1",
                        BOOKS))
                .hasSize(3)
                .startsWith("a|1|1", "c|2|1")
                .last()
                .asString()
                .endsWith("|REFUSED_BY_TARGET|54000");
    }

    @Test
    void inATableBelowADocumentRejectTheDocument() {
        assertThat(loaded(
                        Docrows.pipeline("parts", Parts.PARCELS),
                        new MemorySource()
                                .with(
                                        "parcels",
                                        "{_id: 1, labels: [{code: 'a', stamps: ['x']}]}",
                                        "{_id: 2, labels: [{code: 'b'}, {code: 'c', stamps: ['y', '" + random(8_000)
                                                + "']}]}"),
                        "ALTER TABLE parcel_label DROP CONSTRAINT parcel_label_serial_key,"
                                + " DROP CONSTRAINT parcel_label_parcel_id_code_key;"
                                + " ALTER TABLE label_stamp DROP CONSTRAINT label_stamp_label_id_ink_key;"
                                + " CREATE INDEX ON label_stamp (ink)",
                        Parts.PARCEL_ROWS))
                .containsExactly(
                        "1|label 0|a x 1|-",
                        "1|label 0 stamp 0|x|-",
                        "1|parcel|-|-",
                        "parcels|2|REFUSED_BY_TARGET|54000");
    }
}
