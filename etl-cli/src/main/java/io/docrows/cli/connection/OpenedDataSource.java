package io.docrows.cli.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a driver, of which the first is open already: it was used to ask the target, and another one would
 * cost the hashing of the password once more. Thread-safe.
 */
final class OpenedDataSource implements DataSource, AutoCloseable {

    private final DataSource driver;
    private final AtomicReference<@Nullable Connection> opened;

    /**
     * Hands out one connection, then others.
     *
     * @param driver opens the others
     * @param opened an open connection, in the state in which the driver hands them out; becomes that of whoever asks
     *     first
     */
    OpenedDataSource(DataSource driver, Connection opened) {
        this.driver = driver;
        this.opened = new AtomicReference<>(opened);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection first = opened.getAndSet(null);
        return first == null ? driver.getConnection() : first;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return driver.getConnection(user, password);
    }

    /** Closes the first connection, if nobody has taken it. */
    @Override
    public void close() throws SQLException {
        Connection first = opened.getAndSet(null);
        if (first != null) {
            first.close();
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return driver.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
        driver.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        driver.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return driver.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return driver.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return driver.isWrapperFor(type);
    }
}
