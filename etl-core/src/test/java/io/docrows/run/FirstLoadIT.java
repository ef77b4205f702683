package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.docrows.error.DocrowsException;
import io.docrows.history.MissingConstraint;
import io.docrows.history.RunHistory;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a first load leaves behind is what merging under all constraints leaves behind. */
final class FirstLoadIT {

    private static final String SHAPE = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated, obj_description(oid, 'pg_constraint')
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT tablename, indexname, indexdef, true, obj_description(format('%I', indexname)::regclass, 'pg_class')
        FROM pg_indexes WHERE schemaname = 'public'
        ORDER BY 1, 2, 3
        """;

    private final Database database = Bookshop.database();
    private final MemorySource source = shop();

    /** Two hundred books, some of which have an _id, an isbn or a place that another one has, or break a rule. */
    private static MemorySource shop() {
        Random random = new Random(11);
        List<String> authors = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            authors.add("{_id: " + i + ", name: 'Author " + i + "'}");
        }
        authors.add("{_id: 7, name: 'The second with this _id'}");
        List<String> books = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int id = i > 99 && i % 37 == 36 ? i - 30 : i;
            int isbn = i > 99 && i % 23 == 22 ? i - 9 : i;
            books.add(
                    "{_id: 'b" + id + "', title: 'Title " + i + "', author: " + random.nextInt(42) + ", isbn: 'i" + isbn
                            + "', price: {$numberDecimal: '" + (i % 31 == 30 ? -1 : i) + ".50'}, at: {shelf: 's" + i % 7
                            + "', place: " + (i > 99 && i % 29 == 28 ? i - 7 : i) + "}, tags: ["
                            + (i % 3 == 0 ? "'new', 'new', 'used'" : i % 41 == 40 ? "'unknown'" : "")
                            + "]" + (i % 2 == 0 ? ", genre: 'poetry'" : "") + "}");
        }
        return new MemorySource()
                .with("authors", authors.toArray(String[]::new))
                .with("books", books.toArray(String[]::new))
                .with("employees", "{_id: 1, boss: 2}", "{_id: 2}", "{_id: 3, boss: 9}");
    }

    private RunOptions options(BulkLoad when) {
        return RunOptions.defaults().batch(16, 1 << 20).bulkLoad(when);
    }

    private RunReport run(Database target, RunOptions options) {
        return run(target, options, new Cancellation());
    }

    private RunReport run(Database target, RunOptions options, Cancellation cancellation) {
        return Bookshop.pipeline().source(source).target(target.target()).run(options, cancellation);
    }

    private static List<String> contents(Database database) {
        List<String> rows = new ArrayList<>(database.rows("SELECT mongo_id, name FROM author ORDER BY 1"));
        rows.addAll(database.rows("""
            SELECT b.mongo_id, title, genre, price, shelf, place, isbn, a.mongo_id,
                   (SELECT string_agg(t.name, ',' ORDER BY t.name) FROM book_tag j JOIN tag t ON t.id = j.tag_id WHERE j.book_id = b.id)
            FROM book b JOIN author a ON a.id = b.author_id ORDER BY 1
            """));
        rows.addAll(database.rows("SELECT count(*) FROM book_tag"));
        rows.addAll(database.rows("SELECT mongo_id, boss_id FROM employee ORDER BY 1"));
        rows.addAll(database.rows(
                "SELECT table_name, row_key, referenced_key FROM docrows.pending_reference ORDER BY 1, 2"));
        rows.addAll(database.rows("SELECT collection, document_key, code, path, column_name, sqlstate, md5(document)"
                + " FROM docrows.reject ORDER BY 1, 2"));
        return rows;
    }

    private static List<String> missing(Database database) {
        return database.rows("SELECT name FROM docrows.deferred_constraint ORDER BY 1");
    }

    private static List<String> merged(MemorySource source) {
        Database merged = Bookshop.database();
        Bookshop.pipeline()
                .source(source)
                .target(merged.target())
                .run(RunOptions.defaults().batch(16, 1 << 20).bulkLoad(BulkLoad.NEVER));
        return contents(merged);
    }

    @Test
    void leavesTheRowsRejectsAndConstraintsThatMergingWouldHaveLeft() {
        database.execute("COMMENT ON CONSTRAINT book_isbn_key ON book IS 'One book''s only';"
                + " CREATE INDEX book_title_idx ON book (title DESC) INCLUDE (price) WITH (fillfactor = 70);"
                + " COMMENT ON INDEX book_title_idx IS 'By title';"
                + " CREATE INDEX book_cheap_idx ON book (price) WHERE price < 10;"
                + " ALTER TABLE author ADD CHECK (name <> ''); CREATE VIEW titled AS SELECT id, title FROM book");
        List<String> shape = database.rows(SHAPE);

        RunReport report = run(database, options(BulkLoad.ALWAYS));

        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(contents(database)).isEqualTo(merged(source));
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
        assertThat(missing(database)).isEmpty();
        Counts books = report.collections().get(1).counts();
        assertThat(books.read()).isEqualTo(200);
        assertThat(books.inserted())
                .isEqualTo(Long.parseLong(
                        database.rows("SELECT count(*) FROM book").get(0)));
        assertThat(books.skipped()).isPositive();
    }

    @Tag("long")
    @Test
    void aSecondRunAfterAFirstLoadWritesNoRowVersion() {
        run(database, options(BulkLoad.ALWAYS));
        String versions =
                "SELECT 'b', xmin, ctid, mongo_id FROM book UNION ALL SELECT 'j', xmin, ctid, book_id::text ||"
                        + " tag_id FROM book_tag UNION ALL SELECT 'a', xmin, ctid, mongo_id FROM author ORDER BY 1, 4";
        List<String> rejected = database.rows("SELECT document_key FROM docrows.reject ORDER BY 1");
        List<String> before = database.rows("SELECT mongo_id FROM book ORDER BY 1");
        run(database, options(BulkLoad.ALWAYS).batch(1000, 1 << 20));
        List<String> settled = database.rows(versions);

        RunReport third = run(database, options(BulkLoad.ALWAYS).batch(1000, 1 << 20));

        assertThat(third.total().inserted() + third.total().updated()).isZero();
        assertThat(database.rows(versions)).isEqualTo(settled);
        assertThat(database.rows("SELECT mongo_id FROM book ORDER BY 1")).isEqualTo(before);
        assertThat(database.rows("SELECT document_key FROM docrows.reject ORDER BY 1"))
                .isEqualTo(rejected);
    }

    private void interruptAfter(int batches) {
        interruptAfter("books", batches);
        assertThat(missing(database)).contains("book_isbn_key", "book_mongo_id_key", "book_author_id_fkey");
    }

    private void interruptAfter(String collection, int batches) {
        Cancellation cancellation = new Cancellation();
        AtomicInteger committed = new AtomicInteger();
        RunReport report = run(
                database,
                options(BulkLoad.ALWAYS).listener(new RunListener() {
                    @Override
                    public void batchCommitted(String written, Counts batch) {
                        if (written.equals(collection) && committed.incrementAndGet() == batches) {
                            cancellation.request();
                        }
                    }
                }),
                cancellation);
        assertThat(report.status()).isEqualTo(RunReport.Status.INTERRUPTED);
    }

    @Tag("long")
    @Test
    void aRunThatWasInterruptedGoesOnWithWhatItDeferred() {
        List<String> shape = database.rows(SHAPE);
        interruptAfter(10);

        run(database, options(BulkLoad.NEVER));

        assertThat(contents(database)).isEqualTo(merged(source));
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
    }

    @Test
    @Tag("long")
    void aRunThatStartsOverRebuildsFirst() {
        List<String> shape = database.rows(SHAPE);
        interruptAfter(24);

        run(database, options(BulkLoad.ALWAYS).force(true));

        assertThat(missing(database)).isEmpty();
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
        assertThat(database.rows("SELECT mongo_id FROM book ORDER BY 1"))
                .isEqualTo(merged(source).stream()
                        .filter(row -> row.startsWith("b") && row.contains("|Title "))
                        .map(row -> row.substring(0, row.indexOf('|')))
                        .toList());
    }

    @Tag("long")
    @Test
    void aRunOverChosenDocumentsRebuildsFirst() {
        List<String> shape = database.rows(SHAPE);
        interruptAfter(1);

        run(database, options(BulkLoad.ALWAYS).ids(List.of(new BsonString("b1"))));

        assertThat(database.rows(SHAPE)).isEqualTo(shape);
        run(database, options(BulkLoad.ALWAYS));
        assertThat(contents(database)).isEqualTo(merged(source));
    }

    @Test
    void whatAnInterruptedRunDeferredIsListedAndRebuiltOnDemand() {
        List<String> shape = database.rows(SHAPE);
        interruptAfter(1);

        assertThat(RunHistory.of(database.target()).missingConstraints())
                .extracting(MissingConstraint::table, MissingConstraint::kind, MissingConstraint::name)
                .contains(
                        tuple("public.book", "unique", "book_isbn_key"),
                        tuple("public.book", "foreign key", "book_author_id_fkey"),
                        tuple("public.book", "primary key", "book_pkey"),
                        tuple("public.book_tag", "primary key", "book_tag_pkey"));
        int rebuilt = Bookshop.pipeline().target(database.target()).rebuildConstraints();

        assertThat(rebuilt).isEqualTo(8);
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
        assertThat(RunHistory.of(database.target()).missingConstraints()).isEmpty();
        assertThat(Bookshop.pipeline().target(database.target()).rebuildConstraints())
                .isZero();
    }

    @Test
    @Tag("long")
    void thePrimaryKeyGoesWithTheForeignKeysOfTablesThatAreLoadedLater() {
        database.execute("DROP TABLE author_award"); // no collection's
        List<String> shape = database.rows(SHAPE);
        interruptAfter("authors", 1);

        assertThat(missing(database)).containsExactly("author_mongo_id_key", "author_pkey", "book_author_id_fkey");
        run(database, options(BulkLoad.ALWAYS));
        assertThat(contents(database)).isEqualTo(merged(source));
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMENT ON TABLE author_award IS 'no collection''s'",
                "DROP TABLE author_award; CREATE RULE archived AS ON DELETE TO book DO ALSO NOTHING", // not suitable
                "DROP TABLE author_award; ALTER TABLE book DISABLE TRIGGER ALL; INSERT INTO book (mongo_id, title,"
                        + " author_id) VALUES ('x', 'X', 0); ALTER TABLE book ENABLE TRIGGER ALL" // not empty
            })
    void aPrimaryKeyThatOtherTablesNeedStays(String need) {
        database.execute(need);
        List<String> shape = database.rows(SHAPE);
        interruptAfter("authors", 1);

        assertThat(missing(database)).contains("author_mongo_id_key").doesNotContain("author_pkey");
        run(database, options(BulkLoad.ALWAYS));
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
    }

    /** The second refuses only while the table before is about to be loaded, for which it is not needed. */
    @ParameterizedTest
    @ValueSource(strings = {"author_mongo_id_key", "book_author_id_fkey"})
    void whatMayNotBeDroppedStays(String refused) {
        database.execute("DROP TABLE author_award;"
                + " CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF current_query() LIKE '%DROP CONSTRAINT " + refused
                + "%' THEN RAISE 'not on this server'; END IF; END $$;"
                + " CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('ALTER TABLE')"
                + " EXECUTE FUNCTION refuse()");
        List<String> shape = database.rows(SHAPE);

        RunReport report = run(database, options(BulkLoad.ALWAYS));

        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(contents(database)).isEqualTo(merged(source));
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
        assertThat(missing(database)).isEmpty();
    }

    @Test
    void indexesAreRebuiltWhereTheyWereWhateverTheDefaultIs() throws SQLException {
        try (Connection connection = database.target().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET allow_in_place_tablespaces = on");
            statement.execute("CREATE TABLESPACE elsewhere LOCATION ''");
        }
        database.execute("ALTER DATABASE "
                + database.rows("SELECT current_database()").get(0) + " SET default_tablespace = 'elsewhere'");

        run(database, options(BulkLoad.ALWAYS));

        assertThat(database.rows("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND reltablespace <> 0"))
                .isEmpty();
    }

    @Tag("long")
    @Test
    void aForeignKeyThatWasNotValidIsNotMadeSo() {
        database.execute("ALTER TABLE book DROP CONSTRAINT book_author_id_fkey, ADD CONSTRAINT by_author FOREIGN KEY"
                + " (author_id) REFERENCES author NOT VALID; COMMENT ON CONSTRAINT by_author ON book IS 'Who wrote"
                + " it'");
        List<String> shape = database.rows(SHAPE);

        run(database, options(BulkLoad.ALWAYS));

        assertThat(database.rows(SHAPE)).isEqualTo(shape);
        assertThat(contents(database)).isEqualTo(merged(source));
    }

    @Tag("long")
    @Test
    void aRunOverChosenDocumentsLeavesDuplicatesToTheRunThatReadsThemAll() {
        interruptAfter(24);

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(database, options(BulkLoad.ALWAYS).ids(List.of(new BsonString("b1")))))
                .withMessageContaining("Run the whole pipeline first");

        run(database, options(BulkLoad.ALWAYS));
        assertThat(contents(database)).isEqualTo(merged(source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"book", "tag"}) // the table itself, and one that a foreign key leads to
    @Tag("long")
    void tablesThatHoldRowsOrAreInUseAreMerged(String used) throws SQLException {
        database.execute("INSERT INTO author (mongo_id, name) VALUES ('other', 'Somebody else')");
        List<String> missing = new ArrayList<>();
        try (Connection other = database.target().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + used + " IN ROW SHARE MODE");
            run(database, options(BulkLoad.ALWAYS).listener(new RunListener() {
                @Override
                public void batchCommitted(String collection, Counts batch) {
                    missing.addAll(missing(database));
                }
            }));
        }
        assertThat(missing).isEmpty();
        List<String> expected = new ArrayList<>(merged(source));
        expected.add("other|Somebody else");
        assertThat(contents(database)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Commits, and loses the answer, as soon as constraints are dropped. */
    private DataSource losingTheAnswer(AtomicInteger lost) {
        return proxy(DataSource.class, database.target(), (any, call) -> {
            Object result = call.call();
            return result instanceof Connection connection
                    ? proxy(Connection.class, connection, (method, committing) -> {
                        Object answer = committing.call();
                        if (method.equals("commit") && !missing(database).isEmpty() && lost.getAndIncrement() == 0) {
                            connection.close();
                            throw new SQLException("the connection is lost", "08006");
                        }
                        return answer;
                    })
                    : result;
        });
    }

    private interface Around {
        Object call(String method, Callable<Object> call) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T on, Around around) {
        return type.cast(Proxy.newProxyInstance(
                FirstLoadIT.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> around.call(method.getName(), () -> {
                    try {
                        return method.invoke(on, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                })));
    }

    @Test
    @Tag("long")
    void aLostAnswerToTheCommitThatDropsConstraintsChangesNothing() {
        List<String> shape = database.rows(SHAPE);
        AtomicInteger lost = new AtomicInteger();

        RunReport report =
                Bookshop.pipeline().source(source).target(losingTheAnswer(lost)).run(options(BulkLoad.ALWAYS));

        assertThat(lost).hasPositiveValue();
        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(contents(database)).isEqualTo(merged(source));
        assertThat(database.rows(SHAPE)).isEqualTo(shape);
    }
}
