package io.docrows.internal.orphan;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.TableMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Foreign keys of the target by which PostgreSQL itself would delete or change rows of documents that still exist,
 * where a run cannot keep it from doing so.
 */
public final class CascadingKeys {

    private static final Logger LOG = LoggerFactory.getLogger(CascadingKeys.class);

    private static final String WAYS = """
            WITH RECURSIVE given AS (
                SELECT ARRAY(SELECT to_regclass(n)::oid FROM unnest(?::text[]) n) AS roots,
                       ARRAY(SELECT to_regclass(n)::oid FROM unnest(?::text[]) n) AS filled
            ), way AS (
                SELECT c.oid AS key, c.conrelid AS rel, c.confrelid AS root, c.confdeltype AS how, ARRAY[c.conrelid] AS path
                FROM pg_constraint c, given g
                WHERE c.contype = 'f' AND c.confdeltype IN ('c', 'n', 'd') AND c.confrelid = ANY (g.roots)
                UNION ALL
                SELECT c.oid, c.conrelid, w.root, c.confdeltype, w.path || c.conrelid
                FROM way w JOIN pg_constraint c ON c.confrelid = w.rel, given g
                WHERE c.contype = 'f' AND c.confdeltype IN ('c', 'n', 'd') AND w.how = 'c'
                  AND NOT w.rel = ANY (g.filled) AND NOT c.conrelid = ANY (w.path)
            )
            SELECT DISTINCT w.root::regclass::text, w.rel::regclass::text, w.how, cardinality(w.path),
                   (SELECT string_agg(p.rel::regclass::text, ', ' ORDER BY p.place)
                    FROM unnest(w.path) WITH ORDINALITY p (rel, place) WHERE p.place < cardinality(w.path)),
                   ARRAY(SELECT a.attname::text FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid
                         AND a.attnum = ANY (c.conkey) WHERE c.oid = w.key ORDER BY 1),
                   (SELECT format('%I.%I', n.nspname, r.relname) FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
                    WHERE r.oid = w.rel)
            FROM way w, given g WHERE w.rel = ANY (g.filled) ORDER BY 1, 2, 4
            """;

    private CascadingKeys() {}

    /** A way from a table whose rows are deleted to one whose rows go, or whose columns are emptied with them. */
    private record Way(
            String from, String to, boolean goes, int length, String through, List<String> columns, String qualified) {

        private boolean isTo(Table<?> table) {
            return QualifiedName.of(table).toString().replace("\"", "").equals(qualified.replace("\"", ""));
        }
    }

    /**
     * Refuses to let orphaned rows go where rows of documents would go with them through tables that nothing maps.
     *
     * @param connection a connection to the target
     * @param mappings every mapping of the pipeline
     * @param selected those whose orphaned rows are to go
     * @throws SQLException if the catalog cannot be read
     * @throws DocrowsException {@code INVALID_OPTION}, naming the tables
     */
    static void requireNoneOfOrphans(
            Connection connection, List<CollectionMapping<?>> mappings, List<CollectionMapping<?>> selected)
            throws SQLException {
        List<String> problems = new ArrayList<>();
        for (Way way : ways(connection, tables(selected), tables(mappings))) {
            // One that leads here directly keeps the row that is referred to.
            if (way.length() > 1) {
                problems.add((way.goes() ? "rows of " : "columns of ") + way.to() + " go with rows of " + way.from()
                        + " through " + way.through());
            }
        }
        if (!problems.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "Deleting orphaned rows would have PostgreSQL delete or empty what documents fill that still exist: "
                            + String.join("; ", problems)
                            + ". Set deletes to ignore, or give one of the foreign keys on the way NO ACTION instead of"
                            + " CASCADE: rows that are referred to are then kept.");
        }
    }

    /**
     * Refuses a target in which rows of one collection go when a part of another one's document goes, and warns of one
     * in which only columns of them are emptied: nobody knows then whose documents they were of, before those are read.
     *
     * @param connection a connection to the target
     * @param mappings every mapping of the pipeline
     * @param selected those that are loaded
     * @throws SQLException if the catalog cannot be read
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH}, naming the tables
     */
    public static void requireNoneOfParts(
            Connection connection, List<CollectionMapping<?>> mappings, List<CollectionMapping<?>> selected)
            throws SQLException {
        Set<String> problems = new LinkedHashSet<>();
        Set<String> emptied = new TreeSet<>();
        for (CollectionMapping<?> mapping : selected) {
            Set<Table<?>> parts = new LinkedHashSet<>(mapping.tables());
            parts.remove(mapping.table());
            Set<Table<?>> others = tables(mappings.stream()
                    .filter(other -> !other.collection().equals(mapping.collection()))
                    .toList());
            others.removeAll(mapping.tables());
            if (parts.isEmpty() || others.isEmpty()) {
                continue;
            }
            for (Way way : ways(connection, parts, others)) {
                if (way.goes()) {
                    problems.add("rows of " + way.to() + " go with rows of " + way.from());
                } else {
                    for (String column : filled(way, mappings)) {
                        emptied.add(way.to() + "." + column + " with rows of " + way.from());
                    }
                }
            }
        }
        if (!emptied.isEmpty()) {
            LOG.warn(
                    "When a part of a document is taken out, PostgreSQL empties columns of other documents that still"
                            + " exist (ON DELETE SET NULL): {}. Neither a run nor a plan counts them; verify shows them,"
                            + " and the next run that reads those documents fills them again, or has them wait",
                    String.join("; ", emptied));
        }
        if (!problems.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.TARGET_SCHEMA_MISMATCH,
                    "When a part of a document is taken out, PostgreSQL would delete rows of other documents that still"
                            + " exist (ON DELETE CASCADE): "
                            + String.join("; ", problems)
                            + ". Give these foreign keys NO ACTION: a document that takes out what others refer to is then"
                            + " rejected; or SET NULL.");
        }
    }

    /** Those of the columns at the end of a way that documents fill. */
    private static Set<String> filled(Way way, List<CollectionMapping<?>> mappings) {
        Set<String> filled = new TreeSet<>();
        for (CollectionMapping<?> mapping : mappings) {
            List<TableMapping> tables = new ArrayList<>(List.of(mapping));
            tables.addAll(TableTree.children(mapping));
            for (TableMapping table : tables) {
                if (way.isTo(table.table())) {
                    table.columns().forEach(column -> filled.add(column.column().getName()));
                    table.references()
                            .forEach(reference -> filled.add(reference.column().getName()));
                }
            }
        }
        filled.retainAll(way.columns());
        return filled;
    }

    private static Set<Table<?>> tables(Collection<CollectionMapping<?>> mappings) {
        Set<Table<?>> tables = new LinkedHashSet<>();
        mappings.forEach(mapping -> tables.addAll(mapping.tables()));
        return tables;
    }

    private static List<Way> ways(Connection connection, Set<Table<?>> from, Set<Table<?>> filled) throws SQLException {
        List<Way> ways = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(WAYS)) {
            statement.setArray(1, names(connection, from));
            statement.setArray(2, names(connection, filled));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ways.add(new Way(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3).equals("c"),
                            rows.getInt(4),
                            String.valueOf(rows.getString(5)),
                            List.of((String[]) rows.getArray(6).getArray()),
                            rows.getString(7)));
                }
            }
        }
        return ways;
    }

    private static java.sql.Array names(Connection connection, Set<Table<?>> tables) throws SQLException {
        return connection.createArrayOf("text", tables.stream().map(Sql::table).toArray());
    }
}
