package io.docrows.internal.bulkload;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.DroppedConstraints;
import io.docrows.internal.postgres.Rollback;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.TransientErrors;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.CollectionMapping;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what slows down the first load of empty tables: foreign keys, indexes, and primary keys and unique constraints
 * that no foreign key needs. All of it happens in one transaction, together with the entries that tell how to rebuild
 * it.
 *
 * <p>A table is left as it is when another session could notice more than the missing constraints, or when they could
 * not be rebuilt exactly as they were: when it holds rows, is partitioned, inherits or is inherited from, has rules or
 * row-level security, is published, or belongs to another role. So is an index that is partial, over expressions,
 * invalid, clustered, the replica identity, treats nulls as equal, or lies in a tablespace of its own; they only cost
 * time. So is what the role may not make again, and what says more than {@link LoadedRows} does: PostgreSQL has to
 * refuse a row while its document is known, as no rebuilding can do without that row.
 */
public final class ConstraintDrop {

    private static final Logger LOG = LoggerFactory.getLogger(ConstraintDrop.class);

    /** How long to wait for sessions that use the tables. */
    private static final String PATIENCE = "5s";

    /** The same for a table that is loaded later, from which less is to be gained. */
    private static final String LESS_PATIENCE = "1s";

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEPENDENT_OBJECTS = "2BP01";

    private static final String SUITABLE = """
        SELECT c.relkind = 'r' AND NOT c.relispartition AND NOT c.relhassubclass AND NOT c.relhasrules
           AND NOT c.relrowsecurity AND pg_has_role(c.relowner, 'USAGE')
           AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
           AND NOT EXISTS (SELECT FROM pg_publication_tables p
                           WHERE p.schemaname = n.nspname AND p.tablename = c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ?::regclass
        """;

    private static final String FOREIGN_KEYS = """
        SELECT c.conname AS name, 'foreign key' AS kind,
               ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k (number, place)
                     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number ORDER BY k.place) AS columns,
               format('ALTER TABLE %s ADD CONSTRAINT %I %s', ?::text, c.conname, pg_get_constraintdef(c.oid))
                   || CASE WHEN c.convalidated THEN ' NOT VALID' ELSE '' END AS rebuild,
               CASE WHEN c.convalidated THEN format('ALTER TABLE %s VALIDATE CONSTRAINT %I', ?::text, c.conname) END AS complete,
               CASE WHEN obj_description(c.oid, 'pg_constraint') IS NOT NULL
                    THEN format('COMMENT ON CONSTRAINT %I ON %s IS %L', c.conname, ?::text, obj_description(c.oid, 'pg_constraint'))
                    END AS comment,
               NULL AS index_comment,
               format('ALTER TABLE %s DROP CONSTRAINT %I', ?::text, c.conname) AS dropping
        FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid
        WHERE c.conrelid = ?::regclass AND c.contype = 'f' AND c.conparentid = 0
          AND (?::text IS NULL OR c.confrelid = ?::regclass)
          AND has_schema_privilege(r.relnamespace, 'USAGE')
          AND NOT EXISTS (
            SELECT FROM unnest(c.conkey, c.confkey) k (number, other)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
            JOIN pg_attribute o ON o.attrelid = c.confrelid AND o.attnum = k.other
            WHERE NOT has_column_privilege(c.confrelid, k.other, 'REFERENCES')
               OR NOT EXISTS (SELECT FROM unnest(?::text[], ?::text[], ?::text[]) t (own, referred, other)
                              WHERE t.own = a.attname AND t.referred::regclass = c.confrelid AND t.other = o.attname))
        ORDER BY c.oid
        """;

