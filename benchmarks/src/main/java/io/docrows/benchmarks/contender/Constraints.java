package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.Shape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The constraints and indexes of all tables, as the statements that drop them and make them again. Immutable. */
final class Constraints {

    /** Foreign keys first: they rest on the others. */
    private static final String DROP = """
        SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname)
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')
          AND conrelid = ANY (%s)
        ORDER BY contype <> 'f', conname
        """;

    private static final String CREATE = """
        SELECT format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')
          AND conrelid = ANY (%s)
        ORDER BY contype = 'f', conname
        """;

    private static final String BARE_INDEXES = """
        SELECT %1$s
        FROM pg_index i
        WHERE i.indrelid = ANY (%2$s)
          AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
        """;

    private final List<String> create;

    private Constraints(List<String> create) {
        this.create = List.copyOf(create);
    }

    /** Drops them all. */
    static Constraints drop(Connection connection, Shape shape) throws SQLException {
        String tables = "'{" + shape.tableNames() + "}'::regclass[]";
        List<String> foreignKeys = new ArrayList<>();
        List<String> create = new ArrayList<>();
        for (String statement : texts(connection, CREATE.formatted(tables))) {
            (statement.contains("FOREIGN KEY") ? foreignKeys : create).add(statement);
        }
        create.addAll(texts(connection, BARE_INDEXES.formatted("pg_get_indexdef(i.indexrelid)", tables)));
        create.addAll(foreignKeys);
        List<String> drop =
                texts(connection, BARE_INDEXES.formatted("'DROP INDEX ' || i.indexrelid::regclass", tables));
        drop.addAll(texts(connection, DROP.formatted(tables)));
        execute(connection, drop);
        return new Constraints(create);
    }

    /** Makes them again: primary keys, unique constraints, indexes, foreign keys. */
    void create(Connection connection) throws SQLException {
        execute(connection, create);
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
