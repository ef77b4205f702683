package io.docrows.source.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoIncompatibleDriverException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.text.ForeignText;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Judges the driver's exceptions: which are worth another try, and how to tell people. The driver's own messages are
 * never repeated, for they quote commands, and commands hold {@code _id}s.
 */
final class MongoFailure {

    private static final String OLDEST = ServerDescription.MIN_DRIVER_SERVER_VERSION;

    private static final int BAD_VALUE = 2;
    private static final int FAILED_TO_PARSE = 9;
    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final int NO_SUCH_FIELD = 40_415;

    /**
     * Servers that stop, restart or change roles, networks that fail, and cursors that are gone: the codes on which
     * MongoDB's specification of retryable reads has drivers try again, and those of a lost cursor (43, 175, 237).
     */
    private static final Set<Integer> TRANSIENT = Set.of(
            6, 7, 43, 63, 89, 91, 133, 134, 175, 189, 234, 237, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436);

    private static final Set<String> LABELS =
            Set.of("RetryableError", "RetryableReadError", "NetworkError", "TransientTransactionError");

    private MongoFailure() {}

    /** Whether reading may go on behind the last document with a new cursor. */
    static boolean isTransient(MongoException failure) {
        if (failure instanceof MongoInterruptedException || failure instanceof MongoSecurityException) {
            return false;
        }
        return failure instanceof MongoSocketException
                || failure instanceof MongoTimeoutException
                || failure instanceof MongoConnectionPoolClearedException
                || failure instanceof MongoCursorNotFoundException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || TRANSIENT.contains(failure.getCode())
                || LABELS.stream().anyMatch(failure::hasErrorLabel);
    }

    /** Whether the server refused the hint, as it does where {@code _id} has no index of its own. */
    static boolean isRefusedHint(MongoException failure) {
        return failure.getCode() == BAD_VALUE && mentions(failure, "hint");
    }

    /** Whether a server may have said so to which an option of the command is unknown. */
    static boolean mayBeUnknownOption(MongoException failure) {
        return failure.getCode() == FAILED_TO_PARSE || failure.getCode() == NO_SUCH_FIELD;
    }

    /** Whether the server does not know a BSON type by its name. */
    static boolean isUnknownType(MongoException failure) {
        return failure instanceof MongoCommandException && mentions(failure, "unknown type");
    }

    private static boolean mentions(MongoException failure, String word) {
        String message = failure.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains(word);
    }

    /** A failure before any document was asked for. */
    static DocrowsException connecting(MongoException failure, MongoPlace place, @Nullable ClusterDescription seen) {
        String where = "MongoDB at " + place.hosts();
        if (failure instanceof MongoSecurityException || failure.getCode() == AUTHENTICATION_FAILED) {
            return unavailable(
                    where
                            + " refuses the credentials. Check user and password (percent-encoded in the URI), and"
                            + " name the database of the user with authSource.",
                    failure);
        }
        if (failure.getCode() == UNAUTHORIZED) {
            return unavailable(
                    where + " does not let this user read the database \"" + place.database()
                            + "\", or requires a login. Use a user with the role read on it.",
                    failure);
        }
        if (failure instanceof MongoIncompatibleDriverException) {
            return unavailable(
                    where + " is of a version with which MongoDB's Java driver cannot talk. MongoDB " + OLDEST
                            + " or later is needed; from an older one, load what mongodump writes.",
                    failure);
        }
        if (failure instanceof MongoInterruptedException) {
            return failed("Reading from " + place.description() + " was interrupted.", failure);
        }
        if (failure instanceof MongoSocketException
                || failure instanceof MongoTimeoutException
                || failure instanceof MongoConfigurationException) {
            return unavailable(where + " cannot be reached" + reason(failure, seen), failure);
        }
        return unavailable(where + " answers with an error" + code(failure) + ". Check the server's log.", failure);
    }

    /** A failure while a collection is being read. */
    static DocrowsException reading(MongoException failure, String collection, MongoPlace place, int attempts) {
        if (failure instanceof MongoInterruptedException) {
            return failed("Reading the collection \"" + ForeignText.name(collection) + "\" was interrupted.", failure);
        }
        if (failure instanceof MongoSecurityException || failure.getCode() == UNAUTHORIZED) {
            return connecting(failure, place, null);
        }
        String tries = attempts > 1 ? " " + attempts + " attempts to continue failed." : "";
        return failed(
                "Reading the collection \"" + ForeignText.name(collection) + "\" from " + place.description()
                        + " failed" + code(failure)
                        + "." + tries
                        + " Check the server and the network, then run again: the run continues where it stopped.",
                failure);
    }

    /** A failure while changes are being followed. */
    static DocrowsException following(MongoException failure, MongoPlace place, int attempts) {
        if (failure instanceof MongoInterruptedException) {
            return failed("Following " + place.description() + " was interrupted.", failure);
        }
        if (failure instanceof MongoSecurityException || failure.getCode() == AUTHENTICATION_FAILED) {
            return connecting(failure, place, null);
        }
        String tries = attempts > 1 ? " " + attempts + " attempts to continue failed." : "";
        return failed(
                "Following " + place.description() + " failed" + code(failure) + "." + tries
                        + " Check the server and the network, then follow again: it continues where it stopped.",
                failure);
    }

    private static String reason(MongoException failure, @Nullable ClusterDescription seen) {
        Throwable cause = failure;
        if (seen != null) {
            for (ServerDescription server : seen.getServerDescriptions()) {
                Throwable exception = server.getException();
                cause = exception == null ? cause : exception;
            }
            Throwable lookup = seen.getSrvResolutionException();
            cause = lookup == null ? cause : lookup;
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException || t instanceof MongoConfigurationException) {
                return ": the host name is unknown. Check the connection string and the DNS.";
            }
            if (t instanceof SSLException) {
                return ": TLS failed. Check that the server offers TLS (tls=true or false in the URI) and that this"
                        + " Java trusts its certificate.";
            }
            if (t instanceof ConnectException) {
                return ": connection refused. Check that the server runs, and host and port.";
            }
        }
        return " in time. Check host and port, that the server runs, firewalls, and replicaSet and tls in the URI.";
    }

    private static String code(MongoException failure) {
        return failure.getCode() > 0
                ? " (" + failure.getClass().getSimpleName() + ", code " + failure.getCode() + ")"
                : " (" + failure.getClass().getSimpleName() + ")";
    }

    private static DocrowsException unavailable(String message, MongoException cause) {
        return new DocrowsException(ErrorCode.SOURCE_UNAVAILABLE, message, RedactedCause.of(cause));
    }

    private static DocrowsException failed(String message, MongoException cause) {
        return new DocrowsException(ErrorCode.SOURCE_FAILED, message, RedactedCause.of(cause));
    }
}
