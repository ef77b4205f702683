package io.docrows.error;

/**
 * Why a run could not go on. The names are stable: they are stored in {@code docrows.run.error_code}, printed by the
 * command line and documented in {@code docs/errors.md}. What is wrong with a single document is a {@link RejectCode}.
 */
public enum ErrorCode {
    /** A mapping or pipeline is not sound; the message lists every problem at once. */
    INVALID_MAPPING(Side.CALLER),
    /** An option has no meaning, names something unknown, or contradicts another. */
    INVALID_OPTION(Side.CALLER),
    /** The source cannot be reached, or refuses the credentials. */
    SOURCE_UNAVAILABLE(Side.SOURCE),
    /** The source does not hold a collection that a mapping reads. */
    SOURCE_COLLECTION_MISSING(Side.SOURCE),
    /** The source ends early or is not what it claims to be (a truncated or corrupt dump). */
    SOURCE_CORRUPT(Side.SOURCE),
    /** Reading from the source failed after it had begun. */
    SOURCE_FAILED(Side.SOURCE),
    /** The source cannot tell which documents were changed, or not to this user. */
    SOURCE_NOT_FOLLOWABLE(Side.SOURCE),
    /** Changes were missed: the source no longer has all of them, or something was dropped as a whole. */
    SOURCE_HISTORY_LOST(Side.SOURCE),
    /** The target cannot be reached, refuses the credentials, or the database does not exist. */
    TARGET_UNAVAILABLE(Side.TARGET),
    /** The target's tables are not the ones the mappings were compiled for. */
    TARGET_SCHEMA_MISMATCH(Side.TARGET),
    /** The target refused a statement for a reason that is no single document's fault. */
    TARGET_FAILED(Side.TARGET),
    /** Another run of the same pipeline is at work on the same target. */
    PIPELINE_LOCKED(Side.TARGET),
    /** More documents were rejected than the run allows. */
    TOO_MANY_REJECTS(Side.DOCUMENTS),
    /** More rows would have been deleted, or marked as deleted, than the run allows; none was. */
    TOO_MANY_DELETES(Side.DOCUMENTS),
    /**
     * The processes of a cluster did not bring a partition to its end, again and again, or the cluster was shut down.
     */
    CLUSTER_FAILED(Side.PROGRAM),
    /**
     * What this library does not foresee: a defect of its own, code that it was given (a conversion, a listener, a
     * source) and that throws what it should not, or memory that does not suffice. Neither side has to be looked at.
     */
    INTERNAL(Side.PROGRAM);

    /** The side on which the fault lies. */
    public enum Side {
        /** The program or person that asked for the run. */
        CALLER,
        /** Where documents come from. */
        SOURCE,
        /** Where rows go. */
        TARGET,
        /** The documents themselves. */
        DOCUMENTS,
        /** The program: this library, and the code that was given to it. */
        PROGRAM
    }

    private final Side side;

    ErrorCode(Side side) {
        this.side = side;
    }

    /**
     * Returns the side on which the fault lies.
     *
     * @return the side
     */
    public Side side() {
        return side;
    }
}
