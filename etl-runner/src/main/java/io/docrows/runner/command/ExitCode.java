package io.docrows.runner.command;

import io.docrows.ErrorCode;
import io.docrows.RunReport;
import io.docrows.runner.session.Interruption;

/** What a command's exit code means. The numbers are a contract with scripts. */
final class ExitCode {

    /** Done. */
    static final int DONE = 0;

    /** Done, but documents were rejected. */
    static final int REJECTS = 1;

    /** Done, but source and target differ. */
    static final int DIFFERENCES = 1;

    /** Done, and a run would change something. */
    static final int CHANGES = 1;

    /** The command line or the configuration is wrong. */
    static final int USAGE = 2;

    /** The source cannot be reached or is broken. */
    static final int SOURCE = 3;

    /** The target cannot be reached, or its schema is another one. */
    static final int TARGET = 4;

    /** More documents would have been rejected, or more rows deleted, than allowed. */
    static final int TOO_MANY = 5;

    /** A defect of this program; {@code EX_SOFTWARE} of BSD's sysexits. */
    static final int INTERNAL = 70;

    private ExitCode() {}

    static int of(ErrorCode code) {
        return switch (code.side()) {
            case CALLER -> USAGE;
            case SOURCE -> SOURCE;
            case TARGET -> TARGET;
            case DOCUMENTS -> TOO_MANY;
        };
    }

    static int of(RunReport report) {
        if (report.status() == RunReport.Status.INTERRUPTED) {
            return Interruption.EXIT_CODE;
        }
        return report.total().rejected() > 0 ? REJECTS : DONE;
    }
}
