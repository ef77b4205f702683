package io.docrows.cli.exit;

import io.docrows.cli.session.Interruption;
import io.docrows.error.ErrorCode;
import io.docrows.report.RunReport;

/** What a command's exit code means. The numbers are a contract with scripts. */
public final class ExitCode {

    /** Done. */
    public static final int DONE = 0;

    /** Done, but documents were rejected. */
    public static final int REJECTS = 1;

    /** Done, but source and target differ. */
    public static final int DIFFERENCES = 1;

    /** Done, and a run would change something. */
    public static final int CHANGES = 1;

    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    /** The source cannot be reached or is broken. */
    public static final int SOURCE = 3;

    /** The target cannot be reached, or its schema is another one. */
    public static final int TARGET = 4;

    /** More documents would have been rejected, or more rows deleted, than allowed. */
    public static final int TOO_MANY = 5;

    /** A defect of this program, or memory that does not suffice; {@code EX_SOFTWARE} of BSD's sysexits. */
    public static final int INTERNAL = 70;

    private ExitCode() {}

    /**
     * The exit code of an error.
     *
     * @param code what went wrong
     * @return the code of the side that has to be looked at
     */
    public static int of(ErrorCode code) {
        return switch (code.side()) {
            case CALLER -> USAGE;
            case SOURCE -> SOURCE;
            case TARGET -> TARGET;
            case DOCUMENTS -> TOO_MANY;
            case PROGRAM -> INTERNAL;
        };
    }

    /**
     * The exit code of a run that did not fail.
     *
     * @param report what it did
     * @return whether it was interrupted, and else whether documents were rejected
     */
    public static int of(RunReport report) {
        if (report.status() == RunReport.Status.INTERRUPTED) {
            return Interruption.EXIT_CODE;
        }
        return report.total().rejected() > 0 ? REJECTS : DONE;
    }
}
