package io.docrows.embedded;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may connect to a server: whoever knows the superuser's password, on the loopback interface. Other users of the
 * machine reach that as well, so nobody is trusted for being there.
 */
final class Access {

    /** What belongs to it among the server's settings. */
    static final Map<String, String> SETTINGS = Map.of(
            // The directory of its sockets would be one that all users share.
            "unix_socket_directories", "",
            "password_encryption", "scram-sha-256",
            // Rows and statements stay out of the log: they are in the messages of errors, their details and contexts.
            "log_min_messages", "log",
            "log_min_error_statement", "panic",
            "log_error_verbosity", "terse",
            "log_statement", "none",
            "log_min_duration_statement", "-1");

    private static final String RULES = """
        # Written at each start.
        host all all 127.0.0.1/32 scram-sha-256
        host all all ::1/128 scram-sha-256
        """;

    private final ServerFiles files;
    private final Password password;
    private final boolean known;

    private Access(ServerFiles files, Password password, boolean known) {
        this.files = files;
        this.password = password;
        this.known = known;
    }

    /** Prepares the access to a server that is yet to be initialized. */
    static Access toNew(ServerFiles files) throws IOException {
        Password password = Password.random();
        OwnFile.create(files.initialPassword(), password.text());
        return new Access(files, password, true);
    }

    /** Finds the access to a server with data. Earlier builds asked for no password, so there may be none. */
    static Access toExisting(ServerFiles files) throws IOException {
        Optional<Password> kept = Password.read(files.password());
        return new Access(files, kept.orElseGet(Password::random), kept.isPresent());
    }

    Password password() {
        return password;
    }

    /** How the programs that make the data directory are told. */
    Map<String, String> initialization() {
        return Map.of("auth", "scram-sha-256", "pwfile", files.initialPassword().toString());
    }

    /**
     * Lets the server know the password, and nobody in without it: to be called when the data directory is complete,
     * and before the server starts.
     */
    void establish() throws IOException {
        Files.deleteIfExists(files.initialPassword());
        if (!known) {
            setPassword();
        }
        if (!Password.read(files.password()).map(Password::text).equals(Optional.of(password.text()))) {
            password.write(files.password());
        }
        OwnFile.create(files.data().resolve("pg_hba.conf"), RULES);
    }

    /** Sets the password without a server that anybody could connect to. */
    private void setPassword() throws IOException {
        List<String> command = new ArrayList<>(Binaries.INSTANCE.command("postgres"));
        command.addAll(List.of("--single", "-D", files.data().toString(), "-c", "exit_on_error=true"));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        command.add(PostgresServer.DATABASE);
        Process process = new ProcessBuilder(command)
                .redirectOutput(files.log().redirect())
                .redirectError(files.log().redirect())
                .start();
        try (Writer statements = process.outputWriter(StandardCharsets.US_ASCII)) {
            statements.write("ALTER ROLE " + PostgresServer.USER + " PASSWORD '" + password.text() + "'\n");
        } catch (IOException e) {
            // It ended early: its exit code says so, and its log says why.
        }
        try {
            if (process.waitFor() != 0) {
                throw new EmbeddedServerException("The embedded PostgreSQL in " + files.data()
                        + " could not be given a password" + files.log().end());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException(
                    "Interrupted while the embedded PostgreSQL in " + files.data() + " was given a password", e);
        }
    }
}
