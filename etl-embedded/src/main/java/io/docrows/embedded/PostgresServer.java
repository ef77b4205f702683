package io.docrows.embedded;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL beside this JVM, on a free port of the loopback interface, with the superuser {@code postgres} and
 * the database {@code postgres}. Its text order is that of {@code C.UTF-8} and its time zone UTC on every platform.
 *
 * <p>Only this user gets in: the superuser has a random password, which is in the addresses that this class returns and
 * in a file that nobody else can read. The server's log holds no rows and no statements.
 *
 * <p>Thread-safe. A server belongs to the JVM that started it: close it when the last connection has done its work.
 */
public final class PostgresServer implements AutoCloseable {

    static final String USER = "postgres";
    static final String DATABASE = "postgres";

    private final RunningPostgres running;
    private final Path directory;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Thread closeHook;

    private PostgresServer(RunningPostgres running, Path directory, Runnable release) {
        this.running = running;
        this.directory = directory;
        this.release = release;
    }

    /**
     * Starts an empty server that is fast and forgetful: it never waits for the disk, and its data is deleted when it
     * is closed or the JVM ends. For tests and code generation; not for measurements.
     *
     * @throws EmbeddedServerException when it does not start
     */
    public static PostgresServer temporary() {
        return temporary(Durability.OFF);
    }

    /**
     * Starts an empty server that writes as durably as an installed one, for measurements and for tests of crashes; its
     * data is deleted when it is closed or the JVM ends.
     *
     * @throws EmbeddedServerException when it does not start
     */
    public static PostgresServer temporaryDurable() {
        return temporary(Durability.ON);
    }

    /**
     * Starts the server whose data lives in a directory, durably, on a free port. The first start makes the directory.
     *
     * @throws EmbeddedServerException when it does not start, when another process uses the directory, or when the
     *     directory holds something else
     * @see #persistent(Path, int)
     */
    public static PostgresServer persistent(Path directory) {
        return persistent(directory, 0);
    }

    /**
     * Starts the server whose data lives in a directory, durably, on a port of the caller's. The first start makes the
     * directory.
     *
     * <p>A server of that directory which outlived its JVM is stopped first, in at most 40 seconds. The server does not
     * stop by itself when this JVM ends: what the JVM still does on its way out may need it.
     *
     * @param directory belongs to this class alone
     * @param port 0 for a free one
     * @throws EmbeddedServerException when it does not start, when another process uses the directory, or when the
     *     directory holds something else
     */
    public static PostgresServer persistent(Path directory, int port) {
        Path home = directory.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.acquire(home);
        try {
            PersistentDirectory persistent = new PersistentDirectory(home);
            Access access = persistent.prepare();
            RunningPostgres running = RunningPostgres.start(
                    persistent.files(), access, port, Durability.ON, RunningPostgres.Lifetime.PERSISTENT);
            persistent.initialized();
            return new PostgresServer(running, home, lock::close);
        } catch (IOException e) {
            lock.close();
            throw new EmbeddedServerException("Cannot use " + home + " for the embedded PostgreSQL: " + e, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static PostgresServer temporary(Durability durability) {
        TemporaryDirectory temporary = TemporaryDirectory.create(durability);
        try {
            RunningPostgres running = RunningPostgres.start(
                    temporary.files(),
                    Access.toNew(temporary.files()),
                    0,
                    durability,
                    RunningPostgres.Lifetime.TEMPORARY);
            PostgresServer server = new PostgresServer(running, temporary.home(), temporary::delete);
            server.closeWithJvm();
            return server;
        } catch (IOException e) {
            temporary.delete();
            throw new EmbeddedServerException(
                    "Cannot use " + temporary.home() + " for the embedded PostgreSQL: " + e, e);
        } catch (RuntimeException e) {
            temporary.delete();
            throw e;
        }
    }

    private void closeWithJvm() {
        Thread hook = new Thread(this::close, "docrows-postgres-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        closeHook = hook;
    }

    /** Returns the JDBC URL, with the user and the password in it: not to be shown to anybody. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** Returns the JDBC URL of another database of this server, with the user and the password in it. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database + "?user=" + USER + "&password=" + password();
    }

    /**
     * Returns the URI in PostgreSQL's own form, {@code postgres://user:password@host:port/database}: not to be shown to
     * anybody.
     */
    public String connectionUri() {
        return "postgres://" + USER + ":" + password() + "@localhost:" + port() + "/" + DATABASE;
    }

    /**
     * Returns the URI to show to people. It holds no password, but the name of the file that does: {@code psql} takes
     * the URI as it is, when its owner calls it.
     */
    public String displayUri() {
        return "postgres://" + USER + "@localhost:" + port() + "/" + DATABASE + "?passfile="
                + URLEncoder.encode(passwordFile().toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }

    /** Returns the name of the superuser. */
    public String user() {
        return USER;
    }

    /** Returns the password of the superuser: hexadecimal digits. */
    public String password() {
        return running.password().text();
    }

    /**
     * Returns the file that holds the password, in the form of PostgreSQL's password files, readable by its owner only.
     */
    public Path passwordFile() {
        return new ServerFiles(directory).password();
    }

    /** Returns a data source without a pool. */
    public DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl());
        return dataSource;
    }

    /** Returns the port the server listens on. */
    public int port() {
        return running.port();
    }

    /** Returns the process of the server, to be killed by tests of what happens then. */
    public ProcessHandle process() {
        return running.process();
    }

    /** Returns the directory the server lives in: the one given, or the temporary one. */
    public Path directory() {
        return directory;
    }

    /**
     * Stops the server and waits for its end, at most 40 seconds; open transactions are rolled back. Closing twice is
     * harmless.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            running.close();
        } finally {
            release.run();
            forgetHook();
        }
    }

    private void forgetHook() {
        try {
            if (closeHook != null) {
                Runtime.getRuntime().removeShutdownHook(closeHook);
            }
        } catch (IllegalStateException e) {
            // The JVM is ending, and this is the hook.
        }
    }
}
