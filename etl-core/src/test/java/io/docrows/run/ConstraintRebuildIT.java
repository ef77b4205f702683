package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Constraints of a first load are rebuilt while the next collection is loaded, and after every cut. */
@Tag("long")
final class ConstraintRebuildIT {

    private static final String SHAPE = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT tablename, indexname, indexdef, true FROM pg_indexes WHERE schemaname = 'public'
        ORDER BY 1, 2, 3
        """;

    private static final long GATE = 4242;

    private final Database database = Bookshop.database();
    private final List<String> shape = database.rows(SHAPE);
    private final MemorySource source = shop();

    private static MemorySource shop() {
        List<String> authors = new ArrayList<>();
        List<String> books = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            authors.add("{_id: " + i + ", name: 'Author " + i + "'}");
            books.add("{_id: 'b" + i + "', title: 'Title " + i + "', author: " + i % 50 + ", isbn: 'i" + i
                    + "', price: 12.5, at: {shelf: 's', place: " + i + "}, tags: ['new']}");
        }
        return new MemorySource()
                .with("authors", authors.toArray(String[]::new))
                .with("books", books.toArray(String[]::new))
                .with("employees", "{_id: 1, boss: 2}", "{_id: 2}");
    }

    private RunReport run(RunOptions options) {
        return run(options, new Cancellation());
    }

    private RunReport run(RunOptions options, Cancellation cancellation) {
        return Bookshop.pipeline().source(source).target(database.target()).run(options, cancellation);
    }

    private static RunOptions options() {
        return RunOptions.defaults().batch(16, 1 << 20).bulkLoad(BulkLoad.ALWAYS);
    }

    private List<String> missing() {
        return database.rows("SELECT name FROM docrows.deferred_constraint ORDER BY 1");
    }

    /** Statements of this kind that contain this text do something first. */
    private void before(String tag, String text, String then) {
        database.execute("CREATE FUNCTION gate() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF current_query() LIKE '%" + text + "%' THEN " + then + "; END IF; END $$;"
                + " CREATE EVENT TRIGGER gate ON ddl_command_start WHEN TAG IN ('" + tag
                + "') EXECUTE FUNCTION gate()");
    }

    private void openGate() {
        database.execute("DROP EVENT TRIGGER gate; DROP FUNCTION gate()");
    }

    private void assertComplete() {
        assertThat(database.rows("SELECT (SELECT count(*) FROM author), (SELECT count(*) FROM book),"
                        + " (SELECT count(*) FROM book_tag), (SELECT count(*) FROM employee)"))
                .containsExactly("60|60|60|2");
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
        assertThat(missing()).isEmpty();
    }

    /** A connection that holds up whoever builds an index of the join table. */
    private Connection holdUpJoinTable() throws SQLException {
        before(
                "CREATE INDEX",
                "book_tag",
                "SET LOCAL lock_timeout = '60s'; PERFORM pg_advisory_xact_lock(" + GATE + ")");
        Connection holder = database.target().getConnection();
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
        }
        return holder;
    }

    @Test
    void theNextCollectionIsLoadedWhileTheJoinTableIsIndexed() throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Connection holder = holdUpJoinTable()) {
            RunReport report = run(options().listener(new RunListener() {
                @Override
                public void collectionFinished(CollectionReport collection) {
                    if (collection.collection().equals("employees")) {
                        seen.addAll(missing());
                        close(holder);
                    }
                }
            }));

            assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        }
        assertThat(seen).contains("book_tag_pkey", "book_tag_tag_id_fkey").doesNotContain("book_isbn_key");
        assertComplete();
    }

    @Test
    void aRunThatIsStoppedMeanwhileLeavesTheRestToTheNext() throws SQLException {
        Cancellation cancellation = new Cancellation();
        try (Connection holder = holdUpJoinTable()) {
            RunReport report = run(
                    options().listener(new RunListener() {
                        @Override
                        public void collectionStarted(String collection, OptionalLong estimate, Counts done) {
                            if (collection.equals("employees")) {
                                cancellation.request();
                                close(holder);
                            }
                        }
                    }),
                    cancellation);

            assertThat(report.status()).isEqualTo(RunReport.Status.INTERRUPTED);
        }
        assertThat(missing()).contains("book_tag_tag_id_fkey");

        run(options());

        assertComplete();
    }

    @Test
    void aRunFailsWhenWhatIsRebuiltMeanwhileCannotBe() {
        before("CREATE INDEX", "book_tag", "RAISE 'the disk is full'");

        assertThatExceptionOfType(DocrowsException.class).isThrownBy(() -> run(options()));

        assertThat(missing()).contains("book_tag_pkey");
        openGate();
        run(options());
        assertComplete();
    }

    @Test
    void aRunThatEndsBetweenAnIndexAndItsConstraintIsCompletedByTheNext() {
        before("ALTER TABLE", "USING INDEX", "RAISE 'not now'");

        assertThatExceptionOfType(DocrowsException.class).isThrownBy(() -> run(options()));

        assertThat(missing()).contains("author_mongo_id_key");
        assertThat(database.rows("SELECT indexname FROM pg_indexes WHERE indexname = 'author_mongo_id_key'"))
                .hasSize(1);
        openGate();
        run(options());
        assertComplete();
    }

    @Test
    void aRunThatEndsBeforeAForeignKeyIsCheckedLeavesThatToTheNext() {
        before("ALTER TABLE", "VALIDATE CONSTRAINT book_author_id_fkey", "RAISE 'not now'");

        assertThatExceptionOfType(DocrowsException.class).isThrownBy(() -> run(options()));

        assertThat(missing()).containsExactly("book_author_id_fkey");
        assertThat(database.rows("SELECT convalidated FROM pg_constraint WHERE conname = 'book_author_id_fkey'"))
                .containsExactly("f");
        openGate();
        run(options());
        assertComplete();
    }

    @Test
    void aForeignKeyThatRowsStandAgainstIsNamedUntilTheyAreGone() {
        before("ALTER TABLE", "ADD CONSTRAINT book_author_id_fkey", "DELETE FROM public.author WHERE mongo_id = '7'");

        for (boolean again : new boolean[] {false, true}) {
            assertThatExceptionOfType(DocrowsException.class)
                    .isThrownBy(() -> run(options().force(again)))
                    .withMessageContaining(
                            "The foreign key book_author_id_fkey of \"public\".\"book\" cannot be rebuilt")
                    .withMessageContaining("author_id")
                    .withMessageContaining("delete such rows")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED));
        }

        assertThat(missing()).containsExactly("book_author_id_fkey");
        openGate();
        database.execute("DELETE FROM book WHERE author_id NOT IN (SELECT id FROM author)");
        run(options());
        run(options());
        assertComplete();
    }

    @Test
    void aRunThatIsStoppedBeforeItRebuildsWhatAnotherLeftDoesSoWhenItGoesOn() {
        Cancellation first = new Cancellation();
        run(
                options().listener(new RunListener() {
                    @Override
                    public void batchCommitted(String collection, Counts batch) {
                        if (collection.equals("books")) {
                            first.request();
                        }
                    }
                }),
                first);
        assertThat(missing()).contains("book_mongo_id_key");
        Cancellation second = new Cancellation();
        second.request();
        run(options().force(true), second);

        RunReport report = run(options());

        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(report.total().unchanged()).isPositive();
        assertComplete();
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
