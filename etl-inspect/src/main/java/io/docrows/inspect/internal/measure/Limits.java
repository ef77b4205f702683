package io.docrows.inspect.internal.measure;

/**
 * How much is told apart before it is put together. Immutable.
 *
 * @param topNames how many names the fields of a document may have before they are taken for data
 * @param names the same for documents within documents
 * @param depth how many levels are looked into
 * @param paths how many paths a thread may hold; beyond, the collection is read again with less detail
 */
public record Limits(int topNames, int names, int depth, int paths) {

    private static final int LEAST = 4;

    /**
     * For documents as they usually are.
     *
     * @return the limits that are tried first
     */
    public static Limits usual() {
        return new Limits(1000, 256, 32, 12_000);
    }

    /**
     * With less detail.
     *
     * @return a quarter of the names
     */
    public Limits tighter() {
        return new Limits(Math.max(topNames / 4, LEAST), Math.max(names / 4, LEAST), Math.max(depth / 2, LEAST), paths);
    }

    /**
     * Whether there is no use in trying with less.
     *
     * @return true once {@link #tighter} changes nothing
     */
    public boolean areTightest() {
        return equals(tighter());
    }

    int names(int depth) {
        return depth == 0 ? topNames : names;
    }
}
