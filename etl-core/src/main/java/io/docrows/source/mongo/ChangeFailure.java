package io.docrows.source.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.text.ForeignText;
import java.util.Set;

/** Judges what goes wrong with change streams, and tells people. */
final class ChangeFailure {

    private static final int BAD_VALUE = 2;
    private static final int FAILED_TO_PARSE = 9;
    private static final int UNAUTHORIZED = 13;
    private static final int NO_SUCH_COMMAND = 59;
    private static final int CAPPED_POSITION_LOST = 136;
    private static final int INVALID_OPTIONS = 72;
    private static final int INVALID_RESUME_TOKEN = 260;
    private static final int FATAL = 280;
    private static final int HISTORY_LOST = 286;
    private static final int TOO_LARGE = 10_334;
    private static final int NO_SUCH_STAGE = 40_324;
    private static final int NO_SUCH_FIELD = 40_415;
    private static final int NO_REPLICA_SET = 40_573;
    private static final int TOKEN_NOT_FOUND = 40_585;
    private static final int TOKEN_NO_LONGER_FOUND = 40_615;
    private static final int TOKEN_OF_ANOTHER_FORM = 40_649;
    private static final int TOKEN_NOT_KEYSTRING = 50_811;

    /** After these no place before the failure can be reached again (MongoDB's error codes). */
    private static final Set<Integer> LOST = Set.of(
            FAILED_TO_PARSE,
            CAPPED_POSITION_LOST,
            INVALID_RESUME_TOKEN,
            FATAL,
            HISTORY_LOST,
            TOKEN_NOT_FOUND,
            TOKEN_NO_LONGER_FOUND,
            TOKEN_OF_ANOTHER_FORM,
            TOKEN_NOT_KEYSTRING);

    private ChangeFailure() {}

    /** Whether a server that has no {@code startAfter} may have said so; the older option is worth a try then. */
    static boolean mayBeUnknownOption(MongoException failure) {
        return switch (failure.getCode()) {
            case BAD_VALUE, FAILED_TO_PARSE, INVALID_OPTIONS, NO_SUCH_FIELD -> true;
            default -> false;
        };
    }

    /** Whether an event takes more than 16 MB to tell, which does not pass by itself. */
    static boolean isTooLarge(MongoException failure) {
        return failure.getCode() == TOO_LARGE;
    }

    /** Whether the server does not know one of the stages. */
    static boolean isUnknownStage(MongoException failure) {
        return failure.getCode() == NO_SUCH_STAGE;
    }

    /** Whether the token is of no use any more. */
    static boolean isLost(MongoException failure) {
        return LOST.contains(failure.getCode());
    }

    /** A failure to open a stream, or to go on with it. */
    static DocrowsException of(MongoException failure, MongoPlace place, boolean resuming, int attempts) {
        RedactedCause cause = RedactedCause.of(failure);
        if (resuming && isLost(failure)) {
            return new DocrowsException(ErrorCode.SOURCE_HISTORY_LOST, lost(failure, place), cause);
        }
        if (!resuming
                && failure.getCode() <= 0
                && failure instanceof MongoCommandException
                && !MongoFailure.isTransient(failure)) {
            return withoutStreams(failure, place, cause);
        }
        return switch (failure.getCode()) {
            case NO_REPLICA_SET, NO_SUCH_STAGE, NO_SUCH_COMMAND -> withoutStreams(failure, place, cause);
            case UNAUTHORIZED ->
                notFollowable(
                        place.description() + " does not let this user follow the database \"" + place.database()
                                + "\". Grant the actions find and changeStream on all of its collections; the role read"
                                + " has both.",
                        cause);
            case TOO_LARGE -> tooLarge(place, cause);
            default -> MongoFailure.following(failure, place, attempts);
        };
    }

    /** An event that the stream cannot pass. */
    static DocrowsException tooLarge(MongoPlace place, RedactedCause cause) {
        return new DocrowsException(
                ErrorCode.SOURCE_HISTORY_LOST,
                "A change in " + place.description() + " is too large for MongoDB to tell (code " + TOO_LARGE
                        + "), and the stream cannot pass it. Load everything again, with deletes, and follow from"
                        + " there (--on-lost-history run).",
                cause);
    }

    private static DocrowsException withoutStreams(MongoException failure, MongoPlace place, RedactedCause cause) {
        return notFollowable(
                place.description() + " cannot be followed: only replica sets and sharded clusters have change streams"
                        + code(failure)
                        + ". Make the server a replica set of one member (--replSet, then rs.initiate()), or load it on"
                        + " a schedule instead.",
                cause);
    }

    private static String lost(MongoException failure, MongoPlace place) {
        String why = switch (failure.getCode()) {
            case HISTORY_LOST, CAPPED_POSITION_LOST, TOKEN_NOT_FOUND, TOKEN_NO_LONGER_FOUND ->
                "the oplog reaches back only to a later moment";
            case FATAL -> "the server cannot go on from the stored resume token";
            case INVALID_RESUME_TOKEN -> "the server does not know the stored resume token";
            default -> "the server cannot read the stored resume token";
        };
        return "Changes of " + place.description() + " were missed: " + why + code(failure)
                + ". Load everything again, with deletes, and follow from there (--on-lost-history run). Keep a larger"
                + " oplog, or follow without long breaks.";
    }

    /** An event after which documents are not known one by one. */
    static DocrowsException ended(String operation, String collection, MongoPlace place) {
        String what = switch (operation) {
            case "drop" -> "the collection \"" + ForeignText.name(collection) + "\" was dropped";
            case "rename" ->
                "the collection \"" + ForeignText.name(collection) + "\" was renamed, or another took its name";
            case "dropDatabase" -> "the database was dropped";
            default -> "the change stream was invalidated";
        };
        return new DocrowsException(
                ErrorCode.SOURCE_HISTORY_LOST,
                "Changes of " + place.description() + " cannot be followed document by document: " + what
                        + ". Load everything again, with deletes, and follow from there (--on-lost-history run), if it"
                        + " was meant.");
    }

    private static DocrowsException notFollowable(String message, RedactedCause cause) {
        return new DocrowsException(ErrorCode.SOURCE_NOT_FOLLOWABLE, message, cause);
    }

    private static String code(MongoException failure) {
        return failure.getCode() > 0 ? " (code " + failure.getCode() + ")" : "";
    }
}
