package io.docrows.cli.option;

import io.docrows.error.DocrowsException;
import io.docrows.run.BulkLoad;
import io.docrows.run.RejectLimit;
import io.docrows.run.RunOptions;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How documents are loaded, whichever they are. */
public final class LoadOptions {

    @Option(
            names = "--no-migrate",
            description =
                    "Do not migrate the schema, and do not read the history of migrations; fail if the tables do not"
                            + " match the mappings.")
    boolean noMigrate;

    @Option(
            names = "--writers",
            paramLabel = "N",
            description =
                    "How many partitions of a collection to load in parallel (default: the number of processors, at"
                            + " most 4, and fewer if memory is short).")
    @Nullable Integer writers;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "The maximum number of documents per transaction (default: ${DEFAULT-VALUE}).")
    int batchSize = RunOptions.defaults().batchDocuments();

    @Option(
            names = {"--bulk-load", "--defer-indexes"},
            paramLabel = "WHEN",
            description = "When the first load of empty tables drops their indexes, unique constraints and foreign keys"
                    + " and rebuilds them at its end, which is several times faster: auto (with many documents), always"
                    + " or never (default: auto). --defer-indexes is its earlier name.")
    BulkLoad bulkLoad = BulkLoad.AUTO;

    @Option(
            names = "--max-rejects",
            paramLabel = "N|N%",
            description = "The maximum number of rejects tolerated per collection: a number, or a percentage of the"
                    + " documents read (default: no limit).")
    @Nullable String maxRejects;

    /** As the library loads, unless something else is given. */
    public LoadOptions() {}

    /**
     * Whether the schema is brought to head before.
     *
     * @return true, unless it was asked not to be
     */
    public boolean migrate() {
        return !noMigrate;
    }

    /**
     * How many partitions to load in parallel, if that was said.
     *
     * @return the number; empty if it was left to the library
     */
    public OptionalInt writers() {
        return writers == null ? OptionalInt.empty() : OptionalInt.of(writers);
    }

    /**
     * Adds what was given to the options of a run.
     *
     * @param options those before
     * @return with these
     * @throws DocrowsException {@code INVALID_OPTION} if a number is out of its range
     */
    public RunOptions in(RunOptions options) {
        RunOptions with = options.bulkLoad(bulkLoad).batch(batchSize, options.batchBytes());
        if (writers != null) {
            with = with.writers(writers);
        }
        return maxRejects == null ? with : with.maxRejects(RejectLimit.of(maxRejects));
    }
}
