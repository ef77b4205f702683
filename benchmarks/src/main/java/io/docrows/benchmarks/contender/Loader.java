package io.docrows.benchmarks.contender;

import java.util.Map;

/** One way of loading. Used once, by one thread, in a JVM of its own. */
public interface Loader {

    /**
     * Makes the database ready; not timed.
     *
     * @param job what is to be done
     * @throws Exception if it cannot be done
     */
    default void prepare(Job job) throws Exception {}

    /**
     * Loads; this is what is timed.
     *
     * @param job what is to be done
     * @return what the loader says it did, by name; empty if it does not count
     * @throws Exception if it cannot be done
     */
    Map<String, Long> load(Job job) throws Exception;
}
