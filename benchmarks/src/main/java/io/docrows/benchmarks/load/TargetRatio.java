package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.benchmarks.data.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A ratio that this project wants to reach, and the one it reached. Immutable.
 *
 * @param name what is compared
 * @param wanted the ratio
 * @param atMost whether a smaller one is better
 * @param reached the ratio that was measured
 */
record TargetRatio(String name, double wanted, boolean atMost, double reached) {

    /** Those that can be told from what was measured. */
    static List<TargetRatio> of(Shape shape, Summaries summaries) {
        List<TargetRatio> ratios = new ArrayList<>();
        faster(ratios, summaries, Phase.FIRST, Contender.JDBC_BATCH, shape == Shape.GIGS ? 8 : 6);
        if (shape == Shape.GIGS) {
            faster(ratios, summaries, Phase.FIRST, Contender.COPY_INDEXED, 4);
            faster(ratios, summaries, Phase.FIRST, Contender.ORM_LOOP, 300);
        }
        faster(ratios, summaries, Phase.FIRST, Contender.COPY_BARE, 0.6);
        faster(ratios, summaries, Phase.UNCHANGED, Contender.JDBC_BATCH, 3);
        summaries
                .find(Contender.DOCROWS, Phase.CHANGED)
                .ifPresent(changed -> summaries
                        .find(Contender.DOCROWS, Phase.UNCHANGED)
                        .ifPresent(unchanged -> ratios.add(new TargetRatio(
                                "docrows, time for 1 % changed to time for unchanged",
                                shape == Shape.GIGS ? 1.15 : 1.2, true, changed.seconds() / unchanged.seconds()))));
        return ratios;
    }

    private static void faster(
            List<TargetRatio> ratios, Summaries summaries, Phase phase, Contender other, double wanted) {
        summaries
                .find(Contender.DOCROWS, phase)
                .ifPresent(docrows -> summaries
                        .find(other, phase)
                        .ifPresent(slower -> ratios.add(new TargetRatio(
                                phase.title() + ", speed of docrows to " + other.title(),
                                wanted,
                                false,
                                docrows.rate() / slower.rate()))));
    }

    boolean met() {
        return atMost ? reached <= wanted : reached >= wanted;
    }
}
