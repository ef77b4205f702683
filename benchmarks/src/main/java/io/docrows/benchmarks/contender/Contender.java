package io.docrows.benchmarks.contender;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** Who takes part. */
public enum Contender {
    /** The loader this project is about. */
    DOCROWS("docrows", DocrowsLoader::new, Set.of(Phase.values())),
    /** JDBC batch upserts. */
    JDBC_BATCH("jdbc-batch", JdbcBatchLoader::new, Set.of(Phase.values())),
    /** COPY of finished rows into the tables as they are. */
    COPY_INDEXED("copy-indexed", CopyLoader::indexed, Set.of(Phase.FIRST)),
    /** COPY of finished rows into bare tables, then keys, constraints and indexes. */
    COPY_BARE("copy-bare", CopyLoader::bare, Set.of(Phase.FIRST));

    private final String title;
    private final Supplier<Loader> loader;
    private final Set<Phase> phases;

    Contender(String title, Supplier<Loader> loader, Set<Phase> phases) {
        this.title = title;
        this.loader = loader;
        this.phases = phases;
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

    /** Returns a loader, to be used once. */
    public Loader loader() {
        return loader.get();
    }

    /** Returns whether it takes part in a phase. */
    public boolean takesPartIn(Phase phase) {
        return phases.contains(phase);
    }

    /** Returns how many writers it uses whatever is asked for; empty if it does as asked. */
    public OptionalInt writers() {
        return OptionalInt.empty();
    }
}
