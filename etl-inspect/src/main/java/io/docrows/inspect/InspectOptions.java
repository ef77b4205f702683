package io.docrows.inspect;

import io.docrows.run.Cancellation;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How an inspection reads. Immutable; each method returns changed options.
 *
 * @param collections the collections to read; empty for all
 * @param sample about how many documents of each collection are read; empty for every document
 * @param threads how many threads measure; does not change the result
 * @param listener is told how far it is
 * @param cancellation stops it from another thread
 */
public record InspectOptions(
        Set<String> collections,
        OptionalLong sample,
        int threads,
        InspectListener listener,
        Cancellation cancellation) {

    /**
     * Checks the numbers and copies the names.
     *
     * @throws IllegalArgumentException if a number is less than 1
     */
    public InspectOptions {
        collections = Set.copyOf(collections);
        if (threads < 1) {
            throw new IllegalArgumentException("at least 1 thread is needed, not " + threads);
        }
        if (sample.isPresent() && sample.getAsLong() < 1) {
            throw new IllegalArgumentException("a sample has at least 1 document, not " + sample.getAsLong());
        }
    }

    /**
     * Every document of every collection, with one thread for each processor.
     *
     * @return options
     */
    public static InspectOptions defaults() {
        return new InspectOptions(
                Set.of(),
                OptionalLong.empty(),
                Runtime.getRuntime().availableProcessors(),
                new InspectListener() {},
                new Cancellation());
    }

    /**
     * Only some collections.
     *
     * @param names their names; empty for all
     * @return changed options
     */
    public InspectOptions collections(Set<String> names) {
        return new InspectOptions(names, sample, threads, listener, cancellation);
    }

    /**
     * Only some documents: the first ones of each part of a collection. What is said about them says nothing certain
     * about the others.
     *
     * @param documents about how many of each collection, at least 1
     * @return changed options
     */
    public InspectOptions sample(long documents) {
        return new InspectOptions(collections, OptionalLong.of(documents), threads, listener, cancellation);
    }

    /**
     * How many threads measure.
     *
     * @param number at least 1
     * @return changed options
     */
    public InspectOptions threads(int number) {
        return new InspectOptions(collections, sample, number, listener, cancellation);
    }

    /**
     * Who is told how far it is.
     *
     * @param told the listener
     * @return changed options
     */
    public InspectOptions listener(InspectListener told) {
        return new InspectOptions(collections, sample, threads, told, cancellation);
    }

    /**
     * What stops it.
     *
     * @param stop asked from time to time
     * @return changed options
     */
    public InspectOptions cancellation(Cancellation stop) {
        return new InspectOptions(collections, sample, threads, listener, stop);
    }
}