    private static final String INDEXES = """
        SELECT ic.relname AS name,
               CASE WHEN c.contype = 'p' THEN 'primary key' WHEN i.indisunique THEN 'unique' ELSE 'index' END AS kind,
               ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
                     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
                     WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS columns,
               ARRAY(SELECT a.attname::text FROM unnest(i.indkey[0:i.indnkeyatts - 1]) k (number)
                     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
                     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                     WHERE a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid)
                       ~ '^(nextval\\(''[^'']*''::regclass\\)|(\\w+\\.)?(gen_random_uuid|uuidv[47]|uuid_generate_v[14])\\(\\))$') AS generated,
               pg_get_indexdef(i.indexrelid) AS rebuild,
               CASE WHEN c.oid IS NOT NULL THEN
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s USING INDEX %I', ?::text, c.conname,
                          CASE c.contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, ic.relname)
                   || CASE WHEN c.condeferrable THEN ' DEFERRABLE' ELSE '' END
                   || CASE WHEN c.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END END AS complete,
               CASE WHEN obj_description(c.oid, 'pg_constraint') IS NOT NULL
                    THEN format('COMMENT ON CONSTRAINT %I ON %s IS %L', c.conname, ?::text, obj_description(c.oid, 'pg_constraint'))
                    END AS comment,
               CASE WHEN obj_description(i.indexrelid, 'pg_class') IS NOT NULL
                    THEN format('COMMENT ON INDEX %s IS %L', i.indexrelid::regclass, obj_description(i.indexrelid, 'pg_class'))
                    END AS index_comment,
               CASE WHEN c.oid IS NOT NULL THEN format('ALTER TABLE %s DROP CONSTRAINT %I', ?::text, c.conname)
                    ELSE format('DROP INDEX %s', i.indexrelid::regclass) END AS dropping
        FROM pg_index i
        JOIN pg_class ic ON ic.oid = i.indexrelid
        JOIN pg_class tc ON tc.oid = i.indrelid
        LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid AND c.contype IN ('p', 'u', 'x')
        WHERE i.indrelid = ?::regclass AND i.indisvalid AND NOT i.indisclustered AND NOT i.indisreplident
          AND NOT i.indisexclusion
          AND i.indpred IS NULL AND i.indexprs IS NULL AND ic.reltablespace = 0
          AND pg_get_indexdef(i.indexrelid) NOT LIKE '%NULLS NOT DISTINCT%'
          AND c.contype IS DISTINCT FROM 'x' AND (c.oid IS NULL OR (c.conparentid = 0 AND c.conname = ic.relname))
          AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid)
          AND has_schema_privilege(tc.relnamespace, 'CREATE')
          AND NOT (i.indisunique AND EXISTS (
            SELECT FROM unnest(i.indkey::int2[], i.indcollation::oid[], i.indclass::oid[]) k (number, compares, class)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
            JOIN pg_opclass o ON o.oid = k.class
            WHERE k.compares <> a.attcollation
               OR NOT EXISTS (SELECT FROM pg_opclass d WHERE d.opcfamily = o.opcfamily AND d.opcdefault)))
        ORDER BY i.indexrelid
        """;

    private final Connection connection;
    private final LoadedRows rows;
    private final LoadedRows copied;

    /** What was dropped before in the run, or by another of the pipeline: a name can be written down only once. */
    private final List<DroppedConstraint> missing;

    private ConstraintDrop(Connection connection, LoadedRows rows, LoadedRows copied, List<DroppedConstraint> missing) {
        this.connection = connection;
        this.rows = rows;
        this.copied = copied;
        this.missing = missing;
    }

