package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The summaries of all contenders and phases that were measured, phase by phase. Immutable.
 *
 * @param all one for each contender and phase
 */
record Summaries(List<Summary> all) {

    Summaries {
        all = List.copyOf(all);
    }

    static Summaries of(List<Measurement> measurements) {
        List<Summary> summaries = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (Contender contender : Contender.values()) {
                Summary.of(measurements, contender, phase).ifPresent(summaries::add);
            }
        }
        return new Summaries(summaries);
    }

    Optional<Summary> find(Contender contender, Phase phase) {
        return all.stream()
                .filter(summary -> summary.contender() == contender && summary.phase() == phase)
                .findFirst();
    }

    /** How many times as fast docrows was as a contender in the same phase. */
    Optional<Double> docrowsTo(Summary other) {
        return find(Contender.DOCROWS, other.phase()).map(docrows -> docrows.rate() / other.rate());
    }
}
