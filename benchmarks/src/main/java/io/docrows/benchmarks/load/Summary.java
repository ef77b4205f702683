package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import java.util.List;
import java.util.Optional;

/**
 * What all rounds of one contender in one phase come to. Immutable.
 *
 * @param contender who loaded
 * @param phase what into what
 * @param documents how many documents each time
 * @param seconds the median
 * @param peakResidentBytes the highest peak of all rounds
 * @param peakHeapBytes the highest peak of all rounds
 * @param walBytes the median
 * @param rowVersions the most of all rounds
 */
record Summary(
        Contender contender,
        Phase phase,
        long documents,
        double seconds,
        long peakResidentBytes,
        long peakHeapBytes,
        long walBytes,
        long rowVersions) {

    /** The summary, or empty if there was no such load. */
    static Optional<Summary> of(List<Measurement> all, Contender contender, Phase phase) {
        List<Measurement> own = all.stream()
                .filter(m -> m.contender() == contender && m.phase() == phase)
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Summary(
                contender,
                phase,
                own.get(0).documents(),
                median(own.stream().mapToDouble(m -> m.result().seconds()).toArray()),
                own.stream().mapToLong(m -> m.result().peakResidentBytes()).max().orElse(0),
                own.stream().mapToLong(m -> m.result().peakHeapBytes()).max().orElse(0),
                Math.round(median(own.stream()
                        .mapToDouble(m -> m.result().walBytes())
                        .toArray())),
                own.stream().mapToLong(Measurement::rowVersions).max().orElse(0)));
    }

    /** The one in the middle, or the mean of the two. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Documents in a second. */
    double rate() {
        return documents / seconds;
    }
}
