package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Parts;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a first load could not rebuild it does not drop: each document ends where merging would have left it. */
@Tag("long")
final class LeftInPlaceIT {

    private static final String SHAPE = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated, obj_description(oid, 'pg_constraint')
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT tablename, indexname, indexdef, true, obj_description(format('%I', indexname)::regclass, 'pg_class')
        FROM pg_indexes WHERE schemaname = 'public'
        ORDER BY 1, 2, 3
        """;

    private static final String BOOKS = """
        SELECT b.mongo_id, title, genre, price, shelf, place, isbn, a.mongo_id,
               (SELECT string_agg(t.name, ',' ORDER BY t.name) FROM book_tag j JOIN tag t ON t.id = j.tag_id WHERE j.book_id = b.id)
        FROM book b JOIN author a ON a.id = b.author_id ORDER BY 1
        """;

    private static final String REJECTS =
            "SELECT collection, document_key, code, column_name, sqlstate FROM docrows.reject ORDER BY 1, 2";

    private static final RunOptions OPTIONS = RunOptions.defaults().batch(2, 1 << 20);

    private static MemorySource shop(String... books) {
        return new MemorySource()
                .with("authors", "{_id: 1, name: 'Ada'}", "{_id: 2, name: 'Bo'}")
                .with("books", books)
                .with("employees", "{_id: 1, boss: 2}", "{_id: 2}");
    }

    private static String book(String id, String more) {
        return "{_id: '" + id + "', title: 'Title " + id + "', author: 1" + more + "}";
    }

    private static RunReport run(Pipeline pipeline, MemorySource source, DataSource target, BulkLoad how) {
        return pipeline.source(source).target(target).run(OPTIONS.bulkLoad(how));
    }

    /** Loads with and without dropping constraints; returns what both leave behind. */
    private static List<String> loaded(Pipeline pipeline, MemorySource source, String ddl, String rows) {
        return BothWays.loaded(pipeline, source, OPTIONS, ddl, SHAPE, rows, REJECTS);
    }

    @Test
    void aForeignKeyOfAColumnThatIsMappedPlainlyRefusesTheDocumentThatLeadsNowhere() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(
                                book("a", ", at: {shelf: 's0'}"),
                                book("b", ", at: {shelf: 's6'}"),
                                book("c", ", at: {shelf: 's0'}")),
                        "CREATE TABLE place_of (shelf text PRIMARY KEY); INSERT INTO place_of VALUES ('s0');"
                                + " ALTER TABLE book ADD CONSTRAINT book_shelf_fkey FOREIGN KEY (shelf) REFERENCES place_of",
                        BOOKS))
                .containsExactly(
                        "a|Title a|crime|-|s0|-|-|1|-",
                        "c|Title c|crime|-|s0|-|-|1|-",
                        "books|b|CONSTRAINT_VIOLATION|public.book.shelf|23503");
    }

    @Test
    void aForeignKeyOfAColumnWithADefaultIsHeld() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(book("a", "")),
                        "ALTER TABLE book ADD branch integer DEFAULT 7; CREATE TABLE branch (id integer PRIMARY KEY);"
                                + " ALTER TABLE book ADD FOREIGN KEY (branch) REFERENCES branch",
                        BOOKS))
                .containsExactly("books|a|CONSTRAINT_VIOLATION|public.book.branch|23503");
    }

    @Test
    void aUniqueIndexThatComparesInItsOwnWayRefusesWhatItHoldsEqual() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(book("a", ", isbn: 'x'"), book("b", ", isbn: 'X'"), book("c", ", isbn: 'y'")),
                        "CREATE UNIQUE INDEX book_any_isbn ON book (isbn COLLATE any_case)",
                        "SELECT mongo_id, isbn FROM book ORDER BY 1"))
                .containsExactly("a|x", "c|y", "books|b|DUPLICATE_VALUE|public.book.isbn|23505");
    }

    @Test
    void anIndexMayHaveTheNameOfAForeignKeyOfItsTable() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(book("a", "")),
                        "CREATE INDEX book_author_id_fkey ON book (author_id);"
                                + " CREATE INDEX book_tag_tag_id_fkey ON book_tag (tag_id);"
                                + " COMMENT ON INDEX book_isbn_key IS 'behind a constraint';"
                                + " COMMENT ON CONSTRAINT book_isbn_key ON book IS 'the constraint'",
                        BOOKS))
                .containsExactly("a|Title a|crime|-|-|-|-|1|-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC, keeper",
                "GRANT CREATE ON SCHEMA public TO keeper; ALTER TABLE tag OWNER TO CURRENT_USER; GRANT SELECT ON tag TO keeper",
                "GRANT CREATE ON SCHEMA public TO keeper; ALTER TABLE tag OWNER TO CURRENT_USER;"
                        + " GRANT SELECT, REFERENCES (id) ON tag TO keeper"
            })
    void aRoleThatOwnsTheTablesNeedsNoFurtherRight(String rights) {
        Database database = Bookshop.database();
        DataSource keeper = database.as("keeper");
        for (String table : List.of("author", "book", "book_tag", "employee", "tag")) {
            database.execute("ALTER TABLE " + table + " OWNER TO keeper");
        }
        database.execute("CREATE SCHEMA docrows AUTHORIZATION keeper; " + rights);
        List<String> shape = database.rows(SHAPE);

        RunReport report = run(
                Bookshop.pipeline(),
                shop(book("a", ", tags: ['new', 'used']"), book("b", ", tags: ['none']")),
                keeper,
                BulkLoad.ALWAYS);

        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(report.total()).isEqualTo(new Counts(6, 5, 0, 0, 1, 0));
        assertThat(database.rows(BOOKS)).containsExactly("a|Title a|crime|-|-|-|-|1|new,used");
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
    }

    @Test
    void aJoinTableMayAllowAValueOnlyOnce() {
        assertThat(loaded(
                        Bookshop.pipeline(),
                        shop(
                                book("a", ", tags: ['new']"),
                                book("b", ", tags: ['used', 'new']"),
                                book("c", ", tags: ['used']")),
                        "ALTER TABLE book_tag ADD UNIQUE (tag_id)",
                        BOOKS))
                .containsExactly(
                        "a|Title a|crime|-|-|-|-|1|new",
                        "c|Title c|crime|-|-|-|-|1|used",
                        "books|b|DUPLICATE_VALUE|public.book_tag.tag_id|23505");
    }

    @Test
    void aTableBelowADocumentMayAllowAComputedValueOnlyOnce() {
        assertThat(loaded(
                        Docrows.pipeline("parts", Parts.PARCELS),
                        new MemorySource()
                                .with(
                                        "parcels",
                                        "{_id: 1, labels: [{code: 'a'}]}",
                                        "{_id: 2, labels: [{code: 'b'}, {code: 'A'}]}",
                                        "{_id: 3, labels: [{code: 'b'}]}"),
                        "ALTER TABLE parcel_label DROP CONSTRAINT parcel_label_serial_key,"
                                + " ADD code_norm text GENERATED ALWAYS AS (upper(code)) STORED, ADD UNIQUE (code_norm)",
                        Parts.PARCEL_ROWS))
                .containsExactly(
                        "1|label 0|a x 1|-",
                        "1|parcel|-|-",
                        "3|label 0|b x 1|-",
                        "3|parcel|-|-",
                        "parcels|2|DUPLICATE_VALUE|public.parcel_label.code_norm|23505");
    }
}
