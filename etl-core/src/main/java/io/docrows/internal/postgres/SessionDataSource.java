package io.docrows.internal.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections with the settings of our sessions, for libraries that take a {@link DataSource}. */
public final class SessionDataSource {

    private SessionDataSource() {}

    /**
     * Another data source's connections, each with the settings of our sessions until it is closed, which puts them
     * back before the connection goes to its pool.
     *
     * @param target where connections come from
     * @param name shown as {@code application_name} in PostgreSQL's views
     * @return as thread-safe as the target; throws {@link io.docrows.error.DocrowsException} where there is no
     *     connection to be had
     */
    public static DataSource over(DataSource target, String name) {
        return proxy(
                DataSource.class,
                (method, arguments) -> method.getName().equals("getConnection") && arguments == null
                        ? connection(TargetSession.open(target, true, name))
                        : invoke(target, method, arguments));
    }

    /**
     * Another data source's connections for migrations, each with the settings of our sessions when it is taken. Names
     * without a schema are looked for in PostgreSQL's own schema and in those of extensions, whatever the role's or the
     * database's search path is; Flyway puts the schema of the tables before those. What a migration sets in its
     * session is undone before the connection goes to its pool.
     *
     * @param target where connections come from
     * @param name shown as {@code application_name} in PostgreSQL's views
     * @return as thread-safe as the target; throws what the target throws
     */
    public static DataSource forMigrations(DataSource target, String name) {
        return proxy(
                DataSource.class,
                (method, arguments) -> method.getName().equals("getConnection") && arguments == null
                        ? connection(lent(TargetSession.connect(target, true, name)))
                        : invoke(target, method, arguments));
    }

    private static TargetSession lent(TargetSession session) throws SQLException {
        try {
            return session.lent();
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    private static Connection connection(TargetSession session) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                session.close();
                return null;
            }
            return invoke(session.connection(), method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                SessionDataSource.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(method, arguments)));
    }

    private static @Nullable Object invoke(Object on, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @FunctionalInterface
    private interface Call {
        @Nullable Object of(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }
}
