package io.docrows.spring;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Health where Spring Boot 4 looks for it. */
final class Boot4Health extends AbstractHealthIndicator {

    private final RunHealth health;

    Boot4Health(RunHealth health) {
        super("The history of runs cannot be read");
        this.health = health;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        RunHealth.State state = health.now();
        builder.withDetails(state.details());
        if (state.up()) {
            builder.up();
        } else {
            builder.down();
        }
    }
}
