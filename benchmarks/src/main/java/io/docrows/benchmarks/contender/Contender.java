package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** Who takes part. */
public enum Contender {
    /** The loader this project is about. */
    DOCROWS("docrows", DocrowsLoader::new, Set.of(Phase.values()), 0, 0),
    /** The same with one writer. */
    DOCROWS_1("docrows-1", DocrowsLoader::new, Set.of(Phase.FIRST), 0, 1),
    /** The same with two writers. */
    DOCROWS_2("docrows-2", DocrowsLoader::new, Set.of(Phase.FIRST), 0, 2),
    /** A SELECT, a store and a commit for each document. Slow, so it loads a sample. */
    ORM_LOOP("orm-loop", OrmLoopLoader::new, Set.of(Phase.FIRST), 6_000, 0),
    /** JDBC batch upserts. */
    JDBC_BATCH("jdbc-batch", JdbcBatchLoader::new, Set.of(Phase.values()), 0, 0),
    /** jOOQ's batch upserts, of a sample. */
    JOOQ_BATCH("jooq-batch", JooqBatchLoader::new, Set.of(Phase.FIRST), 60_000, 0),
    /** jOOQ's Loader, with a sample. */
    JOOQ_LOADER("jooq-loader", JooqLoaderLoader::new, Set.of(Phase.FIRST), 60_000, 0),
    /** COPY of finished rows into the tables as they are. */
    COPY_INDEXED("copy-indexed", CopyLoader::indexed, Set.of(Phase.FIRST), 0, 0),
    /** COPY of finished rows into bare tables, then keys, constraints and indexes. */
    COPY_BARE("copy-bare", CopyLoader::bare, Set.of(Phase.FIRST), 0, 0);

    private final String title;
    private final Supplier<Loader> loader;
    private final Set<Phase> phases;
    private final int sample;
    private final int writers;

    Contender(String title, Supplier<Loader> loader, Set<Phase> phases, int sample, int writers) {
        this.title = title;
        this.loader = loader;
        this.phases = phases;
        this.sample = sample;
        this.writers = writers;
    }

    /**
     * The contender of a name.
     *
     * @param title as on the command line
     * @return the contender, or empty if there is none
     */
    public static Optional<Contender> named(String title) {
        return Arrays.stream(values())
                .filter(contender -> contender.title.equals(title))
                .findFirst();
    }

    /** Returns its name on the command line and in tables. */
    public String title() {
        return title;
    }

    /**
     * Returns a loader, to be used once.
     *
     * @param shape what it loads
     */
    public Loader loader(Shape shape) {
        return this == JDBC_BATCH && shape == Shape.ORDERS ? new JdbcBatchOrders() : loader.get();
    }

    /** Returns whether it can load documents of a shape. */
    public boolean loads(Shape shape) {
        return shape == Shape.GIGS || !gigsOnly();
    }

    private boolean gigsOnly() {
        return this == ORM_LOOP || this == JOOQ_BATCH || this == JOOQ_LOADER;
    }

    /** Returns whether it takes part in a phase. */
    public boolean takesPartIn(Phase phase) {
        return phases.contains(phase);
    }

    /** Returns whether it needs files of finished rows. */
    public boolean copiesRows() {
        return this == COPY_INDEXED || this == COPY_BARE;
    }

    /**
     * Returns whether it takes much longer than the others, or much longer for the little that it loads, so that one
     * round of it costs as much as several of theirs.
     */
    public boolean isSlow() {
        return sample > 0 || this == JDBC_BATCH;
    }

    /** Returns how many documents it loads at most; empty if it loads all there are. */
    public OptionalInt sample() {
        return sample == 0 ? OptionalInt.empty() : OptionalInt.of(sample);
    }

    /** Returns how many writers it uses whatever is asked for; empty if it does as asked. */
    public OptionalInt writers() {
        return writers == 0 ? OptionalInt.empty() : OptionalInt.of(writers);
    }
}
