package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.benchmarks.data.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoadReportTest {

    private static Measurement measurement(Contender contender, Phase phase, long documents, double seconds) {
        return new Measurement(
                contender,
                phase,
                1,
                documents,
                0,
                0,
                new ContenderResult(seconds, 1, 20_000_000, 100_000_000, 50_000_000, Map.of()));
    }

    private static String text(Measurement... measurements) {
        return new LoadReport(Shape.GIGS, Map.of("machine", "2 processors"), 3, 1, List.of(measurements)).text();
    }

    @Test
    void takesTheMedianOfTheRounds() {
        String text = text(
                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 9),
                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 2),
                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 4));
        assertThat(text).containsPattern("first load +docrows +1,000 +3 +4\\.00 +2\\.00-9\\.00 +250 +1\\.00x");
    }

    @Test
    void saysWhichTargetsAreMet() {
        String text = text(
                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 1),
                measurement(Contender.JDBC_BATCH, Phase.FIRST, 1_000, 9),
                measurement(Contender.COPY_INDEXED, Phase.FIRST, 1_000, 3),
                measurement(Contender.DOCROWS, Phase.UNCHANGED, 1_000, 1),
                measurement(Contender.DOCROWS, Phase.CHANGED, 1_000, 1.2));
        assertThat(text)
                .containsPattern("docrows to jdbc-batch +at least 8\\.00x +9\\.00x +met")
                .containsPattern("docrows to copy-indexed +at least 4\\.00x +3\\.00x +not met")
                .containsPattern("1 % changed to time for unchanged +at most 1\\.15x +1\\.20x +not met")
                .doesNotContain("orm-loop");
    }

    @Test
    void hasOtherTargetsForOrders() {
        String text = new LoadReport(
                        Shape.ORDERS,
                        Map.of("machine", "2 processors"),
                        3,
                        1,
                        List.of(
                                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 1),
                                measurement(Contender.JDBC_BATCH, Phase.FIRST, 1_000, 7),
                                measurement(Contender.COPY_INDEXED, Phase.FIRST, 1_000, 3),
                                measurement(Contender.DOCROWS, Phase.UNCHANGED, 1_000, 1),
                                measurement(Contender.DOCROWS, Phase.CHANGED, 1_000, 1.2)))
                .text();
        assertThat(text)
                .contains("Shape orders.")
                .containsPattern("docrows to jdbc-batch +at least 6\\.00x +7\\.00x +met")
                .containsPattern("1 % changed to time for unchanged +at most 1\\.20x +1\\.20x +met")
                .doesNotContain("docrows to copy-indexed");
    }

    @Test
    void saysWhoLoadedInFewerRounds() {
        String text = text(
                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 1),
                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 1),
                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 1),
                measurement(Contender.JDBC_BATCH, Phase.FIRST, 1_000, 9));
        assertThat(text)
                .contains("Medians of 3 rounds, or as many as the table says,")
                .containsPattern("first load +docrows +1,000 +3 +1\\.00")
                .containsPattern("first load +jdbc-batch +1,000 +1 +9\\.00");
    }

    @Test
    void comparesTwoWritersWithOne() {
        String text = text(
                measurement(Contender.DOCROWS, Phase.FIRST, 1_000, 3),
                measurement(Contender.DOCROWS_2, Phase.FIRST, 1_000, 2));
        assertThat(text).contains("docrows with 1 writer.", "docrows with two writers was 1.50x as fast as with one.");
    }

    @Test
    void saysWhoLoadedLessThanTheOthers() {
        String text = text(
                measurement(Contender.DOCROWS, Phase.FIRST, 90_000, 1),
                measurement(Contender.ORM_LOOP, Phase.FIRST, 6_000, 3));
        assertThat(text)
                .contains("orm-loop loaded a smaller data set of 6,000 documents")
                .containsPattern("docrows to orm-loop +at least 300\\.00x +45\\.00x +not met");
    }
}
