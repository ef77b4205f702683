package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What all rounds of one contender in one phase come to. Immutable.
 *
 * @param contender who loaded
 * @param phase what into what
 * @param documents how many documents each time
 * @param rounds how many times
 * @param seconds the median
 * @param fastestSeconds the shortest time
 * @param slowestSeconds the longest time
 * @param cpuSeconds processor time of the loader, the median
 * @param serverCpuSeconds processor time of PostgreSQL, the median
 * @param peakResidentBytes the highest peak of all rounds
 * @param peakHeapBytes the highest peak of all rounds
 * @param walBytes the median
 * @param rowVersions the most of all rounds
 */
record Summary(
        Contender contender,
        Phase phase,
        long documents,
        int rounds,
        double seconds,
        double fastestSeconds,
        double slowestSeconds,
        double cpuSeconds,
        double serverCpuSeconds,
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
        List<ContenderResult> results = own.stream().map(Measurement::result).toList();
        double[] seconds =
                results.stream().mapToDouble(ContenderResult::seconds).sorted().toArray();
        return Optional.of(new Summary(
                contender,
                phase,
                own.get(0).documents(),
                own.size(),
                median(Arrays.stream(seconds)),
                seconds[0],
                seconds[seconds.length - 1],
                median(results.stream().mapToDouble(ContenderResult::cpuSeconds)),
                median(own.stream().mapToDouble(Measurement::serverCpuSeconds)),
                results.stream()
                        .mapToLong(ContenderResult::peakResidentBytes)
                        .max()
                        .orElse(0),
                results.stream().mapToLong(ContenderResult::peakHeapBytes).max().orElse(0),
                Math.round(median(results.stream().mapToDouble(ContenderResult::walBytes))),
                own.stream().mapToLong(Measurement::rowVersions).max().orElse(0)));
    }

    /** The value in the middle, or the mean of the two. */
    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Documents in a second, by the median. */
    double rate() {
        return documents / seconds;
    }
}
