package io.docrows.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class SamenessTest {

    @Test
    void valuesAreTheSameThatPostgresHoldsEqual() {
        assertThat(Sameness.of(new BigDecimal("1.00"))).isEqualTo(Sameness.of(new BigDecimal("1")));
        assertThat(Sameness.of(-0.0)).isEqualTo(Sameness.of(0.0));
        assertThat(Sameness.of(-0.0f)).isEqualTo(Sameness.of(0.0f));
        assertThat(Sameness.of(Double.NaN)).isEqualTo(Sameness.of(Double.NaN));
        assertThat(Sameness.of(new byte[] {1})).isEqualTo(Sameness.of(new byte[] {1}));
        assertThat(Sameness.of("a")).isNotEqualTo(Sameness.of("A"));
    }
}
