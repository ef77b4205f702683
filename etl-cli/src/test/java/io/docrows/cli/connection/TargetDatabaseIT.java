package io.docrows.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.embedded.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TargetDatabaseIT {

    @SuppressWarnings("NullAway.Init")
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.temporary();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TargetDatabase open() {
        return TargetDatabase.open(TargetAddress.parse(server.connectionUri(), Path.of("")), 2);
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void theConnectionThatAskedTheTargetIsTheFirstOfThePool() throws SQLException {
        try (TargetDatabase database = open();
                Connection other = server.dataSource().getConnection()) {
            String opened = ask(other, "SELECT clock_timestamp()");
            try (Connection first = database.dataSource().getConnection();
                    Connection second = database.dataSource().getConnection()) {
                String since =
                        "SELECT backend_start < '" + opened + "' FROM pg_stat_activity WHERE pid = pg_backend_pid()";
                assertThat(ask(first, since))
                        .as("one hashing of a password less")
                        .isEqualTo("t");
                assertThat(ask(second, since)).isEqualTo("f");
                assertThat(first.getAutoCommit()).isTrue();
                assertThat(ask(first, "SHOW search_path")).isEqualTo(ask(second, "SHOW search_path"));
            }
        }
    }

    @Test
    void aConnectionThatNobodyTookIsClosed() throws SQLException {
        Connection asked = server.dataSource().getConnection();
        try (OpenedDataSource untaken = new OpenedDataSource(server.dataSource(), asked)) {
            assertThat(untaken.getLoginTimeout()).isZero();
        }
        assertThat(asked.isClosed()).isTrue();

        Connection taken = server.dataSource().getConnection();
        try (OpenedDataSource source = new OpenedDataSource(server.dataSource(), taken)) {
            assertThat(source.getConnection()).isSameAs(taken);
        }
        assertThat(taken.isClosed()).isFalse();
        taken.close();
    }
}
