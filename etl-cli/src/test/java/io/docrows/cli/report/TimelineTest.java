package io.docrows.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.docrows.cli.report.Timeline.Rate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {

    @Test
    void spreadsTheDocumentsOfABatchOverTheTimeSinceTheOneBefore() {
        Timeline timeline = new Timeline(1);
        timeline.add(2, 100);
        timeline.add(3, 100);
        timeline.add(4, 100);
        timeline.add(5, 400);
        assertThat(timeline.rates(80, 5)).containsExactly(new Rate(1, 3, 50), new Rate(3, 5, 150));
        assertThat(timeline.rates(1, 5)).containsExactly(new Rate(1, 5, 100));
    }

    @Test
    void showsTheTimeAfterTheLastBatchToo() {
        Timeline timeline = new Timeline(0);
        timeline.add(1, 10);
        assertThat(timeline.rates(80, 2)).containsExactly(new Rate(0, 2, 5));
    }

    @Test
    void hasNothingToShowBeforeTimePassed() {
        assertThat(new Timeline(3).rates(80, 3)).isEmpty();
    }

    @Test
    void keepsTheRatesOfALongRunInLittleRoom() {
        Timeline timeline = new Timeline(0);
        for (int i = 1; i <= 100_000; i++) {
            timeline.add(i, 7L * i);
        }
        List<Rate> rates = timeline.rates(80, 100_000);
        assertThat(rates)
                .hasSize(80)
                .allSatisfy(rate -> assertThat(rate.perSecond()).isCloseTo(7, within(1e-6)));
    }
}
