package io.docrows.internal.compare;

/**
 * Some documents of one batch, by their places in it.
 *
 * @param batch the batch's number
 * @param from the first place
 * @param to the place after the last
 */
record Chunk(int batch, int from, int to) {

    int size() {
        return to - from;
    }

    Chunk firstHalf() {
        return new Chunk(batch, from, from + size() / 2);
    }

    Chunk secondHalf() {
        return new Chunk(batch, from + size() / 2, to);
    }

    /** Whether a row of a table is within it. */
    String of(String alias) {
        return alias + ".batch = " + batch + " AND " + alias + ".place >= " + from + " AND " + alias + ".place < " + to;
    }
}
