package io.docrows.inspect;

import java.util.OptionalLong;

/** Is told how far an inspection is. Methods may be called by several threads at once, and must be quick. */
public interface InspectListener {

    /**
     * A collection is read.
     *
     * @param collection its name
     * @param pass what for, in a word or two
     * @param documents about how many documents it has, if that is known
     */
    default void started(String collection, String pass, OptionalLong documents) {}

    /**
     * Documents were read.
     *
     * @param documents how many since this was called last
     */
    default void read(long documents) {}

    /** The collection was read. */
    default void finished() {}
}
