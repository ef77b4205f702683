package io.docrows.internal.stage;

/**
 * How many bytes of documents a collection's batches hold together, those that are being read and those that are being
 * written. A document may have 16 MiB, and takes several times that while it is decoded and written, so whoever reads
 * waits until there is room again. Somebody always goes on: a batch larger than all the room there is gets it when no
 * other batch is in hand. Thread-safe.
 */
public final class BatchMemory {

    /** All batches together hold raw documents of a tenth of the heap: what is made of them takes most of the rest. */
    private static final int PART_OF_HEAP = 10;

    private final long most;
    private long held;

    /** Batches that hold documents and whose owner is at work, so that it will let go of them. */
    private int atWork;

    BatchMemory(long most) {
        this.most = most;
    }

    /**
     * Returns what this process can spare.
     *
     * @return a bound for one collection, at work alone
     */
    public static BatchMemory ofHeap() {
        return new BatchMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /**
     * The most bytes at which a batch ends, so that another one can be read while it is written.
     *
     * @return bytes of raw documents; the last one of a batch may exceed it
     */
    public long batchBytes() {
        return most / 2;
    }

    /**
     * A batch that holds nothing yet.
     *
     * @return its share
     */
    public Share share() {
        return new Share();
    }

    /** What one batch holds; to be released when the batch is written, or nobody wants it any more. */
    public final class Share {

        private long bytes;

        private Share() {}

        /**
         * Takes more, if that is to be had at once.
         *
         * @return false if somebody else has to let go of some first
         */
        boolean tryMore(long wanted) {
            synchronized (BatchMemory.this) {
                if (isRoomFor(wanted, bytes > 0 ? 1 : 0)) {
                    take(wanted);
                    return true;
                }
                return false;
            }
        }

        /**
         * Takes more, and waits for it.
         *
         * @throws InterruptedException if the thread is interrupted; nothing more is taken then
         */
        void more(long wanted) throws InterruptedException {
            synchronized (BatchMemory.this) {
                boolean holding = bytes > 0;
                if (holding) {
                    atWork--;
                    BatchMemory.this.notifyAll();
                }
                try {
                    while (!isRoomFor(wanted, 0)) {
                        BatchMemory.this.wait();
                    }
                } finally {
                    atWork += holding ? 1 : 0;
                }
                take(wanted);
            }
        }

        /** Gives back what is held. May be called again. */
        public void release() {
            synchronized (BatchMemory.this) {
                if (bytes > 0) {
                    held -= bytes;
                    bytes = 0;
                    atWork--;
                    BatchMemory.this.notifyAll();
                }
            }
        }

        private boolean isRoomFor(long wanted, int ownAtWork) {
            return held + wanted <= most || atWork - ownAtWork == 0;
        }

        private void take(long wanted) {
            atWork += bytes == 0 && wanted > 0 ? 1 : 0;
            bytes += wanted;
            held += wanted;
        }
    }
}
