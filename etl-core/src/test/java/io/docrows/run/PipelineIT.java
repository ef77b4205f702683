package io.docrows.run;

import static io.docrows.testing.Bson.bson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineIT {

    private static final String BOOKS = """
            SELECT b.mongo_id, b.title, b.genre, b.price, b.shelf, b.place, b.isbn, a.mongo_id,
                   (SELECT string_agg(t.name, ',' ORDER BY t.name) FROM book_tag j JOIN tag t ON t.id = j.tag_id
                    WHERE j.book_id = b.id)
            FROM book b JOIN author a ON a.id = b.author_id ORDER BY b.mongo_id
            """;

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'Ursula'}", "{_id: 'b', name: 'Stanisław'}")
            .with(
                    "books",
                    "{_id: 10, title: 'Dispossessed', genre: 'science fiction', price: {$numberDecimal: '9.90'},"
                            + " at: {shelf: 'S', place: 1}, isbn: 'i1', author: 1, tags: ['used', 'new', 'used']}",
                    "{_id: 11, title: 'Solaris', author: 'b'}")
            .with("employees");

    private RunReport run(RunOptions options) {
        return run(options, new Cancellation());
    }

    private RunReport run(RunOptions options, Cancellation cancellation) {
        return Bookshop.pipeline().source(source).target(database.target()).run(options, cancellation);
    }

    private RunReport run() {
        return run(RunOptions.defaults());
    }

    private static Counts counts(RunReport report, String collection) {
        return collection(report, collection).counts();
    }

    private static CollectionReport collection(RunReport report, String collection) {
        return report.collections().stream()
                .filter(one -> one.collection().equals(collection))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void loadsRowsReferencesAndLinksInTheOrderOfReferences() {
        RunReport report = run();

        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(report.collections())
                .extracting(CollectionReport::collection)
                .containsExactly("authors", "books", "employees");
        assertThat(report.total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
        assertThat(database.rows(BOOKS))
                .containsExactly(
                        "10|Dispossessed|science fiction|9.90|S|1|i1|1|new,used", "11|Solaris|crime|-|-|-|-|b|-");
    }

    @Test
    void aSecondRunOverAnUnchangedSourceWritesNoRowVersion() {
        run();
        String versions =
                "SELECT 'a', xmin, ctid, mongo_id FROM author UNION ALL SELECT 'b', xmin, ctid, mongo_id FROM book"
                        + " UNION ALL SELECT 'j', xmin, ctid, book_id::text FROM book_tag ORDER BY 1, 4";
        List<String> before = database.rows(versions);
        List<String> sequence = database.rows("SELECT last_value FROM book_id_seq");

        RunReport second = run();

        assertThat(second.total()).isEqualTo(new Counts(4, 0, 0, 4, 0, 0));
        assertThat(database.rows(versions)).isEqualTo(before);
        assertThat(database.rows("SELECT last_value FROM book_id_seq")).isEqualTo(sequence);
    }

    @Test
    void aChangedDocumentIsUpdatedAndKeepsItsRowId() {
        run();
        List<String> ids = database.rows("SELECT id, mongo_id FROM book ORDER BY 1");
        source.with(
                "books",
                "{_id: 10, title: 'The Dispossessed', genre: 'science fiction', author: 1, tags: ['new', 'used']}",
                "{_id: 11, title: 'Solaris', author: 'b'}");

        assertThat(counts(run(), "books")).isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
        assertThat(database.rows(BOOKS))
                .containsExactly(
                        "10|The Dispossessed|science fiction|-|-|-|-|1|new,used", "11|Solaris|crime|-|-|-|-|b|-");
        assertThat(database.rows("SELECT id, mongo_id FROM book ORDER BY 1")).isEqualTo(ids);
    }

    @Test
    void aDocumentOfWhichOnlyTheLinksChangeIsCountedAsUpdated() {
        run();
        source.with(
                "books",
                "{_id: 10, title: 'Dispossessed', genre: 'science fiction', price: {$numberDecimal: '9.90'},"
                        + " at: {shelf: 'S', place: 1}, isbn: 'i1', author: 1, tags: ['used']}",
                "{_id: 11, title: 'Solaris', author: 'b', tags: ['new']}");

        assertThat(counts(run(), "books")).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(database.rows("SELECT b.mongo_id, t.name FROM book_tag j JOIN book b ON b.id = j.book_id JOIN tag t"
                        + " ON t.id = j.tag_id ORDER BY 1"))
                .containsExactly("10|used", "11|new");
    }

    @Test
    void aMissingFieldLeavesAColumnWithADefaultAsItIs() {
        run();
        source.with("books", "{_id: 10, title: 'Dispossessed', author: 1}");

        run();

        assertThat(database.rows("SELECT genre, price FROM book WHERE mongo_id = '10'"))
                .containsExactly("science fiction|-");
    }

    @Test
    void theLastOfSeveralDocumentsWithTheSameKeyWins() {
        source.with(
                        "authors",
                        "{_id: 1, name: 'first'}",
                        "{_id: 1, name: 'second'}",
                        "{_id: {$numberLong: '1'}, name: 'x'}")
                .with("books");

        assertThat(counts(run(), "authors")).isEqualTo(new Counts(3, 1, 0, 0, 0, 2));
        assertThat(database.rows("SELECT mongo_id, name FROM author")).containsExactly("1|x");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void oneBadDocumentCostsOneDocumentWhateverTheBatch(int batch) {
        List<byte[]> books = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String bad = i == 13 ? "price: -1," : i == 4 ? "price: {$numberDecimal: '9999999'}," : "";
            books.add(bson("{_id: " + i + ", title: 'T', " + bad + " author: 1}"));
        }
        source.withRaw("books", books);

        RunReport report = run(RunOptions.defaults().batch(batch, 1 << 20));

        assertThat(counts(report, "books")).isEqualTo(new Counts(20, 18, 0, 0, 2, 0));
        assertThat(report.rejectsByCode())
                .isEqualTo(Map.of(RejectCode.CONSTRAINT_VIOLATION, 1L, RejectCode.OUT_OF_RANGE, 1L));
        assertThat(database.rows("SELECT document_key, code, path, bson_type, column_name, sqlstate FROM docrows.reject"
                        + " ORDER BY 1"))
                .containsExactly(
                        "13|CONSTRAINT_VIOLATION|price|-|public.book.price|23514",
                        "4|OUT_OF_RANGE|price|decimal|public.book.price|-");
        assertThat(database.bytes("SELECT document FROM docrows.reject ORDER BY document_key"))
                .usingRecursiveComparison()
                .isEqualTo(List.of(books.get(13), books.get(4)));
    }

    @Test
    void aDeferredConstraintIsCheckedWithinTheBatch() {
        source.with(
                "books",
                "{_id: 1, title: 'A', author: 1, isbn: 'same'}",
                "{_id: 2, title: 'B', author: 1, isbn: 'same'}",
                "{_id: 3, title: 'C', author: 1, isbn: 'other'}");

        RunReport report = run();

        assertThat(counts(report, "books")).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(database.rows("SELECT document_key, code, column_name FROM docrows.reject"))
                .containsExactly("2|DUPLICATE_VALUE|public.book.isbn");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void ofTwoDocumentsWithTheSameUniqueValueTheFirstStays(int batch) {
        source.with(
                "books",
                "{_id: 1, title: 'A', author: 1, at: {shelf: 'S', place: 1}}",
                "{_id: 2, title: 'B', author: 1, at: {shelf: 'S', place: 2}}",
                "{_id: 3, title: 'C', author: 1, at: {shelf: 'S', place: 1}}",
                "{_id: 4, title: 'D', author: 1, at: {shelf: 'S'}}",
                "{_id: 5, title: 'E', author: 1, at: {shelf: 'S'}}");

        for (int i = 0; i < 2; i++) {
            RunReport report = run(RunOptions.defaults().batch(batch, 1 << 20));
            assertThat(counts(report, "books").rejected()).isEqualTo(1);
            assertThat(database.rows("SELECT document_key, code FROM docrows.reject"))
                    .containsExactly("3|DUPLICATE_VALUE");
            assertThat(database.rows("SELECT mongo_id FROM book ORDER BY 1")).containsExactly("1", "2", "4", "5");
        }
    }

    @Test
    void twoDocumentsMaySwapTheirUniqueValues() {
        source.with(
                "books",
                "{_id: 1, title: 'A', author: 1, at: {shelf: 'S', place: 1}}",
                "{_id: 2, title: 'B', author: 1, at: {shelf: 'S', place: 2}}");
        run();
        source.with(
                "books",
                "{_id: 1, title: 'A', author: 1, at: {shelf: 'S', place: 2}}",
                "{_id: 2, title: 'B', author: 1, at: {shelf: 'S', place: 1}}");

        assertThat(counts(run(), "books")).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(database.rows("SELECT mongo_id, place FROM book ORDER BY 1")).containsExactly("1|2", "2|1");
    }

    @Test
    void aRejectedDocumentThatIsMendedIsLoadedAndNoLongerAReject() {
        source.with(
                "books", "{_id: 1, title: 'A', author: 'nobody'}", "{_id: 2, title: 'B', author: 1, tags: ['odd']}");

        RunReport report = run();
        assertThat(report.rejectsByCode()).isEqualTo(Map.of(RejectCode.MISSING_REFERENCE, 2L));
        assertThat(database.rows("SELECT document_key, path, column_name FROM docrows.reject ORDER BY 1"))
                .containsExactly("1|author|public.book.author_id", "2|tags|public.tag.name");

        source.with("books", "{_id: 1, title: 'A', author: 1}", "{_id: 2, title: 'B', author: 1, tags: ['odd']}");
        assertThat(counts(run(), "books")).isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void aReferenceWithinTheSameTableIsFilledInWhenItsRowArrives(int batch) {
        source.with("employees", "{_id: 1, boss: 2}", "{_id: 2, boss: 3}", "{_id: 3}", "{_id: 4, boss: 99}");

        RunReport report = run(RunOptions.defaults().batch(batch, 1 << 20));

        assertThat(report.pendingReferences()).isEqualTo(1);
        String employees =
                "SELECT e.mongo_id, b.mongo_id FROM employee e LEFT JOIN employee b ON b.id = e.boss_id ORDER BY 1";
        assertThat(database.rows(employees)).containsExactly("1|2", "2|3", "3|-", "4|-");
        assertThat(database.rows(
                        "SELECT table_name, column_name, row_key, referenced_key FROM docrows.pending_reference"))
                .containsExactly("public.employee|boss_id|4|99");

        source.with("employees", "{_id: 99}");
        assertThat(run().pendingReferences()).isZero();
        assertThat(database.rows(employees)).containsExactly("1|2", "2|3", "3|-", "4|99", "99|-");
    }

    @Test
    void aPendingReferenceIsForgottenWhenTheDocumentNoLongerHasIt() {
        source.with("employees", "{_id: 1, boss: 7}");
        run();
        source.with("employees", "{_id: 1, boss: 8}");
        run();
        assertThat(database.rows("SELECT referenced_key FROM docrows.pending_reference"))
                .containsExactly("8");
        source.with("employees", "{_id: 1}");
        assertThat(run().pendingReferences()).isZero();
    }

    @Test
    void whatWasReadBeforeTheSourceFailedIsKeptAndTheNextRunGoesOnFromThere() {
        source.with("authors", "{_id: 1, name: 'a'}", "{_id: 2, name: 'b'}", "{_id: 3, name: 'c'}")
                .with("books")
                .failingAfter(2);

        assertThatExceptionOfType(DocrowsException.class).isThrownBy(this::run).satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(((RunFailedException) e).report().status()).isEqualTo(RunReport.Status.FAILED);
            assertThat(((RunFailedException) e).report().total().inserted()).isEqualTo(2);
        });
        assertThat(database.rows("SELECT status, error_code FROM docrows.run")).containsExactly("failed|SOURCE_FAILED");

        source.failingAfter(Integer.MAX_VALUE);
        RunReport report = run();

        assertThat(counts(report, "authors")).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(database.rows("SELECT id, status FROM docrows.run")).containsExactly("1|completed");
        assertThat(counts(run(), "authors")).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
    }

    @Test
    void aCancelledRunCommitsItsBatchAndGoesOnLater() {
        RunOptions options = RunOptions.defaults().batch(1, 1 << 20);
        Cancellation cancellation = new Cancellation();
        int[] read = {0};
        source.beforeEach(() -> {
            if (++read[0] == 3) {
                cancellation.request();
            }
        });

        RunReport interrupted = run(options, cancellation);

        assertThat(interrupted.status()).isEqualTo(RunReport.Status.INTERRUPTED);
        assertThat(interrupted.total().read()).isEqualTo(3);
        RunReport resumed = run();
        assertThat(resumed.run()).isEqualTo(interrupted.run());
        assertThat(resumed.total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
        assertThat(read[0]).isEqualTo(4);
    }

    @Test
    void optionsOfACancelledRunAreNotCancelledThemselves() {
        RunOptions options = RunOptions.defaults().batch(1, 1 << 20);
        Cancellation cancellation = new Cancellation();
        source.beforeEach(cancellation::request);
        assertThat(run(options, cancellation).status()).isEqualTo(RunReport.Status.INTERRUPTED);

        RunReport again = run(options);

        assertThat(again.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(again.total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
    }

    @Test
    void forceStartsOver() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        run(RunOptions.defaults(), cancellation);

        RunReport report = run(RunOptions.defaults().force(true));

        assertThat(report.run()).isEqualTo(2);
        assertThat(report.total().inserted()).isEqualTo(4);
    }

    @Test
    void onlyChosenCollectionsIdsAndNumbersOfDocumentsAreLoaded() {
        assertThat(run(RunOptions.defaults().collections(Set.of("authors")).limit(1))
                        .total()
                        .inserted())
                .isEqualTo(1);
        assertThat(run(RunOptions.defaults().collections(Set.of("authors")).ids(List.of(new org.bson.BsonString("b"))))
                        .total()
                        .inserted())
                .isEqualTo(1);
        assertThat(database.rows("SELECT mongo_id FROM author ORDER BY 1")).containsExactly("1", "b");
        assertThat(run().collections()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void severalWritersLoadTheSame(int writers) {
        List<byte[]> authors = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            authors.add(bson("{_id: " + i + ", name: 'N" + i + "'}"));
        }
        source.withRaw("authors", authors).with("books");

        RunReport report = run(RunOptions.defaults().writers(writers).batch(17, 1 << 20));

        assertThat(counts(report, "authors")).isEqualTo(new Counts(1000, 1000, 0, 0, 0, 0));
        assertThat(database.rows("SELECT count(*), count(DISTINCT mongo_id) FROM author"))
                .containsExactly("1000|1000");
        assertThat(
                        database.rows(
                                "SELECT count(*), sum(read), bool_and(complete) FROM docrows.checkpoint WHERE collection = 'authors'"))
                .containsExactly(writers + "|1000|t");
    }

    @Test
    void fieldsThatNoMappingKnowsAreCounted() {
        source.with("authors", "{_id: 1, name: 'a', __v: 0}", "{_id: 2, name: 'b', __v: 0, x: {y: 1}}")
                .with("books");

        assertThat(collection(run(), "authors").unmappedFields()).isEqualTo(Map.of("__v", 2L, "x", 1L));
    }

    @Test
    void runsOfOnePipelineExcludeEachOther() {
        DocrowsException[] second = new DocrowsException[1];
        source.beforeEach(() -> {
            if (second[0] == null) {
                try {
                    run();
                } catch (DocrowsException e) {
                    second[0] = e;
                }
            }
        });

        run();

        assertThat(second[0].code()).isEqualTo(ErrorCode.PIPELINE_LOCKED);
        assertThat(second[0]).hasMessageContaining("docrows bookshop");
        assertThat(database.rows("SELECT count(*) FROM docrows.run")).containsExactly("1");
    }

    @Test
    void aTargetThatIsNotTheOneTheMappingsWereCompiledForIsRefusedBeforeAnythingIsWritten() {
        database.execute("ALTER TABLE book RENAME COLUMN title TO name; ALTER TABLE book ALTER place TYPE bigint;"
                + "ALTER TABLE author DROP CONSTRAINT author_mongo_id_key; DROP TABLE employee");

        assertThatExceptionOfType(DocrowsException.class).isThrownBy(this::run).satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.TARGET_SCHEMA_MISMATCH);
            assertThat(e)
                    .hasMessageContaining("book.title does not exist")
                    .hasMessageContaining("book.place has the type bigint")
                    .hasMessageContaining("author.mongo_id has no unique index")
                    .hasMessageContaining("the table public.employee does not exist");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "50%"})
    void aRunStopsWhenMoreDocumentsAreRejectedThanItMay(String limit) {
        source.with("authors", "{_id: 1}", "{_id: 2}", "{_id: 3, name: 'c'}").with("books");

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(RunOptions.defaults().maxRejects(RejectLimit.of(limit))))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REJECTS);
                    assertThat(((RunFailedException) e).report().total()).isEqualTo(new Counts(3, 1, 0, 0, 2, 0));
                });
        assertThat(run(RunOptions.defaults().force(true).maxRejects(RejectLimit.of("2")))
                        .status())
                .isEqualTo(RunReport.Status.COMPLETED);
    }
}
