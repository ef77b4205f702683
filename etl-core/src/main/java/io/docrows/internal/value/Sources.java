package io.docrows.internal.value;

import io.docrows.internal.bson.Mark;

/**
 * What a value is read from, beside the place where the cursor stands: the fields that were marked for it, and what
 * else the mapping knows of the document. One for each value of a decoder. Not thread-safe.
 */
public final class Sources {

    /** Says that no field in particular is being read. */
    public static final int NONE = -1;

    private final KnownFields known;
    private final Mark[] marks;
    private int current = NONE;

    /**
     * Sources.
     *
     * @param known the fields that the mapping knows at its own level of the document
     * @param marks one for each field that the value is made of
     */
    public Sources(KnownFields known, Mark[] marks) {
        this.known = known;
        this.marks = marks.clone();
    }

    KnownFields known() {
        return known;
    }

    Mark mark(int source) {
        return marks[source];
    }

    void reading(int source) {
        current = source;
    }

    /**
     * Forgets which field was read last. To be called when what was read of several fields is put together: what fails
     * from now on is the fault of none in particular.
     */
    public void together() {
        current = NONE;
    }

    /**
     * Which of the marked fields was read last.
     *
     * @return its number, or {@link #NONE}
     */
    public int current() {
        return current;
    }
}
