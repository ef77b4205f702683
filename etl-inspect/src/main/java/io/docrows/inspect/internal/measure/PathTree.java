package io.docrows.inspect.internal.measure;

/** The paths of a collection as one thread has met them. Not thread-safe. */
public final class PathTree {

    private final Limits limits;
    private final KeyMemory memory;
    private final PathNode root;
    private final Tally damaged = new Tally();
    private int paths;
    private long bytes;
    private int largest;

    /**
     * No path yet.
     *
     * @param limits how much is told apart
     * @param memory for hashes of values that may be keys
     */
    public PathTree(Limits limits, KeyMemory memory) {
        this.limits = limits;
        this.memory = memory;
        this.root = new PathNode(this, null, "", 0);
    }

    /**
     * The documents themselves.
     *
     * @return the node above all others
     */
    public PathNode root() {
        return root;
    }

    /**
     * Documents whose bytes are not what BSON allows.
     *
     * @return their count
     */
    public Tally damaged() {
        return damaged;
    }

    /**
     * How many bytes the documents have.
     *
     * @return the sum
     */
    public long bytes() {
        return bytes;
    }

    /**
     * How large the largest document is.
     *
     * @return bytes
     */
    public int largest() {
        return largest;
    }

    /**
     * Adds what another thread has met.
     *
     * @param other a tree with the same limits; is used up
     * @throws TooManyPathsException if there are too many paths together
     */
    public void merge(PathTree other) {
        root.merge(other.root);
        damaged.merge(other.damaged);
        bytes += other.bytes;
        largest = Math.max(largest, other.largest);
    }

    KeyMemory memory() {
        return memory;
    }

    Limits limits() {
        return limits;
    }

    void document(int length) {
        bytes += length;
        largest = Math.max(largest, length);
    }

    void grow() {
        if (++paths > limits.paths()) {
            throw new TooManyPathsException();
        }
    }

    void shrink(int by) {
        paths -= by;
    }
}
