package io.docrows.delete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.history.FilledTable;
import io.docrows.history.RunHistory;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

final class DeletesIT {

    private static final RunOptions DELETING =
            RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%"));

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'Ursula'}", "{_id: 'b', name: 'Stanisław'}")
            .with(
                    "books",
                    "{_id: 10, title: 'Dispossessed', author: 1, tags: ['used', 'new']}",
                    "{_id: 11, title: 'Solaris', author: 'b', tags: ['new']}")
            .with("employees", "{_id: 'e1'}", "{_id: 'e2', boss: 'e1'}");
    private final ConnectedPipeline pipeline =
            Bookshop.pipeline().source(source).target(database.target());

    private static Deletions of(RunReport report, String collection) {
        return report.collections().stream()
                .filter(one -> one.collection().equals(collection))
                .map(CollectionReport::deletions)
                .findFirst()
                .orElseThrow();
    }

    private List<String> books() {
        return database.rows("SELECT mongo_id FROM book ORDER BY 1");
    }

    private List<String> deferred() {
        return database.rows("SELECT count(*) FROM docrows.deferred_constraint");
    }

    @Test
    void rowsWhoseDocumentIsGoneGoWithTheirLinks() {
        pipeline.run(RunOptions.defaults());
        source.with("books", "{_id: 11, title: 'Solaris', author: 'b', tags: ['new']}");

        assertThat(of(pipeline.run(RunOptions.defaults()), "books")).isEqualTo(Deletions.NONE);
        assertThat(books()).containsExactly("10", "11");

        assertThat(of(pipeline.run(DELETING), "books")).isEqualTo(new Deletions(1, 0, 0));
        assertThat(books()).containsExactly("11");
        assertThat(database.rows("SELECT count(*) FROM book_tag")).containsExactly("1");
        assertThat(database.rows("SELECT collection, deleted, kept FROM docrows.deletion WHERE deleted > 0"))
                .containsExactly("books|1|0");
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
    }

    @Test
    void aRowThatADocumentStillRefersToStays() {
        pipeline.run(RunOptions.defaults());
        source.with("authors", "{_id: 1, name: 'Ursula'}");

        // The foreign key would cascade, and take a book away whose document exists.
        assertThat(of(pipeline.run(DELETING), "authors")).isEqualTo(new Deletions(0, 1, 0));
        assertThat(books()).containsExactly("10", "11");

        source.with("books", "{_id: 10, title: 'Dispossessed', author: 1}");
        RunReport both = pipeline.run(DELETING);
        assertThat(of(both, "authors")).isEqualTo(new Deletions(1, 0, 0));
        assertThat(of(both, "books")).isEqualTo(new Deletions(1, 0, 0));
    }

    @Test
    void aRowThatSomethingElseRefersToStaysAndTheRunGoesOn() {
        database.execute("CREATE TABLE review (book_id bigint REFERENCES book)");
        pipeline.run(RunOptions.defaults());
        database.execute("INSERT INTO review SELECT id FROM book WHERE mongo_id = '10'");
        database.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN IF OLD.mongo_id = 'b' THEN RAISE EXCEPTION 'no'; END IF; RETURN OLD; END $$;"
                + "CREATE TRIGGER refuse BEFORE DELETE ON author FOR EACH ROW EXECUTE FUNCTION refuse()");
        source.with("authors", "{_id: 1, name: 'Ursula'}").with("books");

        RunReport report = pipeline.run(DELETING);

        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(of(report, "books")).isEqualTo(new Deletions(1, 1, 0));
        assertThat(of(report, "authors")).isEqualTo(new Deletions(0, 1, 0));
        assertThat(books()).containsExactly("10");
        assertThat(database.rows("SELECT count(*) FROM book_tag")).containsExactly("2");
    }

    @Test
    void aReferenceThatIsSetToNullWaitsForItsDocumentToReturn() {
        pipeline.run(RunOptions.defaults());
        source.with("employees", "{_id: 'e2', boss: 'e1'}");

        pipeline.run(DELETING);
        assertThat(database.rows("SELECT row_key, referenced_key FROM docrows.pending_reference"))
                .containsExactly("e2|e1");
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();

        source.with("employees", "{_id: 'e1'}", "{_id: 'e2', boss: 'e1'}");
        pipeline.run(DELETING);
        assertThat(database.rows("SELECT boss_id IS NULL FROM employee WHERE mongo_id = 'e2'"))
                .containsExactly("f");
    }

    @Test
    void whatADeletedRowWaitedForIsForgotten() {
        source.with("employees", "{_id: 'e2', boss: 'e9'}");
        pipeline.run(RunOptions.defaults());
        source.with("employees");

        assertThat(of(pipeline.run(DELETING), "employees").deleted()).isOne();
        assertThat(database.rows("SELECT count(*) FROM docrows.pending_reference"))
                .containsExactly("0");
    }

    @Test
    void aRejectedDocumentExistsAndItsRejectGoesWithIt() {
        pipeline.run(RunOptions.defaults());
        source.with("books", "{_id: 10, title: 7, author: 1}", "{_id: 12, title: 8, author: 1}");

        assertThat(of(pipeline.run(DELETING), "books").deleted()).isOne();
        assertThat(books()).containsExactly("10");
        assertThat(database.rows("SELECT document_key FROM docrows.reject ORDER BY 1"))
                .containsExactly("10", "12");

        source.with("books", "{_id: 10, title: 7, author: 1}");
        pipeline.run(DELETING);
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("10");
    }

    @Test
    void nothingIsDeletedWhileSomeDocumentCannotBeRead() {
        pipeline.run(RunOptions.defaults());
        source.withRaw("books", List.of(new byte[] {5, 0, 0, 0, 1}));

        assertThat(of(pipeline.run(DELETING), "books")).isEqualTo(new Deletions(0, 0, 1));
        assertThat(books()).containsExactly("10", "11");
    }

    @Test
    void aRunThatWouldDeleteTooMuchDeletesNothingAndTheNextOneReadsEverythingAnew() {
        pipeline.run(RunOptions.defaults());
        source.with("books", "{_id: 11, title: 'Solaris', author: 'b', tags: ['new']}")
                .with("employees");

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(RunOptions.defaults().deletes(DeleteMode.DELETE)))
                .withMessageContaining("1 of 2 in book")
                .withMessageContaining("2 of 2 in employee")
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_DELETES);
                    assertThat(((RunFailedException) e).report().total().read()).isEqualTo(3);
                });
        assertThat(books()).containsExactly("10", "11");

        source.with(
                "authors", "{_id: 1, name: 'Ursula'}", "{_id: 'b', name: 'Stanisław'}", "{_id: 3, name: 'Octavia'}");
        RunReport repeated =
                pipeline.run(RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("2")));
        assertThat(of(repeated, "employees").deleted()).isEqualTo(2);
        assertThat(repeated.total()).isEqualTo(new Counts(4, 1, 0, 3, 0, 0));
    }

    @Test
    void aDocumentThatWaitedForTheValueOfARowThatGoesIsLoadedByTheSameRun() {
        source.with("books", "{_id: 10, title: 'Dispossessed', isbn: '1', author: 1}");
        pipeline.run(RunOptions.defaults());
        source.with("books", "{_id: 12, title: 'Dispossessed', isbn: '1', author: 1}");
        assertThat(pipeline.run(RunOptions.defaults()).rejectsByCode()).containsEntry(RejectCode.DUPLICATE_VALUE, 1L);

        RunReport report = pipeline.run(DELETING);

        assertThat(of(report, "books")).isEqualTo(new Deletions(1, 0, 0));
        assertThat(report.rejectsByCode()).isEmpty();
        assertThat(books()).containsExactly("12");
        assertThat(database.rows("SELECT count(*) FROM docrows.reject")).containsExactly("0");
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
    }

    @Test
    void aFirstLoadThatDefersConstraintsWasInterruptedAndGoesOnDeletesWithThemInPlace() {
        database.execute("INSERT INTO author (mongo_id, name) VALUES ('gone', 'Nobody')");
        RunOptions deferring = DELETING.bulkLoad(BulkLoad.ALWAYS);
        Cancellation cancellation = new Cancellation();
        source.with(
                        "books",
                        "{_id: 10, title: 'A', isbn: '1', author: 1}",
                        "{_id: 11, title: 'B', isbn: '1', author: 1}")
                .beforeEach(() -> {
                    if (!deferred().equals(List.of("0"))) {
                        cancellation.request();
                    }
                });
        pipeline.run(deferring, cancellation);
        assertThat(deferred()).isNotEqualTo(List.of("0"));
        assertThat(database.rows("SELECT count(*) FROM docrows.deletion")).containsExactly("0");
        source.beforeEach(() -> {});

        RunReport report = pipeline.run(deferring);

        assertThat(of(report, "authors")).isEqualTo(new Deletions(1, 0, 0));
        assertThat(of(report, "books")).isEqualTo(Deletions.NONE);
        assertThat(report.rejectsByCode()).containsOnly(Map.entry(RejectCode.DUPLICATE_VALUE, 1L));
        assertThat(deferred()).containsExactly("0");
        assertThat(database.rows("SELECT mongo_id FROM author ORDER BY 1")).containsExactly("1", "b");
    }

    @Test
    void nothingIsDeletedAfterAPartialReadAnErrorOrAnInterruption() {
        pipeline.run(RunOptions.defaults());
        source.with("books");

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(DELETING.limit(1)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(DELETING.ids(List.of(new BsonInt32(1)))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(DELETING.maxDeletes(DeleteLimit.of("0"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_DELETES));

        source.failingAfter(1);
        assertThatExceptionOfType(DocrowsException.class).isThrownBy(() -> pipeline.run(DELETING));
        source.failingAfter(Integer.MAX_VALUE);
        Cancellation cancellation = new Cancellation();
        source.beforeEach(cancellation::request);
        assertThat(pipeline.run(DELETING, cancellation).status()).isEqualTo(RunReport.Status.INTERRUPTED);
        assertThat(books()).containsExactly("10", "11");
    }

    @Test
    void rowsCanOnlyBeMarkedInAColumnThatTheMappingNames() {
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(RunOptions.defaults().deletes(DeleteMode.MARK)))
                .withMessageContaining("authors, books, employees")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
    }

    @Test
    void rowsOfATableThatAnotherPipelineFillsAreLeftAlone() {
        pipeline.run(RunOptions.defaults());
        ConnectedPipeline other = Docrows.pipeline("staff", Bookshop.EMPLOYEES)
                .source(new MemorySource().with("employees", "{_id: 'e3'}").beforeEach(() -> {
                    throw new AssertionError("nothing is read before this is refused");
                }))
                .target(database.target());
        for (ThrowingCallable refused :
                List.<ThrowingCallable>of(() -> other.run(DELETING), () -> other.plan(PlanOptions.of(DELETING)))) {
            assertThatExceptionOfType(DocrowsException.class)
                    .isThrownBy(refused)
                    .withMessageContaining("public.employee is also filled from employees by the pipeline bookshop")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
        }
        assertThat(database.rows("SELECT mongo_id FROM employee ORDER BY 1")).containsExactly("e1", "e2");
        assertThat(pipeline.run(DELETING).status()).isEqualTo(RunReport.Status.COMPLETED);

        ConnectedPipeline loading = Docrows.pipeline("staff", Bookshop.EMPLOYEES)
                .source(new MemorySource().with("employees", "{_id: 'e3'}"))
                .target(database.target());
        loading.run(RunOptions.defaults());
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(DELETING))
                .withMessageContaining("by the pipeline staff");
        assertThat(database.rows("SELECT count(*) FROM employee")).containsExactly("3");
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> Docrows.forget(database.target(), "stuff"))
                .withMessageContaining(
                        "No pipeline stuff has filled tables of this target. These have: bookshop, staff.");
        assertThat(Docrows.forget(database.target(), "staff")).isEqualTo(1);
        assertThat(RunHistory.of(database.target()).filledTables())
                .extracting(FilledTable::pipeline)
                .containsOnly("bookshop");
        assertThat(of(pipeline.run(DELETING), "employees")).isEqualTo(new Deletions(1, 0, 0));
    }
}