    /**
     * Drops what can be rebuilt, if all tables are empty and suitable. Foreign keys of other tables that are, and that
     * are going to be loaded later in the run, go as well where they refer to a mapped table: its primary key need not
     * stay for them.
     *
     * @param connection without auto-commit; the caller commits
     * @param pipeline the pipeline's name
     * @param run the run's number
     * @param collection what is going to be loaded
     * @param later what the run loads after it
     * @return whether the tables are ready to be copied into; if not, the caller rolls back
     * @throws SQLException if it fails; the caller rolls back
     */
    public static boolean drop(
            Connection connection,
            String pipeline,
            long run,
            MappedCollection collection,
            List<CollectionMapping<?>> later)
            throws SQLException {
        List<CollectionMapping<?>> loaded = new ArrayList<>(collection.mappings());
        // They may write into the same tables, before foreign keys are rebuilt.
        loaded.addAll(later);
        ConstraintDrop drop = new ConstraintDrop(
                connection,
                LoadedRows.of(loaded),
                LoadedRows.of(collection.mappings()),
                DroppedConstraints.of(connection, pipeline));
        try {
            List<DroppedConstraint> dropped = drop.drop(collection, later);
            if (!collection.mappings().stream()
                    .allMatch(mapping -> dropped.stream().anyMatch(constraint -> constraint.isUniqueKeyOf(mapping)))) {
                return false;
            }
            DroppedConstraints.add(connection, pipeline, run, dropped);
            LOG.info(
                    "{} constraints and indexes of {} are dropped until its bulk load is done",
                    dropped.size(),
                    collection.tableNames());
            return true;
        } catch (SQLException e) {
            if (TransientErrors.includes(e)) {
                throw e;
            }
            if (isInUse(e)) {
                LOG.info(
                        "other sessions use {} or a table it refers to, so its constraints stay in place during the"
                                + " load",
                        collection.tableNames());
            } else {
                // Such as an event trigger that refuses.
                LOG.warn(
                        "the constraints of {} cannot be dropped (SQLSTATE {}), so they stay in place during the load",
                        collection.tableNames(),
                        e.getSQLState());
            }
            return false;
        }
    }

    /** Drops what can be rebuilt; nothing if a table is not suitable, or not empty. */
    private List<DroppedConstraint> drop(MappedCollection collection, List<CollectionMapping<?>> later)
            throws SQLException {
        List<String> tables = collection.mappings().stream()
                .flatMap(mapping -> tables(mapping).stream())
                .toList();
        List<DroppedConstraint> dropped = new ArrayList<>();
        if (!suitable(tables) || !lockedAndEmpty(tables, PATIENCE)) {
            return dropped;
        }
        for (String each : tables) {
            drop(foreignKeys(each, null), dropped);
        }
        Set<String> others = new LinkedHashSet<>();
        later.forEach(each -> others.addAll(tables(each)));
        tables.forEach(others::remove);
        for (CollectionMapping<?> mapping : collection.mappings()) {
            for (String other : others) {
                dropReferring(other, QualifiedName.of(mapping.table()).toString(), dropped);
            }
        }
        for (String each : tables) {
            drop(indexes(each), dropped);
        }
        return dropped;
    }

