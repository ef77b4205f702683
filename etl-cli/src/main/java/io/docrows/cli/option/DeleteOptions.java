package io.docrows.cli.option;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.RunOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run does with rows whose document is gone, and how many of them may go. */
public final class DeleteOptions {

    @Option(
            names = "--deletes",
            paramLabel = "WHAT",
            description = "What to do with orphaned rows, whose document no longer exists, once everything is loaded:"
                    + " ignore, delete, or mark (in the column that the mapping names). Reads the keys of all"
                    + " documents again; cannot be combined with --ids or --limit (default: ignore).")
    DeleteMode deletes = DeleteMode.IGNORE;

    @Option(
            names = "--max-deletes",
            paramLabel = "N|N%",
            description =
                    "Delete and mark nothing if more rows of any table are orphaned: a number, or a percentage of its"
                            + " rows (default: 10%%).")
    @Nullable String maxDeletes;

    /** Nothing is deleted, unless it is asked for. */
    public DeleteOptions() {}

    /**
     * Adds what was given to the options of a run.
     *
     * @param options those before
     * @return with these
     * @throws DocrowsException {@code INVALID_OPTION} if they do not go together
     */
    public RunOptions in(RunOptions options) {
        RunOptions with = options.deletes(deletes);
        if (deletes != DeleteMode.IGNORE && options.partial()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--deletes: only a run that reads all documents can find orphaned rows; leave out --ids and"
                            + " --limit");
        }
        return maxDeletes == null ? with : with.maxDeletes(DeleteLimit.of(maxDeletes));
    }
}
