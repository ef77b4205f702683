package io.docrows.spring;

import io.docrows.history.RunHistory;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The health of all pipelines, in words that both generations of Spring Boot's health can be made of. */
final class RunHealth {

    private final PipelineRunner runner;
    private final DocrowsProperties properties;
    private final RunHistory history;
    private final Clock clock;

    RunHealth(PipelineRunner runner, DocrowsProperties properties, DataSource target, Clock clock) {
        this.runner = runner;
        this.properties = properties;
        this.history = RunHistory.of(target);
        this.clock = clock;
    }

    /**
     * What there is to tell.
     *
     * @param up whether every pipeline is healthy
     * @param details by pipeline
     */
    record State(boolean up, Map<String, Object> details) {}

    State now() {
        boolean up = true;
        Map<String, Object> details = new LinkedHashMap<>();
        for (String pipeline : runner.pipelines()) {
            PipelineState state = PipelineState.of(history, pipeline);
            Map<String, Object> told = state.details();
            Optional<String> problem = runner.failure(pipeline)
                    .map(code -> "the last run of this instance failed: " + code)
                    .or(() -> state.problem(properties.health().maxAge(), clock.instant()));
            problem.ifPresent(reason -> told.put("problem", reason));
            up &= problem.isEmpty();
            details.put(pipeline, told);
        }
        return new State(up, details);
    }
}
