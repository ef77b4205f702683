package io.docrows.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.run.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptionTest {

    private final List<String> ends = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Interruption interruption = new Interruption(
            new PrintStream(said, true), code -> ends.add("exit " + code), code -> ends.add("halt " + code));

    @Test
    void asksTheRunInHandToStopThenEndsThenHalts() {
        Cancellation cancellation = new Cancellation();
        try (Interruption.Guard guard = interruption.during(cancellation)) {
            assertThat(guard).isNotNull();
            interruption.signal();
            assertThat(cancellation.isRequested()).isTrue();
            assertThat(ends).isEmpty();
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("finishing the current batch");
            interruption.signal();
            interruption.signal();
        }
        assertThat(ends).containsExactly("exit 130", "halt 130");
    }

    @Test
    void endsAtOnceWhenNothingIsInHand() {
        try (Interruption.Guard guard = interruption.during(new Cancellation())) {
            assertThat(guard).isNotNull();
        }
        interruption.signal();
        assertThat(ends).containsExactly("exit 130");
    }

    @Test
    void endsAWait() throws InterruptedException {
        Thread waiting = new Thread(interruption::await);
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        interruption.signal();
        waiting.join();
        assertThat(ends).isEmpty();
    }
}
