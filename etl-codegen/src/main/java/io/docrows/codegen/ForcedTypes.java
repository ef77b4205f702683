package io.docrows.codegen;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.meta.jaxb.ForcedType;

/** The Java types that columns get beyond jOOQ's own choice. */
final class ForcedTypes {

    /** What {@code timestamptz} has if nothing is declared. */
    private static final int MICROSECONDS = 6;

    /** By either name; jOOQ passes over blanks in its patterns. */
    private static final String TIMESTAMPTZ = "timestamptz|timestamp\\swith\\stime\\szone";

    private ForcedTypes() {}

    /**
     * Instants for {@code timestamptz}, with its precision, as times that are finer than their column would be rounded
     * unseen; texts for citext. Those that the configuration names come first.
     */
    static List<ForcedType> all() {
        Stream<ForcedType> precise = IntStream.range(0, MICROSECONDS)
                .mapToObj(digits -> forced("INSTANT(" + digits + ")", "(" + TIMESTAMPTZ + ")\\(" + digits + "\\)"));
        Stream<ForcedType> others = Stream.of(forced("INSTANT", TIMESTAMPTZ), forced("VARCHAR", "(.*\\.)?citext"));
        return Stream.concat(precise, others).toList();
    }

    private static ForcedType forced(String name, String types) {
        return new ForcedType().withName(name).withIncludeTypes(types).withPriority(-1);
    }
}
