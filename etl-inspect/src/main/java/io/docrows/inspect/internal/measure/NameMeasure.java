package io.docrows.inspect.internal.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.NameFacts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The names of a document's fields where they are data: how many, and what they look like. Not thread-safe. */
public final class NameMeasure {

    private static final int SHOWN = 8;

    private final TextScan scan = new TextScan();
    private final KeySketch distinct = new KeySketch();
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    /** By their hashes, so that the same ones are kept whatever the order. */
    private final TreeMap<Long, String> sample = new TreeMap<>();

    private int longest;
    private long dotted;
    private long dollar;

    NameMeasure() {}

    void add(String name, long times) {
        byte[] bytes = name.getBytes(UTF_8);
        scan.scan(bytes, 0, bytes.length);
        longest = Math.max(longest, scan.characters);
        distinct.update(scan.hash);
        kinds.merge(scan.kind, times, Long::sum);
        dotted += name.indexOf('.') >= 0 ? times : 0;
        dollar += name.startsWith("$") ? times : 0;
        if (sample.size() < SHOWN || scan.hash < sample.lastKey()) {
            sample.put(scan.hash, name);
            if (sample.size() > SHOWN) {
                sample.pollLastEntry();
            }
        }
    }

    void merge(NameMeasure other) {
        longest = Math.max(longest, other.longest);
        distinct.merge(other.distinct);
        other.kinds.forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
        dotted += other.dotted;
        dollar += other.dollar;
        sample.putAll(other.sample);
        while (sample.size() > SHOWN) {
            sample.pollLastEntry();
        }
    }

    /**
     * What was measured.
     *
     * @return an immutable copy
     */
    public NameFacts facts() {
        KeySketch.Distinct names = distinct.distinct(0);
        return new NameFacts(
                names.estimate(),
                names.exact(),
                longest,
                new EnumMap<>(kinds),
                dotted,
                dollar,
                List.copyOf(sample.values()));
    }
}
