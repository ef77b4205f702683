package io.docrows.cli.inspect;

import io.docrows.cli.output.Numbers;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.SizeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How sizes are spread, as a small picture.
 *
 * @param bars the bars
 * @param description the same in words
 */
public record Histogram(List<Bar> bars, String description) {

    /** No picture. */
    static final Histogram NONE = new Histogram(List.of(), "");

    /** Inner width and height of the picture. */
    private static final int WIDTH = 120;

    private static final int HEIGHT = 26;
    private static final int MOST_BARS = 40;

    /** Copies the list. */
    public Histogram {
        bars = List.copyOf(bars);
    }

    /**
     * One bar.
     *
     * @param x its left side
     * @param y its upper side
     * @param width its width
     * @param height its height
     * @param title what it stands for
     */
    public record Bar(String x, String y, String width, String height, String title) {}

    /**
     * Whether there is no picture.
     *
     * @return true if there is nothing to compare
     */
    public boolean isEmpty() {
        return bars.isEmpty();
    }

    static Histogram of(PathFacts path) {
        if (path.dates().isPresent()) {
            return years(path.dates().get().years());
        }
        if (path.numbers().isPresent()) {
            return digits(path.numbers().get().magnitudes());
        }
        if (path.texts().isPresent()) {
            return doublings(path.texts().get().lengths(), "character");
        }
        return path.lengths()
                .map(SizeFacts::sizes)
                .map(sizes -> doublings(sizes, "element"))
                .orElse(NONE);
    }

    private static Histogram years(SortedMap<Integer, Long> years) {
        if (years.size() < 2) {
            return NONE;
        }
        int first = years.firstKey();
        int last = years.lastKey();
        int step = Math.max(1, (last - first) / MOST_BARS + 1);
        TreeMap<Integer, Long> grouped = new TreeMap<>();
        for (int year = first; year <= last; year += step) {
            grouped.put(year, 0L);
        }
        years.forEach((year, count) -> grouped.merge(first + (year - first) / step * step, count, Long::sum));
        List<String> names = new ArrayList<>();
        grouped.keySet().forEach(year -> names.add(step == 1 ? "" + year : year + " to " + (year + step - 1)));
        return of(new ArrayList<>(grouped.values()), names, "by year");
    }

    private static Histogram digits(List<Long> magnitudes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < magnitudes.size(); i++) {
            names.add(Numbers.count(i, "digit"));
        }
        return cut(magnitudes, names, "by digits before the point");
    }

    private static Histogram doublings(List<Long> sizes, String thing) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            long from = i == 0 ? 0 : 1L << i - 1;
            long to = i == 0 ? 0 : (1L << i) - 1;
            names.add(
                    from == to ? Numbers.count(from, thing) : Numbers.count(from) + " to " + Numbers.count(to, thing));
        }
        return cut(sizes, names, "by " + thing + "s");
    }

    /** Without what is empty at both ends. */
    private static Histogram cut(List<Long> counts, List<String> names, String by) {
        int from = 0;
        int to = counts.size();
        while (from < to && counts.get(from) == 0) {
            from++;
        }
        while (to > from && counts.get(to - 1) == 0) {
            to--;
        }
        return to - from < 2 ? NONE : of(counts.subList(from, to), names.subList(from, to), by);
    }

    private static Histogram of(List<Long> counts, List<String> names, String by) {
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(1);
        double each = (double) WIDTH / counts.size();
        List<Bar> bars = new ArrayList<>();
        StringBuilder words = new StringBuilder("Values ").append(by).append(": ");
        for (int i = 0; i < counts.size(); i++) {
            long count = counts.get(i);
            if (count > 0) {
                double height = Math.max(1.5, (double) HEIGHT * count / most);
                bars.add(new Bar(
                        Numbers.decimal(i * each),
                        Numbers.decimal(HEIGHT - height),
                        Numbers.decimal(Math.max(1, Math.min(each - 1, 14))),
                        Numbers.decimal(height),
                        names.get(i) + ": " + Numbers.count(count)));
                words.append(bars.size() == 1 ? "" : "; ")
                        .append(names.get(i))
                        .append(": ")
                        .append(Numbers.count(count));
            }
        }
        return new Histogram(bars, words.toString());
    }
}
