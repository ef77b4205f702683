package io.docrows.spring;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Health where Spring Boot 3 looks for it. */
final class Boot3Health extends AbstractHealthIndicator {

    private final RunHealth health;

    Boot3Health(RunHealth health) {
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
