package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import io.docrows.runner.testing.EtlProcess;
import io.docrows.runner.testing.SelfSigned;
import io.docrows.runner.testing.TlsMongo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What addresses say about TLS reaches the drivers. PostgreSQL takes the role with a certificate only, the
 * MongoDB-compatible server speaks nothing but TLS.
 */
@Tag("long")
final class TlsIT {

    private static final Databases DATABASES = new Databases();

    @TempDir
    static Path directory;

    private static SelfSigned trusted;
    private static SelfSigned stranger;

    @BeforeAll
    static void speakTls() throws Exception {
        trusted = SelfSigned.make(directory.resolve("trusted"), "tessa");
        stranger = SelfSigned.make(directory.resolve("stranger"), "tessa");
        Databases.execute(DATABASES.address("postgres"), "CREATE ROLE tessa LOGIN", "CREATE DATABASE hers OWNER tessa");
        DATABASES.requireCertificate("tessa", trusted);
    }

    @AfterAll
    static void stop() {
        DATABASES.close();
    }

    private static Result migrate(String host, String parameters) {
        return Etl.in(directory)
                .run(
                        "migrate",
                        "--target",
                        "postgresql://tessa@" + host + ":" + DATABASES.port() + "/hers?" + parameters);
    }

    private static String line(Result refused) {
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.out() + refused.err()).doesNotContain(SelfSigned.PASSWORD);
        return refused.errorLine();
    }

    private static String withKey(SelfSigned own) {
        return "&sslkey=" + own.keyStore() + "&sslpassword=" + SelfSigned.PASSWORD;
    }

    private static String trusting(SelfSigned root) {
        return "sslmode=verify-full&sslrootcert=" + root.certificate();
    }

    @Test
    void letsInWhoTrustsTheServerAndIsTrusted() {
        Result result = migrate("localhost", trusting(trusted) + withKey(trusted));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(migrate("localhost", "sslmode=require" + withKey(trusted)).exitCode())
                .isZero();
    }

    @Test
    void trustsNoServerThatNobodyVouchesFor() {
        assertThat(line(migrate("localhost", trusting(stranger) + withKey(trusted))))
                .contains("no secure connection", "sslrootcert");
        assertThat(line(migrate("localhost", "sslmode=verify-full&sslrootcert=/no/such.crt" + withKey(trusted))))
                .contains("/no/such.crt");
    }

    @Test
    void trustsNoServerOfAnotherName() {
        assertThat(line(migrate("127.0.0.1", trusting(trusted) + withKey(trusted))))
                .contains("127.0.0.1");
        assertThat(migrate("127.0.0.1", trusting(trusted).replace("full", "ca") + withKey(trusted))
                        .exitCode())
                .isZero();
    }

    @Test
    void isNotTrustedWithTheWrongCertificateOrNone() {
        assertThat(line(migrate("localhost", trusting(trusted) + withKey(stranger))))
                .contains("localhost:" + DATABASES.port());
        assertThat(line(migrate("localhost", trusting(trusted)))).contains("localhost:" + DATABASES.port());
        assertThat(line(migrate("localhost", "sslmode=disable"))).contains("pg_hba.conf");
    }

    @Test
    void readsFromAServerThatThisJavaTrusts() throws Exception {
        try (TlsMongo server = TlsMongo.start(trusted, "gigs", "users")) {
            String source = "mongodb://localhost:" + server.port() + "/gigs?tls=true";
            String[] run = {
                "run", "--collections", "users", "--source", source, "--target", DATABASES.create(), "--no-progress"
            };
            Map<String, String> trust = Map.of(
                    "JAVA_TOOL_OPTIONS",
                    "-Djavax.net.ssl.trustStore=" + trusted.trustStore() + " -Djavax.net.ssl.trustStorePassword="
                            + SelfSigned.PASSWORD);
            try (EtlProcess process = EtlProcess.start(directory, trust, run)) {
                Result result = process.result();
                assertThat(result.exitCode()).as(result.err()).isZero();
                assertThat(result.out()).contains("Run 1 of gigs completed");
            }
            Path password = Files.writeString(directory.resolve("store-password"), SelfSigned.PASSWORD + "\n");
            String[] byOptions = {
                "run",
                "--collections",
                "users",
                "--source",
                source,
                "--target",
                DATABASES.create(),
                "--no-progress",
                "--source-trust-store",
                trusted.trustStore().toString(),
                "--source-trust-store-password-file",
                password.toString()
            };
            try (EtlProcess process = EtlProcess.start(directory, byOptions)) {
                assertThat(process.result().exitCode()).isZero();
            }
            run[4] = source + "&serverSelectionTimeoutMS=900";
            Result untrusting = Etl.in(directory).run(run);
            assertThat(untrusting.exitCode()).isEqualTo(3);
            assertThat(untrusting.err()).contains("TLS failed", "trusts its certificate");
        }
    }

    @Test
    void takesThePasswordOfTheKeyFromAFile() throws Exception {
        Path password = Files.writeString(directory.resolve("key-password"), SelfSigned.PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        String target = "postgresql://tessa@localhost:" + DATABASES.port() + "/hers?" + trusting(trusted) + "&sslkey="
                + trusted.keyStore();
        Result result =
                Etl.in(directory).run("status", "--target", target, "--target-key-password-file", password.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        Files.writeString(password, "another-word\n");
        assertThat(cause(Etl.in(directory)
                        .run("status", "--target", target, "--target-key-password-file", password.toString())))
                .contains("cannot be opened")
                .doesNotContain("another-word");
    }

    private static String cause(Result refused) {
        String line = line(refused);
        assertThat(line).doesNotContain("start it", "answers");
        return line;
    }

    @Test
    void saysWhichFileIsMissingAndNotThatTheServerIs() {
        assertThat(cause(migrate("localhost", "sslmode=verify-full")))
                .contains("no secure connection", "root.crt", "certificates to trust", "sslrootcert");
        assertThat(cause(migrate("localhost", "sslmode=verify-ca&sslrootcert=/no/such.crt")))
                .contains("/no/such.crt", "correct sslrootcert");
        assertThat(cause(migrate("localhost", trusting(trusted) + "&sslkey=/no/key.p12")))
                .contains("/no/key.p12", "sslkey");
        assertThat(cause(migrate("localhost", "sslmode=verify-full&sslrootcert=" + trusted.keyStore())))
                .contains("no secure connection", "sslrootcert");
    }

    @Test
    void saysThatTheCertificateNamesAnotherHost() {
        assertThat(cause(migrate("127.0.0.1", trusting(trusted) + withKey(trusted))))
                .contains(
                        "no secure connection to PostgreSQL at 127.0.0.1",
                        "for another host than the address names",
                        "verify-ca");
    }

    @Test
    void saysThatTheKeyHasAnotherPassword() {
        assertThat(cause(migrate(
                        "localhost", trusting(trusted) + withKey(trusted).replace("sslpassword=", "sslpassword=x"))))
                .contains("sslkey", "cannot be opened", "sslpassword");
    }

    @Test
    void saysThatChannelBindingNeedsTlsAndAPassword() throws Exception {
        Databases.execute(DATABASES.address("postgres"), "CREATE ROLE pat LOGIN PASSWORD 'pats-word'");
        DATABASES.requirePassword("pat");
        Result refused = Etl.in(directory)
                .run(
                        "status",
                        "--target",
                        "postgresql://pat:pats-word@localhost:" + DATABASES.port()
                                + "/hers?sslmode=disable&channel_binding=require");
        assertThat(cause(refused))
                .contains("channel_binding=require needs TLS", "sslmode")
                .doesNotContain("turn ssl on");
    }
}
