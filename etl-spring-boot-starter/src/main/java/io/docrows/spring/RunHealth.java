package io.docrows.spring;

import io.docrows.history.RunHistory;
import io.docrows.run.FollowProgress;
import java.time.Clock;
import java.time.Duration;
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
            Optional<FollowProgress> following = runner.following(pipeline);
            // What is followed is up to date without any run.
            Duration maxAge = following.isPresent() ? null : properties.health().maxAge();
            Optional<String> problem = runner.failure(pipeline)
                    .map(code -> "the last run of this instance failed: " + code)
                    .or(() -> state.problem(maxAge, clock.instant()));
            following.ifPresent(progress -> {
                told.put("lagSeconds", progress.lag().toSeconds());
                told.put("positionAgeSeconds", progress.positionAge().toSeconds());
                told.put("changes", progress.changes());
            });
            problem = problem.or(() -> behind(following));
            problem.ifPresent(reason -> told.put("problem", reason));
            up &= problem.isEmpty();
            details.put(pipeline, told);
        }
        return new State(up, details);
    }

    private Optional<String> behind(Optional<FollowProgress> following) {
        Duration most = properties.health().maxLag();
        return most == null
                ? Optional.empty()
                : following
                        .filter(progress -> progress.lag().compareTo(most) > 0)
                        .map(progress -> "it is " + progress.lag().toSeconds() + " seconds behind its source");
    }
}
