package io.docrows.spring;

import io.docrows.history.OpenRejects;
import io.docrows.history.RunHistory;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code docrows}. {@code GET} tells of all pipelines or, with a name at the end of the path, of
 * one; {@code POST} with a name starts a run; {@code DELETE} with a name stops it after the batch in hand. Like every
 * endpoint that changes something it should be exposed to operators only.
 */
@Endpoint(id = "docrows")
public final class DocrowsEndpoint {

    private final PipelineRunner runner;
    private final RunHistory history;

    DocrowsEndpoint(PipelineRunner runner, DataSource target) {
        this.runner = runner;
        this.history = RunHistory.of(target);
    }

    /**
     * All pipelines.
     *
     * @return by name: whether it is at work here, its latest run, and the number of rejected documents
     */
    @ReadOperation
    public Map<String, Object> pipelines() {
        Map<String, Object> told = new LinkedHashMap<>();
        runner.pipelines().forEach(pipeline -> told.put(pipeline, state(pipeline)));
        return told;
    }

    /**
     * One pipeline.
     *
     * @param pipeline its name
     * @return as for all, or null, which is answered with 404, if there is no such pipeline
     */
    @ReadOperation
    public @Nullable Map<String, Object> pipeline(@Selector String pipeline) {
        return runner.pipelines().contains(pipeline) ? state(pipeline) : null;
    }

    /**
     * Starts a run in the background.
     *
     * @param pipeline its name
     * @return whether it was started, which it is not while one is at work; null if there is no such pipeline
     */
    @WriteOperation
    public @Nullable Map<String, Object> run(@Selector String pipeline) {
        return runner.pipelines().contains(pipeline) ? Map.of("started", runner.start(pipeline)) : null;
    }

    /**
     * Stops a run of this application after the batch in hand.
     *
     * @param pipeline its name
     * @return whether there was one to stop; null if there is no such pipeline
     */
    @DeleteOperation
    public @Nullable Map<String, Object> cancel(@Selector String pipeline) {
        return runner.pipelines().contains(pipeline) ? Map.of("stopping", runner.cancel(pipeline)) : null;
    }

    private Map<String, Object> state(String pipeline) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("active", runner.isActive(pipeline));
        state.put(
                "openRejects",
                history.openRejects().stream()
                        .filter(rejects -> rejects.pipeline().equals(pipeline))
                        .mapToLong(OpenRejects::documents)
                        .sum());
        state.put("lastRun", PipelineState.of(history, pipeline).details());
        return state;
    }
}
