package io.docrows.inspect.internal.narrow;

import io.docrows.inspect.internal.measure.DocumentMark;
import io.docrows.inspect.internal.measure.KeyReader;
import io.docrows.internal.bson.BsonCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts, for each value of some fields of a document, how often the other fields of it are there. For one thread. */
public final class VariantTask implements NarrowTask {

    private final List<String> labels;
    private final List<String> fields;
    private final long[] values;
    private final boolean[] known;
    private final boolean[] there;
    private final Map<Long, long[]> counts = new HashMap<>();

    /**
     * A task.
     *
     * @param labels fields with few values
     * @param fields fields that some documents lack
     */
    public VariantTask(List<String> labels, List<String> fields) {
        this.labels = List.copyOf(labels);
        this.fields = List.copyOf(fields);
        this.values = new long[labels.size()];
        this.known = new boolean[labels.size()];
        this.there = new boolean[fields.size()];
    }

    /**
     * Puts the task where it belongs.
     *
     * @param object the node of the document
     */
    public void at(NarrowNode object) {
        object.add(this);
        for (int i = 0; i < labels.size(); i++) {
            int at = i;
            KeyReader reader = new KeyReader();
            object.at(List.of(labels.get(i))).add(new NarrowTask() {
                @Override
                public void value(BsonCursor cursor, DocumentMark mark) {
                    if (reader.read(cursor)) {
                        values[at] = reader.hash();
                        known[at] = true;
                    }
                }
            });
        }
        for (int i = 0; i < fields.size(); i++) {
            int at = i;
            object.at(List.of(fields.get(i))).add(new NarrowTask() {
                @Override
                public void value(BsonCursor cursor, DocumentMark mark) {
                    there[at] = true;
                }
            });
        }
    }

    @Override
    public void enter() {
        java.util.Arrays.fill(known, false);
        java.util.Arrays.fill(there, false);
    }

    @Override
    public void leave() {
        for (int label = 0; label < known.length; label++) {
            if (known[label]) {
                long[] row = counts.computeIfAbsent(values[label] * 31 + label, key -> new long[fields.size() + 1]);
                row[0]++;
                for (int i = 0; i < there.length; i++) {
                    if (there[i]) {
                        row[i + 1]++;
                    }
                }
            }
        }
    }

    /**
     * Adds what another thread has counted.
     *
     * @param other a task with the same fields
     */
    public void merge(VariantTask other) {
        other.counts.forEach((key, row) -> {
            long[] mine = counts.computeIfAbsent(key, any -> new long[row.length]);
            for (int i = 0; i < row.length; i++) {
                mine[i] += row[i];
            }
        });
    }

    /**
     * The counts of a value.
     *
     * @param label the number of the field with few values
     * @param hash the hash of the value
     * @return how many documents, and then for each other field in how many of them it is; zeros if there are none
     */
    public long[] row(int label, long hash) {
        long[] row = counts.get(hash * 31 + label);
        return row == null ? new long[fields.size() + 1] : row.clone();
    }

    /**
     * The fields with few values.
     *
     * @return their names
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * The fields that some documents lack.
     *
     * @return their names
     */
    public List<String> fields() {
        return fields;
    }
}
