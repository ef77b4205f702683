package io.docrows.runner.command;

import picocli.CommandLine.Option;

/** Whether documents that are not as their mapping expects them make a command fail. */
final class StrictOption {

    @Option(
            names = "--strict",
            description = "Exit with 1 also because of drift: fields that are neither mapped nor ignored, mapped fields"
                    + " whose values are of several BSON types, values that an enumeration does not have. Everything is"
                    + " loaded all the same; a mapping that is strict() rejects documents with unknown fields instead.")
    boolean strict;

    /** The exit code for what was found. */
    int exitCode(int found, boolean drift) {
        return found == ExitCode.DONE && fails(drift) ? ExitCode.DIFFERENCES : found;
    }

    boolean fails(boolean drift) {
        return strict && drift;
    }
}
