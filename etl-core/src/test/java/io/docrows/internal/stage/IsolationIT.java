package io.docrows.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.docrows.internal.postgres.Statements;
import io.docrows.testing.Bookshop;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IsolationIT {

    private final Connection connection;
    private final List<String> refused = new ArrayList<>();

    IsolationIT() throws SQLException {
        connection = Bookshop.database().target().getConnection();
    }

    @BeforeEach
    void table() throws SQLException {
        connection.setAutoCommit(false);
        Statements.execute(connection, "CREATE TEMP TABLE stock (place int CHECK (place > 0))");
        connection.commit();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void insert(List<String> places) throws SQLException {
        Statements.execute(
                connection,
                "INSERT INTO stock VALUES "
                        + places.stream().map(place -> "(" + place + ")").collect(Collectors.joining(", ")));
    }

    private List<String> stock() throws SQLException {
        return Statements.rows(connection, "SELECT place FROM stock ORDER BY place", row -> row.getString(1));
    }

    @Test
    void withSavepointsTheCallerCommitsWhatWasNotRefused() throws SQLException {
        Isolation.withSavepoints(connection)
                .write(
                        List.of("1", "-2", "3", "-4", "5"),
                        this::insert,
                        (one, error, failure) -> refused.add(one + " " + error.sqlState()));

        assertThat(refused).containsExactly("-2 23514", "-4 23514");
        assertThat(stock()).containsExactly("1", "3", "5");
        connection.rollback();
        assertThat(stock()).isEmpty();
    }

    @Test
    void withCommitsWhatIsDoneInsteadIsKeptToo() throws SQLException {
        Isolation.withCommits(connection)
                .write(
                        List.of("-1", "-2", "3", "-4"),
                        this::insert,
                        (one, error, failure) -> insert(List.of(one.substring(1) + "0")));

        connection.rollback();
        assertThat(stock()).containsExactly("3", "10", "20", "40");
    }

    @Test
    void aLostConnectionOfAPoolIsToldAsWhatItIs() throws SQLException {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(Bookshop.database().target());
            pool.setAutoCommit(false);
            Connection pooled = pool.getConnection();

            assertThatThrownBy(() -> Isolation.withCommits(pooled)
                            .write(
                                    List.of("1", "2"),
                                    some -> Statements.execute(pooled, "SELECT pg_terminate_backend(pg_backend_pid())"),
                                    (one, error, failure) -> refused.add(one)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void aStatementThatIsWrongIsNobodysFault() {
        assertThatThrownBy(() -> Isolation.withSavepoints(connection)
                        .write(
                                List.of("1", "2"),
                                some -> Statements.execute(connection, "INSERT INTO nowhere VALUES (1)"),
                                (one, error, failure) -> refused.add(one)))
                .isInstanceOf(SQLException.class);
        assertThat(refused).isEmpty();
    }
}
