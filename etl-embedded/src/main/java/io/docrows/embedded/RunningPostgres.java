package io.docrows.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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

    private RunningPostgres(EmbeddedPostgres postgres, Postmaster postmaster) {
        this.postgres = postgres;
        this.postmaster = postmaster;
    }

    static RunningPostgres start(Path data, ServerLog log, int port, Durability durability, Lifetime lifetime) {
        // Somebody else may take a free port before our server gets to it; they will hardly do so again.
        for (int attempt = 1; ; attempt++) {
            log.clear();
            EmbeddedPostgres started = await(builder(data, log, port, durability, lifetime), data, log);
            Optional<Postmaster> postmaster = Postmaster.of(data);
            if (postmaster.isPresent() && answersFor(started, data)) {
                return new RunningPostgres(started, postmaster.get());
            }
            close(started);
            postmaster.ifPresent(Postmaster::stop);
            if (!log.saysPortIsTaken() || port != 0 || attempt == ATTEMPTS) {
                throw failure(data, log, null);
            }
        }
    }

    private static EmbeddedPostgres.Builder builder(
            Path data, ServerLog log, int port, Durability durability, Lifetime lifetime) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(lifetime == Lifetime.TEMPORARY)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(lifetime.patience)
                .setPort(port)
                .setOutputRedirector(log.redirect())
                .setErrorRedirector(log.redirect())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        durability.settings().forEach(builder::setServerConfig);
        return builder;
    }

    /**
     * Starts the server. The library would wait to the end of its patience for a server that gave up at once; an
     * interrupt makes it return, as if the server had answered.
     */
    private static EmbeddedPostgres await(EmbeddedPostgres.Builder builder, Path data, ServerLog log) {
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
                    if (log.saysServerGaveUp()) {
                        thread.interrupt();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            Postmaster.of(data).ifPresent(Postmaster::stop);
            throw failure(data, log, e.getCause());
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

    private static EmbeddedServerException failure(Path data, ServerLog log, @Nullable Throwable cause) {
        String reason = cause == null ? "" : ": " + cause.getMessage();
        return new EmbeddedServerException(
                "The embedded PostgreSQL in " + data + " did not start" + reason + log.end(), cause);
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
