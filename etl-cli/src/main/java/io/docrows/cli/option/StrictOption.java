package io.docrows.cli.option;

import io.docrows.cli.exit.ExitCode;
import picocli.CommandLine.Option;

/** Whether documents that are not as their mapping expects them make a command fail. */
public final class StrictOption {

    @Option(
            names = "--strict",
            description =
                    "Also exit with 1 if there is drift: fields that are neither mapped nor ignored, mapped fields"
                            + " whose values have several BSON types, values that an enumeration does not have. The"
                            + " documents are loaded all the same; a mapping that is strict() rejects documents with"
                            + " unknown fields instead.")
    boolean strict;

    /** Not strict, unless it is asked for. */
    public StrictOption() {}

    /**
     * The exit code for what was found.
     *
     * @param found the exit code without regard to drift
     * @param drift whether there was any
     * @return the exit code
     */
    public int exitCode(int found, boolean drift) {
        return found == ExitCode.DONE && fails(drift) ? ExitCode.DIFFERENCES : found;
    }

    /**
     * Whether the command fails because of drift.
     *
     * @param drift whether there was any
     * @return true if that is asked for
     */
    public boolean fails(boolean drift) {
        return strict && drift;
    }
}
