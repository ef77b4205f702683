package io.docrows.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.sql.DataSource;

/** The texts of all statements that are prepared or executed over a data source. */
public final class RecordedStatements {

    private final DataSource target;
    private final Set<String> statements = new ConcurrentSkipListSet<>();

    public RecordedStatements(DataSource target) {
        this.target = target;
    }

    public Set<String> statements() {
        return statements;
    }

    public DataSource dataSource() {
        return recording(DataSource.class, target);
    }

    private <T> T recording(Class<T> type, T on) {
        return type.cast(Proxy.newProxyInstance(
                RecordedStatements.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0] instanceof String sql && on != target) {
                        statements.add(sql);
                    }
                    try {
                        Object result = method.invoke(on, arguments);
                        if (result instanceof Connection connection
                                && !method.getName().equals("unwrap")) {
                            return recording(Connection.class, connection);
                        }
                        return result instanceof Statement statement
                                        && type == Connection.class
                                        && method.getReturnType() == Statement.class
                                ? recording(Statement.class, statement)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
