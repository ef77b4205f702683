package io.docrows.benchmarks.load;

import java.io.Serial;

/** A benchmark that cannot go on, or whose contender left other rows than it should. The message says which. */
public final class BenchmarkException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * A failure of the contender or of the benchmark.
     *
     * @param message what failed, and where
     */
    public BenchmarkException(String message) {
        super(message);
    }
}
