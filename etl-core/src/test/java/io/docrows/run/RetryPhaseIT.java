package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.testing.db.Tables.EMPLOYEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.history.RunHistory;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.EmployeeRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that were rejected because of others, and what they wait for comes about. */
@Tag("long")
final class RetryPhaseIT {

    /** Whose boss must be there, although the column is nullable. */
    private static final CollectionMapping<EmployeeRecord> STRICT = CollectionMapping.of("employees", EMPLOYEE)
            .key(EMPLOYEE.MONGO_ID, id("_id"))
            .reference(EMPLOYEE.BOSS_ID, id("boss"), EMPLOYEE.MONGO_ID, MissingReference.REJECT)
            .build();

    private static final String BOSSES =
            "SELECT e.mongo_id, b.mongo_id FROM employee e LEFT JOIN employee b ON b.id = e.boss_id ORDER BY 1";

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'One'}")
            .with("books", "{_id: 1, title: 'A', author: 'late'}", "{_id: 2, title: 'B', author: 'never'}")
            .with("employees");

    private RunReport run(Pipeline pipeline, RunOptions options) {
        return pipeline.source(source).target(database.target()).run(options);
    }

    private RunReport run(RunOptions options) {
        return run(Bookshop.pipeline(), options);
    }

    private RunReport authorsOnly() {
        return run(RunOptions.defaults().collections(Set.of("authors")));
    }

    private static Counts counts(RunReport report, String collection) {
        return report.collections().stream()
                .filter(one -> one.collection().equals(collection))
                .map(CollectionReport::counts)
                .findFirst()
                .orElse(Counts.NONE);
    }

    private void assertStoredAsReported(RunReport report) {
        Map<String, Counts> stored = new java.util.HashMap<>();
        RunHistory.of(database.target())
                .runs(1)
                .get(0)
                .collections()
                .forEach(collection -> stored.put(collection.collection(), collection.counts()));
        for (CollectionReport collection : report.collections()) {
            assertThat(stored).containsEntry(collection.collection(), collection.counts());
        }
    }

    @Test
    void aRowWhoseColumnIsNotNullIsLoadedByTheRunInWhichItsParentArrives() {
        RunReport first = run(RunOptions.defaults());
        assertThat(counts(first, "books")).isEqualTo(new Counts(2, 0, 0, 0, 2, 0));
        source.with("authors", "{_id: 'late', name: 'Late'}");

        RunReport second = authorsOnly();

        assertThat(counts(second, "authors")).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertThat(counts(second, "books")).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertStoredAsReported(second);
        assertThat(database.rows("SELECT b.mongo_id, a.mongo_id FROM book b JOIN author a ON a.id = author_id"))
                .containsExactly("1|late");
        assertThat(database.rows("SELECT document_key, last_run_id FROM docrows.reject"))
                .as("who goes on waiting is left alone")
                .containsExactly("2|1");
        assertThat(RunHistory.of(database.target())
                        .runs(1)
                        .get(0)
                        .collections()
                        .get(1)
                        .partitions())
                .isZero();
    }

    @Test
    void theLimitOfRejectsIsHeldAgainstWhatIsLeftWhenRejectsWereRetried() {
        Pipeline employees = Docrows.pipeline("employees", STRICT);
        RunOptions noRejects =
                RunOptions.defaults().writers(1).batch(1, 1 << 20).maxRejects(RejectLimit.of("0"));
        source.with("employees", "{_id: 1, boss: 2}", "{_id: 2}");

        assertThat(run(employees, noRejects).total()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));

        source.with("employees", "{_id: 1, boss: 2}", "{_id: 2}", "{_id: 3, boss: 'never'}");
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(employees, noRejects))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REJECTS))
                .satisfies(e ->
                        assertThat(((RunFailedException) e).report().total()).isEqualTo(new Counts(3, 0, 0, 2, 1, 0)));
    }

    @Test
    void theLimitOfRejectsStopsARunBeforeMoreIsWaitingThanCanBeLoadedAtOnce() {
        String[] orphans = new String[3_000];
        for (int i = 0; i < orphans.length; i++) {
            orphans[i] = "{_id: " + i + ", boss: 'never'}";
        }
        source.with("employees", orphans);

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(
                        Docrows.pipeline("employees", STRICT),
                        RunOptions.defaults().writers(1).batch(100, 1 << 20).maxRejects(RejectLimit.of("5"))))
                .satisfies(e -> assertThat(
                                ((RunFailedException) e).report().total().read())
                        .isLessThan(orphans.length));
    }

    @Test
    void aProcessWhoseRunWasTakenOverCommitsNoRetriedReject() {
        run(RunOptions.defaults());
        source.with("authors", "{_id: 'late', name: 'Late'}");
        RunOptions takenOver = RunOptions.defaults()
                .collections(Set.of("authors"))
                .listener(new RunListener() {
                    @Override
                    public void collectionFinished(CollectionReport report) {
                        database.execute("UPDATE docrows.run SET owner = gen_random_uuid()");
                    }
                });

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(takenOver))
                .extracting(DocrowsException::code)
                .isEqualTo(ErrorCode.PIPELINE_LOCKED);

        assertThat(database.rows("SELECT mongo_id FROM book")).isEmpty();
        assertThat(database.rows("SELECT count(*) FROM docrows.reject")).containsExactly("2");
    }

    @Test
    void aRunThatLoadsNothingLateCountsNothing() {
        run(RunOptions.defaults());

        RunReport second = authorsOnly();

        assertThat(second.collections())
                .extracting(CollectionReport::collection)
                .containsExactly("authors");
        assertThat(second.rejectsByCode()).isEmpty();
        assertThat(database.rows("SELECT count(*) FROM docrows.checkpoint WHERE partition < 0"))
                .containsExactly("0");
    }

    @Test
    void oneThatIsRejectedForAnotherReasonThenCountsAgain() {
        run(RunOptions.defaults());
        database.execute("ALTER TABLE book ADD CHECK (title <> 'A')");
        source.with("authors", "{_id: 'late', name: 'Late'}");

        RunReport second = authorsOnly();

        assertThat(counts(second, "books")).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
        assertThat(second.rejectsByCode()).isEqualTo(Map.of(RejectCode.CONSTRAINT_VIOLATION, 1L));
        assertStoredAsReported(second);
        assertThat(database.rows("SELECT document_key, code, run_id, last_run_id FROM docrows.reject ORDER BY 1"))
                .containsExactly("1|CONSTRAINT_VIOLATION|1|2", "2|MISSING_REFERENCE|1|1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void rowsOfOneTableThatComeBeforeThoseTheyNeedAreLoadedByTheSameRun(int batch) {
        source.with("employees", "{_id: 1, boss: 2}", "{_id: 2, boss: 3}", "{_id: 3}", "{_id: 4, boss: 99}");

        RunReport report =
                run(Docrows.pipeline("staff", STRICT), RunOptions.defaults().batch(batch, 1 << 20));

        assertThat(counts(report, "employees")).isEqualTo(new Counts(4, 3, 0, 0, 1, 0));
        assertThat(report.rejectsByCode()).isEqualTo(Map.of(RejectCode.MISSING_REFERENCE, 1L));
        assertStoredAsReported(report);
        assertThat(database.rows(BOSSES)).containsExactly("1|2", "2|3", "3|-");
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("4");
    }

    @Test
    void rowsThatNeedEachOtherGoOnWaiting() {
        source.with("employees", "{_id: 1, boss: 2}", "{_id: 2, boss: 1}");

        RunReport report = run(Docrows.pipeline("staff", STRICT), RunOptions.defaults());

        assertThat(counts(report, "employees")).isEqualTo(new Counts(2, 0, 0, 0, 2, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void aCycleOfReferencesThatMayWaitLoadsAndMayTurnAround(int batch) {
        RunOptions options = RunOptions.defaults().batch(batch, 1 << 20);
        source.with("employees", "{_id: 1, boss: 2}", "{_id: 2, boss: 3}", "{_id: 3, boss: 1}");
        assertThat(run(options).pendingReferences()).isZero();
        assertThat(database.rows(BOSSES)).containsExactly("1|2", "2|3", "3|1");

        source.with("employees", "{_id: 1, boss: 3}", "{_id: 2, boss: 1}", "{_id: 3, boss: 2}");
        RunReport report = run(options);

        assertThat(counts(report, "employees")).isEqualTo(new Counts(3, 0, 3, 0, 0, 0));
        assertThat(database.rows(BOSSES)).containsExactly("1|3", "2|1", "3|2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void documentsThatExchangeAUniqueValueLoadWhateverTheBatch(int batch) {
        RunOptions options = RunOptions.defaults().batch(batch, 1 << 20);
        source.with("books", book(1, 1), book(2, 2), book(3, 3), book(4, 1));
        assertThat(run(options).rejectsByCode()).isEqualTo(Map.of(RejectCode.DUPLICATE_VALUE, 1L));
        source.with("books", book(1, 3), book(2, 1), book(3, 2), book(4, 9));

        RunReport report = run(options);

        assertThat(counts(report, "books")).isEqualTo(new Counts(4, 1, 3, 0, 0, 0));
        assertThat(report.rejectsByCode()).isEmpty();
        assertStoredAsReported(report);
        assertThat(database.rows("SELECT mongo_id, place FROM book ORDER BY 1"))
                .containsExactly("1|3", "2|1", "3|2", "4|9");
        assertThat(database.rows("SELECT count(*) FROM docrows.reject")).containsExactly("0");
    }

    private static String book(int number, int place) {
        return "{_id: " + number + ", title: 'A', author: 1, at: {shelf: 'S', place: " + place + "}}";
    }

    @Test
    void aDocumentWhoseValueBecameFreeIsLoadedByTheRunThatFreesIt() {
        source.with("books", book(1, 1), book(2, 1));
        run(RunOptions.defaults());
        source.with("books", book(1, 7), book(3, 3));

        RunReport report = run(RunOptions.defaults());

        assertThat(counts(report, "books")).isEqualTo(new Counts(3, 2, 1, 0, 0, 0));
        assertStoredAsReported(report);
        assertThat(database.rows("SELECT mongo_id, place FROM book ORDER BY 1")).containsExactly("1|7", "2|1", "3|3");
    }

    @Test
    void aRunThatWasCutOffAfterRejectsWereRetriedCountsThemOnce() {
        source.with("employees", "{_id: 1, boss: 2}", "{_id: 2}");
        Pipeline staff = Docrows.pipeline("staff", STRICT);
        RunReport whole = run(staff, RunOptions.defaults());
        assertThat(counts(whole, "employees")).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        database.execute("UPDATE docrows.run SET status = 'running', finished = NULL");

        RunReport resumed = run(staff, RunOptions.defaults());

        assertThat(resumed.run()).isEqualTo(whole.run());
        assertThat(counts(resumed, "employees")).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(List.of(resumed.rejectsByCode())).containsExactly(Map.of());
    }
}
