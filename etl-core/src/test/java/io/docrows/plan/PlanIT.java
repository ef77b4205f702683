package io.docrows.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.error.RejectCode;
import io.docrows.report.CollectionPlan;
import io.docrows.report.Counts;
import io.docrows.report.PlanReport;
import io.docrows.run.Cancellation;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class PlanIT {

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'Ursula'}", "{_id: 'b', name: 'Stanisław'}")
            .with(
                    "books",
                    "{_id: 10, title: 'Dispossessed', author: 1, isbn: 'i1', tags: ['used', 'new']}",
                    "{_id: 11, title: 'Solaris', author: 'b'}",
                    "{_id: 12, title: 'Eden', author: 'b'}")
            .with("employees", "{_id: 'e2', boss: 'e1'}");
    private final ConnectedPipeline pipeline =
            Bookshop.pipeline().source(source).target(database.target());

    private PlanReport plan() {
        return pipeline.plan(PlanOptions.defaults());
    }

    private static CollectionPlan of(PlanReport report, String collection) {
        return report.collections().stream()
                .filter(one -> one.collection().equals(collection))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFirstRunIsPlannedOnEmptyTablesAndLeavesNoTrace() {
        PlanReport report = plan();

        assertThat(report.firstRun()).isTrue();
        assertThat(report.changesNothing()).isFalse();
        assertThat(report.total()).isEqualTo(new Counts(6, 6, 0, 0, 0, 0));
        assertThat(of(report, "employees").waitingReferences()).isOne();
        assertThat(database.rows("SELECT to_regnamespace('docrows'), (SELECT count(*) FROM author)"))
                .containsExactly("-|0");
    }

    @Test
    void afterARunThereIsNothingToDo() {
        pipeline.run(RunOptions.defaults());

        PlanReport report = plan();

        assertThat(report.changesNothing()).isTrue();
        assertThat(report.firstRun()).isFalse();
        assertThat(report.total()).isEqualTo(new Counts(6, 0, 0, 6, 0, 0));
    }

    @Test
    void changesAreToldByColumnAndRejectsByReason() {
        pipeline.run(RunOptions.defaults());
        source.with(
                "books",
                "{_id: 10, title: 'The Dispossessed', author: 'b', isbn: 'i1', tags: ['used'], extra: 1}",
                "{_id: 11, title: 'Solaris!', author: 'b', isbn: 'i1'}",
                "{_id: 12, title: 'Eden', author: 'b', price: {$numberDecimal: '-1'}}",
                "{_id: 13, title: 'Fiasco', author: 'c'}",
                "{_id: 14, title: 3, author: 'b'}",
                "{_id: 15, title: 'Robots', author: 'b', tags: ['unknown']}",
                "{_id: 16, title: 'His Masters Voice', author: 'b'}");

        CollectionPlan books = of(plan(), "books");

        assertThat(books.counts()).isEqualTo(new Counts(7, 1, 1, 0, 5, 0));
        assertThat(books.updates()).isEqualTo(Map.of("title", 1L, "author_id", 1L, "book_tag", 1L));
        assertThat(books.rejectsByCode())
                .isEqualTo(Map.of(
                        RejectCode.DUPLICATE_VALUE, 1L,
                        RejectCode.CONSTRAINT_VIOLATION, 1L,
                        RejectCode.MISSING_REFERENCE, 2L,
                        RejectCode.TYPE_MISMATCH, 1L));
        assertThat(books.unmappedFields()).isEqualTo(Map.of("extra", 1L));
    }

    @Test
    void aParentThatComesInTheSameRunIsNotMissing() {
        pipeline.run(RunOptions.defaults());
        source.with(
                        "authors",
                        "{_id: 1, name: 'Ursula'}",
                        "{_id: 'b', name: 'S'}",
                        "{_id: 'c', name: null}",
                        "{_id: 'd', name: 'D'}")
                .with("books", "{_id: 20, title: 'x', author: 'c'}", "{_id: 21, title: 'y', author: 'd'}");

        assertThat(of(plan(), "books").counts()).isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
        assertThat(pipeline.plan(PlanOptions.defaults().collections(Set.of("books")))
                        .total()
                        .rejected())
                .isEqualTo(2);
    }

    @Test
    void whoComesFirstInWhichBatchDecidesWhoKeepsAUniqueValue() {
        source.with(
                "books", "{_id: 1, title: 'a', author: 1, isbn: 'x'}", "{_id: 2, title: 'b', author: 1, isbn: 'y'}");
        pipeline.run(RunOptions.defaults());
        source.with(
                "books", "{_id: 1, title: 'a', author: 1, isbn: 'y'}", "{_id: 2, title: 'b', author: 1, isbn: 'x'}");

        assertThat(of(plan(), "books").counts()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(of(pipeline.plan(PlanOptions.defaults().batch(1, 1)), "books")
                        .counts())
                .isEqualTo(new Counts(2, 0, 0, 0, 2, 0));
    }

    @Test
    void everyDocumentCountsWhoseKeyItsColumnRefuses() {
        database.execute("CREATE DOMAIN book_key AS text CHECK (VALUE NOT LIKE '%worn%');"
                + "ALTER TABLE book ALTER COLUMN mongo_id TYPE book_key");
        source.with(
                "books",
                "{_id: 'worn 1', title: 'a', author: 1}",
                "{_id: 'worn 2', title: 'b', author: 1}",
                "{_id: 'worn 3', title: 3, author: 1}",
                "{_id: 'new', title: 'c', author: 1}");

        assertThat(of(plan(), "books").rejectsByCode())
                .isEqualTo(Map.of(RejectCode.CONSTRAINT_VIOLATION, 2L, RejectCode.TYPE_MISMATCH, 1L));
    }

    @Test
    void onlyWhatIsAskedForIsPlanned() {
        assertThat(pipeline.plan(PlanOptions.defaults().ids(List.of(new BsonInt32(1))))
                        .total()
                        .read())
                .isOne();
        assertThat(pipeline.plan(PlanOptions.defaults().limit(2)).total().read())
                .isEqualTo(5);
    }

    @Test
    void aRoleThatMayOnlyReadAndMakeTemporaryTablesIsEnough() {
        pipeline.run(RunOptions.defaults());
        PGSimpleDataSource planner = database.as("planner");
        database.execute("GRANT USAGE ON SCHEMA public, docrows TO planner;"
                + "GRANT SELECT ON ALL TABLES IN SCHEMA public, docrows TO planner");
        source.with(
                "books",
                "{_id: 10, title: 'x', author: 'c', isbn: 'i2'}",
                "{_id: 13, title: 'x', author: 1, isbn: 'i2'}");

        assertThat(of(pipeline.target(planner).plan(PlanOptions.defaults()), "books")
                        .counts())
                .isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
    }

    @Test
    void planningCanBeStoppedWhileItReads() {
        Cancellation cancellation = new Cancellation();
        source.beforeEach(cancellation::request);

        PlanReport report = pipeline.plan(PlanOptions.defaults(), cancellation);

        assertThat(report.interrupted()).isTrue();
        assertThat(report.changesNothing()).isFalse();
    }
}
