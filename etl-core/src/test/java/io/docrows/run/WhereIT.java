package io.docrows.run;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.history.RunHistory;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Feed;
import io.docrows.testing.MemorySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mapping with a condition: it takes what meets it, and all that does not is counted. */
final class WhereIT {

    private static final CollectionMapping<?> POSTS = CollectionMapping.of("feed", POST)
            .where(field("type").is("post"))
            .key(POST.mongoId, id("_id"))
            .map(POST.title, string("title"))
            .map(POST.views, int32("views"))
            .build();
    private static final String[] DOCUMENTS = {
        "{_id: 1, type: 'post', title: 'one'}",
        "{_id: 2, type: 'comment', title: 7}",
        "{_id: 3, title: 'no type'}",
        "{_id: 4, type: 'post', title: 'four', views: 4}",
        "{_id: 5, type: 'post', title: 5}"
    };

    private final Database database = Bookshop.database();

    @BeforeEach
    void makeTables() {
        database.execute(Feed.SQL);
    }

    private ConnectedPipeline pipeline(String... documents) {
        return Docrows.pipeline("feed", POSTS)
                .source(new MemorySource().with("feed", documents))
                .target(database.target());
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void documentsThatNoMappingTakesAreSkippedAndCounted(BulkLoad bulkLoad) {
        Counts first = new Counts(5, 2, 0, 0, 1, 2, 2);
        assertThat(pipeline(DOCUMENTS)
                        .plan(PlanOptions.of(RunOptions.defaults()))
                        .collections()
                        .get(0)
                        .counts())
                .isEqualTo(first);

        assertThat(pipeline(DOCUMENTS)
                        .run(RunOptions.defaults().bulkLoad(bulkLoad))
                        .collections()
                        .get(0)
                        .counts())
                .isEqualTo(first);

        assertThat(database.rows("SELECT mongo_id, title, views FROM post ORDER BY 1"))
                .containsExactly("1|one|-", "4|four|4");
        assertThat(RunHistory.of(database.target()).runs(1).get(0).total()).isEqualTo(first);
        CollectionVerification verified = pipeline(DOCUMENTS)
                .verify(VerifyOptions.defaults())
                .collections()
                .get(0);
        assertThat(verified.documents()).isEqualTo(3);
        assertThat(verified.unmatched()).isEqualTo(2);
        assertThat(verified.equal()).isEqualTo(2);
        assertThat(verified.isAccountedFor()).isTrue();
        assertThat(pipeline(DOCUMENTS)
                        .run(RunOptions.defaults())
                        .collections()
                        .get(0)
                        .counts())
                .isEqualTo(new Counts(5, 0, 0, 2, 1, 2, 2));
    }

    @Test
    void aRowWhoseDocumentIsTakenNoMoreIsAnOrphan() {
        pipeline(DOCUMENTS).run(RunOptions.defaults());
        String[] changed = DOCUMENTS.clone();
        changed[0] = "{_id: 1, type: 'comment', title: 'one'}";
        RunOptions deleting = RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%"));

        assertThat(pipeline(changed)
                        .verify(VerifyOptions.defaults())
                        .collections()
                        .get(0)
                        .extra())
                .isEqualTo(1);
        assertThat(pipeline(changed)
                        .plan(PlanOptions.of(deleting))
                        .collections()
                        .get(0)
                        .deletions()
                        .deleted())
                .isEqualTo(1);
        assertThat(pipeline(changed)
                        .run(deleting)
                        .collections()
                        .get(0)
                        .deletions()
                        .deleted())
                .isEqualTo(1);
        assertThat(database.rows("SELECT mongo_id FROM post")).containsExactly("4");
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("5");
    }

    @Test
    void aRejectedDocumentThatIsTakenNoMoreIsNoRejectAnyMore() {
        pipeline(DOCUMENTS).run(RunOptions.defaults());
        String[] changed = DOCUMENTS.clone();
        changed[4] = "{_id: 5, type: 'comment', title: 5}";

        assertThat(pipeline(changed)
                        .run(RunOptions.defaults())
                        .collections()
                        .get(0)
                        .counts())
                .isEqualTo(new Counts(5, 0, 0, 2, 0, 3, 3));

        assertThat(database.rows("SELECT document_key FROM docrows.reject")).isEmpty();
    }
}
