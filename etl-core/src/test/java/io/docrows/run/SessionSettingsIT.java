package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.FewConnections;
import io.docrows.testing.MemorySource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the role, the database, a pool or a migration has set changes nothing of what is loaded. */
@Tag("long")
final class SessionSettingsIT {

    /** All that a migration may set and leave behind; a reference's row is not looked for under {@code replica}. */
    private static final List<String> LEFT_BEHIND = List.of(
            "SET search_path = aside",
            "SET timezone = 'Pacific/Apia'",
            "SET datestyle = 'ISO, DMY'",
            "SET intervalstyle = 'iso_8601'",
            "SET bytea_output = 'escape'",
            "SET work_mem = '64kB'",
            "SET lock_timeout = '1ms'",
            "SET statement_timeout = '500ms'",
            "SET idle_in_transaction_session_timeout = '500ms'",
            "SET session_replication_role = replica",
            "SET default_transaction_read_only = on",
            "SET default_transaction_isolation = serializable",
            "SET synchronous_commit = off",
            "SET standard_conforming_strings = off");

    private static final String[] SEEN = {
        "search_path", "TimeZone", "lock_timeout", "session_replication_role", "synchronous_commit", "IntervalStyle"
    };

    private final Database database = Bookshop.database();

    private ConnectedPipeline pipeline(DataSource target) {
        return Bookshop.pipeline()
                .source(new MemorySource()
                        .with("authors", "{_id: 1, name: \"O'Neill \\\\ Sons\"}")
                        .with("books", "{_id: 1, title: 'T', author: 1, tags: ['new']}")
                        .with("employees", "{_id: 2, boss: 1}", "{_id: 1}"))
                .target(target);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 10})
    void leftBehindByMigrationsDoNotReachALoad(int connections) throws SQLException {
        aside();
        try (FewConnections pool = new FewConnections(database.target(), connections)) {
            DataSource target = pool.dataSource();
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                all.add(target.getConnection());
            }
            for (Connection one : all) {
                try (Statement statement = one.createStatement()) {
                    for (String set : LEFT_BEHIND) {
                        statement.execute(set);
                    }
                }
                one.close();
            }
            loads(target);
            for (int i = 0; i < connections; i++) {
                all.set(i, target.getConnection());
                assertThat(settings(all.get(i)))
                        .as("a connection goes back to its pool as it was")
                        .containsExactly("aside", "Pacific/Apia", "1ms", "replica", "off", "iso_8601");
            }
        }
    }

    @Test
    void ofTheRoleAndTheDatabaseDoNotReachALoad() {
        aside();
        String name = database.rows("SELECT current_database()").get(0);
        database.execute("ALTER DATABASE " + name + " SET search_path = aside, \"$user\"");
        database.execute("ALTER DATABASE " + name + " SET intervalstyle = 'iso_8601'");
        database.execute("ALTER DATABASE " + name + " SET bytea_output = 'escape'");
        database.execute("ALTER DATABASE " + name + " SET session_replication_role = replica");
        loads(database.target());
    }

    /** Rows are sent as UTF-8, whatever a server would take them for. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "LATIN1"})
    void theEncodingThatARoleExpectsChangesNoText(String ofDatabase) {
        Database encoded = Bookshop.database(ofDatabase);
        String role = "latin_" + encoded.rows("SELECT current_database()").get(0);
        PGSimpleDataSource target = encoded.as(role);
        encoded.execute("ALTER ROLE " + role + " SUPERUSER");
        encoded.execute("ALTER ROLE " + role + " SET client_encoding = 'LATIN1'");
        ConnectedPipeline pipeline = Bookshop.pipeline()
                .source(new MemorySource()
                        .with("authors", "{_id: 'b\u00f6', name: 'Bj\u00f6rk \u00c3\u00b6'}")
                        .with("books", "{_id: 1, title: '\u00dc', author: 'b\u00f6', tags: ['new']}")
                        .with("employees"))
                .target(target);

        assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(pipeline.run(RunOptions.defaults().force(true)).total()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
        assertThat(pipeline.verify(VerifyOptions.defaults().values(true)).isEqual())
                .isTrue();
        assertThat(encoded.rows("SELECT name, encode(convert_to(name, 'UTF8'), 'hex') FROM author"))
                .containsExactly("Bj\u00f6rk \u00c3\u00b6|426ac3b6726b20c383c2b6");
        assertThat(encoded.rows("SELECT title, author_id IS NOT NULL FROM book"))
                .containsExactly("\u00dc|t");
    }

    /** A second set of the tables, which the path would lead to. */
    private void aside() {
        database.execute("CREATE SCHEMA aside");
        for (String table : List.of("author", "book", "book_tag", "tag", "employee")) {
            database.execute("CREATE TABLE aside." + table + " (LIKE public." + table + " INCLUDING ALL)");
        }
        database.execute("CREATE TABLE aside.docrows_stage (ord text)");
    }

    private void loads(DataSource target) {
        RunOptions options = RunOptions.defaults().writers(1);
        assertThat(pipeline(target).run(options).total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
        assertThat(pipeline(target).run(options).total()).isEqualTo(new Counts(4, 0, 0, 4, 0, 0));
        assertThat(pipeline(target).verify(VerifyOptions.defaults()).isEqual()).isTrue();
        assertThat(pipeline(target)
                        .plan(PlanOptions.of(options.deletes(DeleteMode.DELETE)))
                        .changesNothing())
                .isTrue();
        assertThat(database.rows("SELECT name FROM public.author")).containsExactly("O'Neill \\ Sons");
        assertThat(database.rows("SELECT 1 FROM aside.author UNION SELECT 1 FROM aside.book"))
                .isEmpty();
    }

    private static List<String> settings(Connection connection) throws SQLException {
        List<String> settings = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String name : SEEN) {
                try (var row = statement.executeQuery("SHOW " + name)) {
                    row.next();
                    settings.add(row.getString(1));
                }
            }
        }
        return settings;
    }
}
