package io.docrows.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;

/**
 * A pool of so many connections at most, which hands each out as it came back. Asked for more, it fails at once, as a
 * role with a connection limit does.
 */
public final class FewConnections implements AutoCloseable {

    private final DataSource target;
    private final int most;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> all = new ArrayList<>();
    private int peak;

    public FewConnections(DataSource target, int most) {
        this.target = target;
        this.most = most;
    }

    public DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                FewConnections.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return lent(take());
                    }
                    return method.invoke(target, arguments);
                });
    }

    /** How many were in use at the same time. */
    public synchronized int peak() {
        return peak;
    }

    private synchronized Connection take() throws SQLException {
        Connection connection = idle.poll();
        if (connection == null) {
            if (all.size() == most) {
                throw new SQLException("too many connections for role \"loader\"", "53300");
            }
            connection = target.getConnection();
            all.add(connection);
        }
        peak = Math.max(peak, all.size() - idle.size());
        return connection;
    }

    private synchronized void giveBack(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            all.remove(connection);
        } else if (!idle.contains(connection)) {
            connection.setAutoCommit(true);
            idle.push(connection);
        }
    }

    private Connection lent(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                FewConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        giveBack(connection);
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public synchronized void close() throws SQLException {
        for (Connection connection : all) {
            connection.close();
        }
    }
}
