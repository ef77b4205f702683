package io.docrows.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.internal.postgres.TransientErrors;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** The end of a COPY is lost on the way, trailer and all; PostgreSQL itself takes that for a short one. */
final class LostRowsIT {

    private static final int HEADER = 19;
    private static final int ROW = Short.BYTES + 2 * Integer.BYTES;

    private final Database database = Bookshop.database();
    private final AtomicInteger left = new AtomicInteger(1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void rowsThatPostgreSqlNeverSawFailTheCopy(int arriving) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> copyThree(HEADER + arriving * ROW))
                .withMessage("PostgreSQL has taken " + arriving + " of 3 rows that were copied into pg_temp.numbers")
                .satisfies(e -> assertThat(TransientErrors.includes(e)).isTrue());
    }

    @Test
    void aRowThatIsCutInTheMiddleFailsTheCopy() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> copyThree(HEADER + 2 * ROW - 1))
                .withMessageContaining("unexpected EOF in COPY data");
    }

    @Test
    void aTrailerAloneIsNotMissed() {
        assertThatCode(() -> copyThree(HEADER + 3 * ROW)).doesNotThrowAnyException();
    }

    private void copyThree(int bytes) throws SQLException {
        try (Connection connection = losing(database.target(), bytes).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE numbers (value int)");
            CopyIn.copy(connection, "pg_temp.numbers", "value", writer -> {
                for (int i = 0; i < 3; i++) {
                    writer.startRow(1);
                    writer.writeInt(i);
                }
            });
        }
    }

    @Test
    void aBatchOfWhichRowsAreLostIsWrittenAgain() {
        AtomicInteger retries = new AtomicInteger();
        RunReport report = Bookshop.pipeline()
                .source(new MemorySource()
                        .with("authors", "{_id: 1, name: 'Ada'}", "{_id: 2, name: 'Bob'}")
                        .with("books")
                        .with("employees"))
                .target(losing(database.target(), HEADER))
                .run(RunOptions.defaults().listener(new RunListener() {
                    @Override
                    public void retrying(String what, int attempt, Duration delay) {
                        retries.incrementAndGet();
                    }
                }));

        assertThat(report.total()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(retries).hasValue(1);
        assertThat(database.rows("SELECT name FROM author ORDER BY name")).containsExactly("Ada", "Bob");
    }

    /** Loses all but the first bytes of the first COPY. */
    private DataSource losing(DataSource target, int bytes) {
        return with(DataSource.class, target, "getConnection", () -> {
            Connection connection = target.getConnection();
            PGConnection driver = connection.unwrap(PGConnection.class);
            CopyManager copies = new CopyManager(connection.unwrap(BaseConnection.class)) {
                @Override
                public org.postgresql.copy.CopyIn copyIn(String sql) throws SQLException {
                    org.postgresql.copy.CopyIn copy = super.copyIn(sql);
                    return left.getAndDecrement() > 0 ? cut(copy, bytes) : copy;
                }
            };
            PGConnection seen = with(PGConnection.class, driver, "getCopyAPI", () -> copies);
            return with(Connection.class, connection, "unwrap", () -> seen);
        });
    }

    private static org.postgresql.copy.CopyIn cut(org.postgresql.copy.CopyIn copy, int bytes) {
        AtomicInteger room = new AtomicInteger(bytes);
        return (org.postgresql.copy.CopyIn) Proxy.newProxyInstance(
                LostRowsIT.class.getClassLoader(),
                new Class<?>[] {org.postgresql.copy.CopyIn.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("writeToCopy") && arguments.length == 3) {
                        int length = Math.min((int) arguments[2], room.get());
                        room.addAndGet(-length);
                        arguments[2] = length;
                    }
                    return invoke(() -> method.invoke(copy, arguments));
                });
    }

    /** The same, but for what one method returns. */
    private static <T> T with(Class<T> type, T on, String name, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                LostRowsIT.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getName().equals(name) ? answer.get() : invoke(() -> method.invoke(on, arguments))));
    }

    private static Object invoke(Answer call) throws Throwable {
        try {
            return call.get();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @FunctionalInterface
    private interface Answer {
        Object get() throws Exception;
    }
}
