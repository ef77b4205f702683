package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.embedded.MongoServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.ReadRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bson.BsonRegularExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said when a server cannot be used; never with a password in it. */
final class MongoErrorsIT {

    private static final String SECRET = "hunter2hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost/gigs",
                "postgres://me:" + SECRET + "@localhost/gigs",
                "mongodb://me:" + SECRET + "@x@localhost/gigs",
                "mongodb://me:" + SECRET + "%zz@localhost/gigs",
                "mongodb://me:" + SECRET + "/y@localhost/gigs",
                "mongodb://me:" + SECRET + "@localhost:port/gigs",
                "mongodb://me:" + SECRET + "@localhost/gigs?authMechanism=" + SECRET,
                "mongodb://me:" + SECRET + "@localhost/gigs?replicaSet=a&directConnection=true&loadBalanced=true",
                "mongodb://me:" + SECRET + "@localhost/gi$gs/x y",
                "mongodb+srv://me:" + SECRET + "@a.example.com,b.example.com/gigs"
            })
    void aConnectionStringThatIsNotValid(String uri) {
        refused(uri, ErrorCode.INVALID_OPTION);
    }

    @Test
    void anOptionForTlsThatTheDriverWouldPassOver() {
        refused("mongodb://me:" + SECRET + "@h/gigs?tls=true&tlsCAFile=/ca.pem", ErrorCode.INVALID_OPTION)
                .hasMessageContaining("tlsCAFile")
                .hasMessageContaining("javax.net.ssl.trustStore");
    }

    @Test
    void aConnectionStringWithoutADatabase() {
        refused("mongodb://me:" + SECRET + "@db1,db2:27018/?tls=true", ErrorCode.INVALID_OPTION)
                .hasMessageContaining("names no database")
                .hasMessageContaining("mongodb://db1:27017,db2:27018/DATABASE");
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        refused(
                        "mongodb://me:" + SECRET + "@127.0.0.1:" + port + "/gigs?serverSelectionTimeoutMS=200",
                        ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("connection refused");
    }

    @Test
    void aHostThatIsNotKnown() {
        refused("mongodb://nowhere.invalid/gigs?serverSelectionTimeoutMS=500", ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("nowhere.invalid:27017");
    }

    @Test
    void aServerThatDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            refused(
                            "mongodb://127.0.0.1:" + silent.getLocalPort() + "/gigs?serverSelectionTimeoutMS=200",
                            ErrorCode.SOURCE_UNAVAILABLE)
                    .hasMessageContaining("in time");
        }
    }

    @Test
    void aServerThatDoesNotSpeakTls() {
        try (MongoServer server = MongoServer.start()) {
            refused(
                            "mongodb://me:" + SECRET + "@127.0.0.1:" + server.port()
                                    + "/gigs?tls=true&serverSelectionTimeoutMS=1000",
                            ErrorCode.SOURCE_UNAVAILABLE)
                    .hasMessageContaining("127.0.0.1:" + server.port());
        }
    }

    @Test
    void aServerThatKnowsNoUsers() {
        try (MongoServer server = MongoServer.start()) {
            refused("mongodb://me:" + SECRET + "@127.0.0.1:" + server.port() + "/gigs", ErrorCode.SOURCE_UNAVAILABLE)
                    .hasMessageContaining("refuses the credentials")
                    .hasMessageContaining("authSource");
        }
    }

    @Test
    void anEmptyDatabase() {
        try (MongoServer server = MongoServer.start();
                MongoSource source = MongoSource.connect(server.connectionString() + "/gigs")) {
            assertThat(source.collections()).isEmpty();
            assertThatThrownBy(() -> source.partitions("users", ReadRequest.everything()))
                    .hasMessageContaining("holds no collection at all");
        }
    }

    @Test
    void aPatternIsNoId() {
        try (EmbeddedCollections server = new EmbeddedCollections();
                MongoSource source = MongoSource.connect(server.uri())) {
            ReadRequest request = new ReadRequest(List.of(new BsonRegularExpression("a")), 1);
            assertThatThrownBy(() -> source.partitions("mixed", request))
                    .isInstanceOfSatisfying(
                            DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String uri, ErrorCode code) {
        return assertThatThrownBy(() -> MongoSource.connect(uri))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(trace(e)).doesNotContain(SECRET));
    }

    private static String trace(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
