package io.docrows.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpanTest {

    @Test
    void whatCannotBeDoneAtOnceIsDoneInHalvesInOrder() throws SQLException {
        List<Span> tried = new ArrayList<>();

        new Span(1, 6).halve(some -> {
            tried.add(some);
            return some.size() == 1 || some.from() > 3;
        });

        assertThat(tried)
                .containsExactly(
                        new Span(1, 6),
                        new Span(1, 3),
                        new Span(1, 2),
                        new Span(2, 3),
                        new Span(3, 6),
                        new Span(3, 4),
                        new Span(4, 6));
    }

    @Test
    void ofNothingNothingIsTried() throws SQLException {
        new Span(3, 3).halve(some -> {
            throw new IllegalStateException("tried " + some);
        });
    }

    @Test
    void aSingleThingIsNotTriedForEver() {
        assertThatThrownBy(() -> new Span(0, 1).halve(some -> false)).isInstanceOf(IllegalStateException.class);
    }
}
