package io.docrows.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class NumbersTest {

    @Test
    void separatesThousands() {
        assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Numbers.count(1, "document")).isEqualTo("1 document");
        assertThat(Numbers.count(0, "document")).isEqualTo("0 documents");
    }

    @Test
    void givesNoRateForNothing() {
        assertThat(Numbers.rate(3_000, Duration.ofMillis(1_500))).isEqualTo("2,000");
        assertThat(Numbers.rate(0, Duration.ofSeconds(1))).isEqualTo("-");
        assertThat(Numbers.rate(1, Duration.ZERO)).isEqualTo("-");
    }

    @Test
    void writesTimesAsExactlyAsIsUseful() {
        assertThat(Numbers.time(Duration.ofMillis(614))).isEqualTo("0.61s");
        assertThat(Numbers.time(Duration.ofSeconds(125))).isEqualTo("2m 05s");
        assertThat(Numbers.time(Duration.ofSeconds(3_725))).isEqualTo("1h 02m 05s");
    }
}
