package io.docrows;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.testing.Compiled;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pipeline that lacks source or target cannot do is refused by the compiler, not by a run. */
final class PipelineTypesTest {

    private static List<String> errors(String statement) {
        return Compiled.errors(
                List.of("io.docrows", "io.docrows.run", "io.docrows.source", "java.util"),
                "Pipeline pipeline, DocumentSource documents, javax.sql.DataSource database, RunOptions options",
                statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipeline.source(documents).target(database).run(options);",
                "pipeline.source(documents).target(database).run(options, new Cancellation());",
                "pipeline.target(database).source(documents).run(options);",
                "pipeline.target(database).source(documents).plan(PlanOptions.of(options));",
                "pipeline.target(database).source(documents).retryRejects(RetryOptions.defaults());",
                "pipeline.target(database).source(documents).source(documents).target(database).run(options);",
                "pipeline.source(documents).checkSource(Set.of());",
                "pipeline.target(database).checkTarget();",
                "pipeline.target(database).retryRejects(RetryOptions.defaults());",
                "pipeline.target(database).rebuildConstraints();"
            })
    void whatIsWholeCompiles(String statement) {
        assertThat(errors(statement)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipeline.run(options);",
                "pipeline.source(documents).run(options);",
                "pipeline.target(database).run(options);",
                "pipeline.source(documents).plan(PlanOptions.of(options));",
                "pipeline.target(database).plan(PlanOptions.of(options));",
                "pipeline.target(database).verify(VerifyOptions.defaults());",
                "pipeline.source(documents).retryRejects(RetryOptions.defaults());",
                "pipeline.source(documents).checkTarget();",
                "pipeline.source(documents).rebuildConstraints();",
                "pipeline.target(database).checkSource(Set.of());"
            })
    void whatLacksSourceOrTargetDoesNot(String statement) {
        assertThat(errors(statement)).singleElement().asString().contains("cannot find symbol");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PlanOptions.defaults().listener(RunListener.NONE);",
                "PlanOptions.defaults().maxRejects(RejectLimit.NONE);",
                "PlanOptions.defaults().bulkLoad(BulkLoad.ALWAYS);",
                "RetryOptions.defaults().ids(List.of());",
                "RetryOptions.defaults().limit(1);",
                "RetryOptions.defaults().force(true);",
                "RetryOptions.defaults().deletes(DeleteMode.DELETE);",
                "RetryOptions.defaults().watermark(List.of());",
                "RetryOptions.defaults().bulkLoad(BulkLoad.ALWAYS);",
                "options.cancellation(new Cancellation());",
                "VerifyOptions.defaults().cancellation(new Cancellation());"
            })
    void whatAVerbDoesNotHonourIsNoOptionOfIt(String statement) {
        assertThat(errors(statement)).singleElement().asString().contains("cannot find symbol");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipeline.source(documents).target(database).plan(options);",
                "pipeline.target(database).retryRejects(options);",
                "pipeline.source(documents).target(database).verify(options);"
            })
    void optionsOfAnotherVerbAreRefused(String statement) {
        assertThat(errors(statement)).isNotEmpty();
    }
}