    /** Drops the foreign keys of one table that refer to another, if it is empty and suitable, too. */
    private void dropReferring(String table, String referenced, List<DroppedConstraint> dropped) throws SQLException {
        List<Dropping> keys = foreignKeys(table, referenced);
        if (keys.isEmpty() || !suitable(List.of(table))) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            if (lockedAndEmpty(List.of(table), LESS_PATIENCE)) {
                List<DroppedConstraint> gone = new ArrayList<>();
                drop(keys, gone);
                dropped.addAll(gone);
            }
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            Rollback.orThrow(e, connection, before);
            if (TransientErrors.includes(e)) {
                throw e;
            }
            LOG.debug("the foreign keys of {} stay in place, SQLSTATE {}", table, e.getSQLState());
        }
    }

    private static boolean isInUse(SQLException failure) {
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
    }

    /**
     * The tables that a mapping fills, lookup tables excluded.
     *
     * @param mapping the mapping
     * @return their names as {@code schema.table}, quoted, the mapped table last
     */
    public static List<String> tables(CollectionMapping<?> mapping) {
        List<String> tables = new ArrayList<>();
        TableTree.tables(mapping)
                .forEach(table -> tables.add(QualifiedName.of(table).toString()));
        // Those below come before those above.
        Collections.reverse(tables);
        return tables;
    }

    private boolean suitable(List<String> tables) throws SQLException {
        for (String table : tables) {
            try (PreparedStatement statement = connection.prepareStatement(SUITABLE)) {
                statement.setString(1, table);
                try (ResultSet rows = statement.executeQuery()) {
                    if (!rows.next() || !rows.getBoolean(1)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Takes the locks that dropping needs; for a foreign key it needs one on the other table, too. */
    private boolean lockedAndEmpty(List<String> tables, String patience) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '" + patience + "'");
            statement.execute("LOCK TABLE " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE");
        }
        for (String table : tables) {
            if (Statements.hasRows(connection, DSL.table(DSL.raw(table)))) {
                return false;
            }
        }
        return true;
    }

    private List<Dropping> foreignKeys(String table, @Nullable String referenced) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN_KEYS)) {
            for (int i = 1; i <= 5; i++) {
                statement.setString(i, table);
            }
            statement.setString(6, referenced);
            statement.setString(7, referenced);
            List<LoadedRows.Tie> ties = rows.ties(table);
            statement.setArray(8, texts(ties, LoadedRows.Tie::column));
            statement.setArray(9, texts(ties, LoadedRows.Tie::table));
            statement.setArray(10, texts(ties, LoadedRows.Tie::other));
            return droppings(statement, row -> dropping(table, row));
        }
    }

    private List<Dropping> indexes(String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
            for (int i = 1; i <= 4; i++) {
                statement.setString(i, table);
            }
            return droppings(statement, row -> {
                Dropping dropping = dropping(table, row);
                DroppedConstraint constraint = dropping.constraint();
                return constraint.isUnique() && !copied.canLack(table, constraint.columns(), texts(row, "generated"))
                        ? null
                        : dropping;
            });
        }
    }

    private Array texts(List<LoadedRows.Tie> ties, Function<LoadedRows.Tie, String> part) throws SQLException {
        return connection.createArrayOf("text", ties.stream().map(part).toArray());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static List<Dropping> droppings(PreparedStatement statement, Row read) throws SQLException {
        List<Dropping> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Dropping dropping = read.of(rows);
                if (dropping != null) {
                    found.add(dropping);
                }
            }
        }
        return found;
    }

    private static Dropping dropping(String table, ResultSet row) throws SQLException {
        List<String> rebuild = new ArrayList<>(List.of(row.getString("rebuild")));
        for (String then : List.of("complete", "comment", "index_comment")) {
            String statement = row.getString(then);
            if (statement != null) {
                rebuild.add(statement);
            }
        }
        return new Dropping(
                new DroppedConstraint(
                        table,
                        row.getString("name"),
                        DroppedConstraint.Kind.of(row.getString("kind")),
                        texts(row, "columns"),
                        rebuild),
                row.getString("dropping"));
    }

    /** Drops each for which there is nothing else in the database that depends on it. */
    private void drop(List<Dropping> droppings, List<DroppedConstraint> dropped) throws SQLException {
        for (Dropping dropping : droppings) {
            if (Stream.concat(missing.stream(), dropped.stream()).anyMatch(dropping::isNamedAs)) {
                continue;
            }
            Savepoint before = connection.setSavepoint();
            try (Statement statement = connection.createStatement()) {
                statement.execute(dropping.sql());
                dropped.add(dropping.constraint());
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                if (!DEPENDENT_OBJECTS.equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback(before);
                connection.releaseSavepoint(before);
            }
        }
    }

    private record Dropping(DroppedConstraint constraint, String sql) {

        /** An index may have the name of a foreign key. */
        private boolean isNamedAs(DroppedConstraint other) {
            return constraint.table().equals(other.table()) && constraint.name().equals(other.name());
        }
    }

    @FunctionalInterface
    private interface Row {

        /** What a row says is to be dropped, or null if that has to stay. */
        @Nullable Dropping of(ResultSet row) throws SQLException;
    }
}
