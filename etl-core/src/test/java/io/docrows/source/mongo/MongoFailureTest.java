package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketWriteException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.AbstractStringAssert;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

final class MongoFailureTest {

    private static final ServerAddress ADDRESS = new ServerAddress("db1", 27017);
    private static final MongoPlace PLACE = new MongoPlace("db1:27017", false, "gigs");
    private static final String SECRET = "hunter2hunter2";

    @Test
    void lostCursorsConnectionsAndPrimariesAreTransient() {
        BsonDocument response = new BsonDocument("ok", new BsonInt32(0));
        MongoException labelled = command(1);
        labelled.addLabel("RetryableReadError");
        List<MongoException> failures = List.of(
                new MongoSocketReadException("read", ADDRESS),
                new MongoCursorNotFoundException(7, response, ADDRESS),
                new MongoNotPrimaryException(response, ADDRESS),
                new MongoNodeIsRecoveringException(response, ADDRESS),
                new MongoTimeoutException("no server"),
                command(91),
                command(175),
                command(237),
                command(10107),
                command(11600),
                labelled);
        assertThat(failures).allMatch(MongoFailure::isTransient);
    }

    @Test
    void whatIsNotTransientFailsAtOnce() {
        MongoException security = new MongoSecurityException(
                MongoCredential.createCredential("me", "admin", SECRET.toCharArray()), SECRET);
        assertThat(List.of(command(2), command(13), command(59), security, new MongoInterruptedException(null, null)))
                .noneMatch(MongoFailure::isTransient);
    }

    @Test
    void everyKindOfFailureIsTold() {
        connecting(new MongoSecurityException(
                        MongoCredential.createCredential("me", "admin", SECRET.toCharArray()), SECRET))
                .contains("refuses the credentials");
        connecting(command(18)).contains("refuses the credentials");
        connecting(command(13)).contains("role read").contains("\"gigs\"");
        connecting(command(8000)).contains("code 8000");
        connecting(new MongoInterruptedException(SECRET, null)).contains("was interrupted");
        connecting(new MongoSocketWriteException(SECRET, ADDRESS, new SSLHandshakeException(SECRET)))
                .contains("TLS failed");
        connecting(new MongoSocketWriteException(SECRET, ADDRESS, new UnknownHostException(SECRET)))
                .contains("host name is unknown");
        connecting(new MongoConfigurationException(SECRET)).contains("host name is unknown");
        connecting(new MongoTimeoutException(SECRET)).contains("in time");
    }

    @Test
    void readingSaysWhatFailedAndHowOften() {
        DocrowsException told = MongoFailure.reading(command(96), "users", PLACE, 8);
        assertThat(told.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(told)
                .hasMessageContaining("\"users\"")
                .hasMessageContaining("code 96")
                .hasMessageContaining("8 attempts");
        assertThat(MongoFailure.reading(command(13), "users", PLACE, 0).code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
        assertThat(MongoFailure.reading(new MongoInterruptedException(null, null), "users", PLACE, 0))
                .hasMessageContaining("interrupted");
        assertThat(told.getCause()).hasMessageNotContaining(SECRET).hasMessageContaining("96");
    }

    @Test
    void refusedHintsAndUnknownTypesAreKnown() {
        assertThat(MongoFailure.isRefusedHint(command(2, "error: planner: bad hint")))
                .isTrue();
        assertThat(MongoFailure.isRefusedHint(command(2, "other"))).isFalse();
        assertThat(MongoFailure.isUnknownType(command(2, "Unknown type name alias: symbol")))
                .isTrue();
        assertThat(MongoFailure.isUnknownType(new MongoTimeoutException("unknown type")))
                .isFalse();
    }

    private static AbstractStringAssert<?> connecting(MongoException failure) {
        DocrowsException told = MongoFailure.connecting(failure, PLACE, null);
        assertThat(told.getCause()).hasMessageNotContaining(SECRET);
        return assertThat(String.valueOf(told.getMessage()))
                .doesNotContain(SECRET)
                .doesNotContain("\n");
    }

    private static MongoCommandException command(int code) {
        return command(code, SECRET);
    }

    private static MongoCommandException command(int code, String message) {
        BsonDocument response = new BsonDocument("ok", new BsonInt32(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString(message));
        return new MongoCommandException(response, ADDRESS);
    }
}
