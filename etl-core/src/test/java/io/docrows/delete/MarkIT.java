package io.docrows.delete;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.EVERY_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Counts;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.EveryTypeRecord;
import org.junit.jupiter.api.Test;

/** Rows that are marked instead of deleted. */
final class MarkIT {

    private static final CollectionMapping<EveryTypeRecord> THINGS = CollectionMapping.of("things", EVERY_TYPE)
            .key(EVERY_TYPE.MONGO_ID, id("_id"))
            .deletedAt(EVERY_TYPE.AN_INSTANT)
            .map(EVERY_TYPE.A_TEXT, string("text"))
            .build();

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource().with("things", "{_id: 1, text: 'a'}", "{_id: 2, text: 'b'}");
    private final ConnectedPipeline pipeline =
            Docrows.pipeline("things", THINGS).source(source).target(database.target());
    private final RunOptions marking =
            RunOptions.defaults().deletes(DeleteMode.MARK).maxDeletes(DeleteLimit.of("50%"));

    private long marked() {
        return pipeline.run(marking).collections().get(0).deletions().deleted();
    }

    private CollectionVerification verified() {
        return pipeline.verify(VerifyOptions.defaults()).collections().get(0);
    }

    @Test
    void aRowIsMarkedOnceAndNoLongerWhenItsDocumentReturns() {
        assertThat(marked()).isZero();
        source.with("things", "{_id: 1, text: 'a'}");
        assertThat(verified().extra()).isOne();

        assertThat(pipeline.plan(PlanOptions.of(marking))
                        .collections()
                        .get(0)
                        .deletions()
                        .deleted())
                .isOne();
        assertThat(marked()).isOne();
        assertThat(marked()).isZero();
        assertThat(database.rows("SELECT mongo_id, a_text, an_instant IS NULL FROM every_type ORDER BY 1"))
                .containsExactly("1|a|t", "2|b|f");
        assertThat(verified())
                .returns(1L, CollectionVerification::marked)
                .returns(true, CollectionVerification::isEqual);

        source.with("things", "{_id: 1, text: 'a'}", "{_id: 2, text: 'b'}");
        assertThat(verified().isEqual()).isFalse();
        assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
        assertThat(verified().isEqual()).isTrue();
    }
}
