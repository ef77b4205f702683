package io.docrows.internal.orphan;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.ChildMapping.ParentColumn;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key of the target that keeps a row from being deleted, as it leads to the row itself or to one of the rows
 * below it: one that PostgreSQL would not let go, or one of a mapped table whose rows would go with it although their
 * documents still exist. Immutable.
 *
 * @param table the referring table, quoted
 * @param columns its columns, quoted
 * @param referred the columns referred to, quoted
 * @param operators how PostgreSQL itself compares each column referred to with the referring one
 * @param below the child table that is referred to; null if it is the documents' own
 * @param source what fills the referring table
 */
public record ReferringKey(
        String table,
        List<String> columns,
        List<String> referred,
        List<String> operators,
        @Nullable ChildTable below,
        Source source) {

    private static final String FOREIGN_KEYS = """
            SELECT c.conrelid::int8, quote_ident(n.nspname) || '.' || quote_ident(k.relname), c.confdeltype::text,
                   ARRAY(SELECT '"' || replace(a.attname, '"', '""') || '"' FROM unnest(c.conkey) WITH ORDINALITY u (num, pos)
                         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.num ORDER BY u.pos),
                   ARRAY(SELECT '"' || replace(a.attname, '"', '""') || '"' FROM unnest(c.confkey) WITH ORDINALITY u (num, pos)
                         JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = u.num ORDER BY u.pos),
                   ARRAY(SELECT 'OPERATOR(' || quote_ident(s.nspname) || '.' || o.oprname || ')'
                         FROM unnest(c.conpfeqop) WITH ORDINALITY u (num, pos)
                         JOIN pg_operator o ON o.oid = u.num JOIN pg_namespace s ON s.oid = o.oprnamespace ORDER BY u.pos)
            FROM pg_constraint c JOIN pg_class k ON k.oid = c.conrelid JOIN pg_namespace n ON n.oid = k.relnamespace
            WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid = to_regclass(?)
            ORDER BY c.conname
            """;

    /** Copies the lists. */
    public ReferringKey {
        columns = List.copyOf(columns);
        referred = List.copyOf(referred);
        operators = List.copyOf(operators);
    }

    /**
     * What fills a referring table.
     *
     * @param mapping the mapping that does, if one of the pipeline does
     * @param child its child table, or null for the documents' own
     * @param orphans its rows that may be about to go, if rows of it may
     * @param documents whether its rows stand for documents, or parts of documents
     * @param own whether its rows are parts of the very rows that are referred to, and go with them
     */
    public record Source(
            @Nullable CollectionMapping<?> mapping,
            @Nullable ChildTable child,
            @Nullable OrphanStatements orphans,
            boolean documents,
            boolean own) {

        private static final Source OTHER = new Source(null, null, null, false, false);
    }

    /**
     * The keys that matter to one mapping.
     *
     * @param connection a connection to the target
     * @param rows the rows that are to go
     * @param mappings every mapping of the pipeline
     * @param going all rows that are to go in the same run
     * @return the keys
     * @throws SQLException if the catalog cannot be read
     */
    public static List<ReferringKey> of(
            Connection connection, OrphanRows rows, List<CollectionMapping<?>> mappings, List<OrphanRows> going)
            throws SQLException {
        TableTree tree = rows.statements().tree();
        List<ReferringKey> keys = new ArrayList<>();
        add(connection, rows.mapping().table(), null, rows, mappings, going, keys);
        for (ChildTable child : tree.children()) {
            add(connection, child.mapping().table(), child, rows, mappings, going, keys);
        }
        return keys;
    }

    private static void add(
            Connection connection,
            Table<?> referred,
            @Nullable ChildTable below,
            OrphanRows orphans,
            List<CollectionMapping<?>> mappings,
            List<OrphanRows> going,
            List<ReferringKey> keys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN_KEYS)) {
            statement.setString(1, Sql.table(referred));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> columns = List.of((String[]) rows.getArray(4).getArray());
                    Source source =
                            sourceOf(connection, rows.getLong(1), Set.copyOf(columns), below, orphans, mappings, going);
                    boolean refuses = List.of("a", "r").contains(rows.getString(3));
                    boolean takesDocuments =
                            source.documents() && rows.getString(3).equals("c");
                    if (!source.own() && (refuses || takesDocuments)) {
                        keys.add(new ReferringKey(
                                rows.getString(2),
                                columns,
                                List.of((String[]) rows.getArray(5).getArray()),
                                List.of((String[]) rows.getArray(6).getArray()),
                                below,
                                source));
                    }
                }
            }
        }
    }

    private static Source sourceOf(
            Connection connection,
            long table,
            Set<String> columns,
            @Nullable ChildTable below,
            OrphanRows orphans,
            List<CollectionMapping<?>> mappings,
            List<OrphanRows> going)
            throws SQLException {
        for (CollectionMapping<?> mapping : mappings) {
            boolean same = mapping.equals(orphans.mapping());
            @Nullable OrphanStatements own = going.stream()
                    .filter(rows -> rows.mapping().equals(mapping))
                    .map(OrphanRows::statements)
                    .findFirst()
                    .orElse(null);
            if (oid(connection, mapping.table()) == table) {
                return new Source(mapping, null, own, true, false);
            }
            if (own == null) {
                for (Table<?> other : TableTree.tables(mapping)) {
                    if (oid(connection, other) == table) {
                        return new Source(null, null, null, true, false);
                    }
                }
                continue;
            }
            for (LinkTable link : own.tree().links()) {
                if (oid(connection, link.mapping().join().table()) == table) {
                    Set<String> owner = Set.of(Sql.column(link.mapping().join().owner()));
                    return new Source(null, null, null, true, same && below == null && columns.equals(owner));
                }
            }
            for (ChildTable child : own.tree().children()) {
                if (oid(connection, child.mapping().table()) == table) {
                    boolean leadsUp = same && child.parent() == below && columns.equals(parentColumns(child));
                    return new Source(mapping, child, own, true, leadsUp);
                }
            }
        }
        return Source.OTHER;
    }

    private static Set<String> parentColumns(ChildTable child) {
        return child.mapping().parentColumns().stream()
                .map(ParentColumn::column)
                .map(Sql::column)
                .collect(Collectors.toSet());
    }

    private static long oid(Connection connection, Table<?> table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?)::oid::int8")) {
            statement.setString(1, Sql.table(table));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Whether a row of the documents' table is kept by rows that stay and refer to it, or to a row below it. */
    String keeps(String row, @Nullable FutureReference future) {
        String parent = below == null ? row : "z";
        String now = "EXISTS (SELECT FROM " + table + " c WHERE " + matches("c", parent) + unlessOrphaned("c")
                + (future == null ? "" : future.unlessChanged("c", parent)) + ")";
        String kept = "(" + now + (future == null ? "" : " OR " + future.leadsTo(parent)) + ")";
        return below == null
                ? kept
                : "EXISTS (SELECT FROM " + Sql.table(below.mapping().table()) + " z WHERE "
                        + Sql.text(below.isBelow("z", row)) + " AND " + kept + ")";
    }

    /** Whether a referring row leads to a row referred to. */
    private String matches(String child, String parent) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            equal.add(parent + "." + referred.get(i) + " " + operators.get(i) + " " + child + "." + columns.get(i));
        }
        return String.join(" AND ", equal);
    }

    /** A referring row that is about to go itself keeps nothing. */
    private String unlessOrphaned(String row) {
        @Nullable OrphanStatements orphans = source.orphans();
        @Nullable CollectionMapping<?> mapping = source.mapping();
        if (orphans == null || mapping == null) {
            return "";
        }
        @Nullable ChildTable child = source.child();
        return child == null
                ? " AND NOT " + orphans.isGoing(row)
                : " AND NOT EXISTS (SELECT FROM " + Sql.table(mapping.table()) + " u WHERE "
                        + Sql.text(child.isBelow(row, "u")) + " AND " + orphans.isGoing("u") + ")";
    }
}
