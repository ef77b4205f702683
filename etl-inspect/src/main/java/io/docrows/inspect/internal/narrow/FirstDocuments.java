package io.docrows.inspect.internal.narrow;

import io.docrows.inspect.internal.measure.DocumentMark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** How many documents there are of some sort, and the few with the smallest {@code _id}s. Not thread-safe. */
public final class FirstDocuments {

    private static final int SHOWN = 3;

    private final TreeSet<DocumentMark.Id> first = new TreeSet<>();
    private long documents;
    private long last = -1;

    FirstDocuments() {}

    /**
     * None yet, to merge others into.
     *
     * @return an empty one
     */
    public static FirstDocuments none() {
        return new FirstDocuments();
    }

    void add(DocumentMark mark) {
        if (mark.number() == last) {
            return;
        }
        last = mark.number();
        documents++;
        if (first.size() < SHOWN || mark.isBefore(first.last())) {
            first.add(mark.copy());
            shrink();
        }
    }

    private void shrink() {
        while (first.size() > SHOWN) {
            first.pollLast();
        }
    }

    /**
     * Adds what another thread, or another round, has met.
     *
     * @param other the others; documents of several rounds may be counted in each
     */
    public void merge(FirstDocuments other) {
        documents += other.documents;
        first.addAll(other.first);
        shrink();
    }

    /**
     * How many.
     *
     * @return the count
     */
    public long documents() {
        return documents;
    }

    /**
     * The smallest {@code _id}s.
     *
     * @return at most three, as the rest of Docrows writes them
     */
    public List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (DocumentMark.Id id : first) {
            String text = id.text();
            if (text != null) {
                ids.add(text);
            }
        }
        return ids;
    }
}
