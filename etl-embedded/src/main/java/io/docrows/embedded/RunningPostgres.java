package io.docrows.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that was started and answers. */
final class RunningPostgres implements AutoCloseable {

    /** What becomes of the data when the server is closed. */
    enum Lifetime {
        TEMPORARY(Duration.ofSeconds(60)),
        /** The first answer may have to wait for the recovery from a crash. */
        PERSISTENT(Duration.ofMinutes(5));

        private final Duration patience;

        Lifetime(Duration patience) {
            this.patience = patience;
        }
    }

    private static final int ATTEMPTS = 3;
    private static final long POLL_MILLIS = 50;

    private final EmbeddedPostgres postgres;
    private final Postmaster postmaster;

    private final Password password;

    private RunningPostgres(EmbeddedPostgres postgres, Postmaster postmaster, Password password) {
        this.postgres = postgres;
        this.postmaster = postmaster;
        this.password = password;
    }

    static RunningPostgres start(ServerFiles files, Access access, int port, Durability durability, Lifetime lifetime)
            throws IOException {
        Path data = files.data();
        ServerLog log = files.log();
        // Somebody else may take a free port before our server gets to it; they will hardly do so again.
        for (int attempt = 1; ; attempt++) {
            log.clear();
            EmbeddedPostgres started = await(builder(files, access, port, durability, lifetime), files);
            Optional<Postmaster> postmaster = Postmaster.of(data);
            if (postmaster.isPresent() && answersFor(started, data)) {
                return new RunningPostgres(started, postmaster.get(), access.password());
            }
            close(started);
            postmaster.ifPresent(Postmaster::stop);
            if (!log.saysPortIsTaken() || port != 0 || attempt == ATTEMPTS) {
                throw failure(files, null);
            }
        }
    }

    private static EmbeddedPostgres.Builder builder(
            ServerFiles files, Access access, int port, Durability durability, Lifetime lifetime) throws IOException {
        // Before the builder is made, which looks up where the library may sweep.
        Path programs = Binaries.INSTANCE.workingDirectory();
        ServerLog log = files.log();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPgBinaryResolver(Binaries.INSTANCE)
                .setOverrideWorkingDirectory(programs.toFile())
                .setDataDirectoryCustomizer(data -> establish(access))
                .setConnectConfig("password", access.password().text())
                .setDataDirectory(files.data())
                .setCleanDataDirectory(lifetime == Lifetime.TEMPORARY)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(lifetime.patience)
                .setPort(port)
                .setOutputRedirector(log.redirect())
                .setErrorRedirector(log.redirect())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        // Not settings of the locale, but options of the same program: its default is to trust everybody.
        access.initialization().forEach(builder::setLocaleConfig);
        durability.initialization().forEach(builder::setLocaleConfig);
        Access.SETTINGS.forEach(builder::setServerConfig);
        durability.settings().forEach(builder::setServerConfig);
        return builder;
    }

    private static void establish(Access access) {
        try {
            access.establish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts the server. The library would wait to the end of its patience for a server that gave up at once; an
     * interrupt makes it return, as if the server had answered.
     */
    private static EmbeddedPostgres await(EmbeddedPostgres.Builder builder, ServerFiles files) {
        ServerLog log = files.log();
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(builder::start);
        Thread thread = new Thread(start, "docrows-postgres-start");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return start.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (log.saysServerGaveUp() || log.saysPasswordIsWrong()) {
                        thread.interrupt();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            Postmaster.of(files.data()).ifPresent(Postmaster::stop);
            if (e.getCause() instanceof EmbeddedServerException ours) {
                throw ours;
            }
            throw failure(files, e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean answersFor(EmbeddedPostgres postgres, Path data) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW data_directory")) {
            return result.next() && Files.isSameFile(Path.of(result.getString(1)), data);
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    private static EmbeddedServerException failure(ServerFiles files, @Nullable Throwable cause) {
        String reason = cause == null ? "" : ": " + cause.getMessage();
        return new EmbeddedServerException(
                "The embedded PostgreSQL in " + files.data() + " did not start" + reason + advice(files)
                        + files.log().end(),
                cause);
    }

    private static String advice(ServerFiles files) {
        if (files.log().saysPasswordIsWrong()) {
            return ": the password of its superuser was changed. Delete " + files.password()
                    + ", and the next start sets a new one";
        }
        if (files.log().saysVersionIsAnother()) {
            return ": its data was initialized by PostgreSQL version " + version(files)
                    + ". Name another directory, and load into that";
        }
        return "";
    }

    private static String version(ServerFiles files) {
        try {
            return Files.readString(files.data().resolve("PG_VERSION")).trim();
        } catch (IOException e) {
            return "unknown";
        }
    }

    Password password() {
        return password;
    }

    int port() {
        return postgres.getPort();
    }

    ProcessHandle process() {
        return postmaster.process();
    }

    /** Lets the library stop the server and clean up; it gives up after five seconds, we do not. */
    @Override
    public void close() {
        try {
            close(postgres);
        } finally {
            if (postmaster.isAlive()) {
                postmaster.stop();
            }
        }
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("The embedded PostgreSQL could not be closed: " + e, e);
        }
    }
}
