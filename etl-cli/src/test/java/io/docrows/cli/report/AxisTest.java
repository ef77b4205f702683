package io.docrows.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AxisTest {

    @Test
    void endsAtARoundNumberAboveTheHighestRate() {
        assertThat(Axis.upTo(15_300, 4).marks()).containsExactly(0.0, 5_000.0, 10_000.0, 15_000.0, 20_000.0);
        assertThat(Axis.upTo(100, 4).marks()).containsExactly(0.0, 25.0, 50.0, 75.0, 100.0);
        assertThat(Axis.upTo(0, 4).marks()).containsExactly(0.0, 0.25);
    }

    @Test
    void marksTimesAsClocksDo() {
        assertThat(Axis.until(100, 5).marks()).containsExactly(0.0, 30.0, 60.0, 90.0);
        assertThat(Axis.until(0.9, 3).marks()).containsExactly(0.0, 0.5);
        assertThat(Axis.until(30_000, 4).marks()).containsExactly(0.0, 10_800.0, 21_600.0);
        assertThat(Axis.until(100, 5).most()).isEqualTo(100);
    }
}
