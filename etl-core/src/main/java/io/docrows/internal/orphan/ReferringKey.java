package io.docrows.internal.orphan;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.ChildMapping.ParentColumn;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.TableMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key of the target that keeps a row from being deleted, as it leads to the row itself or to one of the rows
 * below it: one that PostgreSQL would not let go, or one of a mapped table whose rows would go with it, or lose a
 * value, although their documents still exist. Immutable.
 *
 * @param table the referring table, quoted
 * @param columns its columns, quoted
 * @param referred the columns referred to, quoted
 * @param operators how PostgreSQL itself compares each column referred to with the referring one
 * @param below the child table that is referred to; null if it is the documents' own
 * @param sources the mappings that fill the referring table, and have rows that may be about to go
 */
public record ReferringKey(
        String table,
        List<String> columns,
        List<String> referred,
        List<String> operators,
        @Nullable ChildTable below,
        List<Source> sources) {

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
        sources = List.copyOf(sources);
    }

    /**
     * What fills a referring table. Several mappings may.
     *
     * @param mapping a mapping that does
     * @param child its child table, or null
     * @param link its join table, or null; without either it is the documents' own table
     * @param orphans its rows that may be about to go
     */
    public record Source(
            CollectionMapping<?> mapping,
            @Nullable ChildTable child,
            @Nullable LinkTable link,
            OrphanStatements orphans) {

        /** Whether its rows are parts of rows of a mapping, whose key leads up to those: they go with them. */
        private boolean leadsUp(CollectionMapping<?> other, @Nullable ChildTable below, Set<String> columns) {
            if (!mapping.equals(other)) {
                return false;
            }
            if (link != null) {
                return below == null
                        && columns.equals(
                                Set.of(Sql.column(link.mapping().join().owner())));
            }
            return child != null && child.parent() == below && columns.equals(parentColumns(child));
        }

        /** Whether a row belongs to one that is about to go. */
        private Condition isGoing(String row) {
            if (child == null && link == null) {
                return orphans.isGoing(row);
            }
            Condition belongs =
                    child == null ? Objects.requireNonNull(link).isLinkOf(row, "u") : child.isBelow(row, "u");
            return exists(selectOne()
                    .from(Terms.table(mapping.table(), "u"))
                    .where(belongs)
                    .and(orphans.isGoing("u")));
        }
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
                    long table = rows.getLong(1);
                    List<Source> sources = sourcesOf(connection, table, mappings, going);
                    boolean own = sources.stream()
                            .anyMatch(source -> source.leadsUp(orphans.mapping(), below, Set.copyOf(columns)));
                    boolean refuses = List.of("a", "r").contains(rows.getString(3));
                    boolean takes = rows.getString(3).equals("c")
                            ? isFilled(connection, table, mappings)
                            : isFilledAnew(connection, table, columns, below, mappings);
                    if (!own && (refuses || takes)) {
                        keys.add(new ReferringKey(
                                rows.getString(2),
                                columns,
                                List.of((String[]) rows.getArray(5).getArray()),
                                List.of((String[]) rows.getArray(6).getArray()),
                                below,
                                sources));
                    }
                }
            }
        }
    }

    /**
     * Whether a table is filled from documents, and columns of it would lose what their documents still say: what a
     * reference led to is remembered only where both are documents' own rows.
     */
    private static boolean isFilledAnew(
            Connection connection,
            long table,
            List<String> columns,
            @Nullable ChildTable below,
            List<CollectionMapping<?>> mappings)
            throws SQLException {
        boolean filled = false;
        for (CollectionMapping<?> mapping : mappings) {
            if (oid(connection, mapping.table()) == table) {
                boolean mayBeNull = mapping.references().stream()
                        .anyMatch(reference -> columns.equals(List.of(Sql.column(reference.column())))
                                && (reference.whenMissing() == MissingReference.NULL
                                        || (below == null && reference.whenMissing() == MissingReference.PENDING)));
                filled |= !mayBeNull && fills(mapping, columns);
            }
            for (ChildMapping child : TableTree.children(mapping)) {
                if (oid(connection, child.table()) == table) {
                    filled |= fills(child, columns);
                }
            }
        }
        return filled;
    }

    private static boolean fills(TableMapping mapping, List<String> columns) {
        return mapping.references().stream().anyMatch(reference -> columns.contains(Sql.column(reference.column())))
                || mapping.columns().stream().anyMatch(column -> columns.contains(Sql.column(column.column())));
    }

    /** Whether rows of a table stand for documents, or for parts of documents. */
    private static boolean isFilled(Connection connection, long table, List<CollectionMapping<?>> mappings)
            throws SQLException {
        for (CollectionMapping<?> mapping : mappings) {
            for (Table<?> filled : TableTree.tables(mapping)) {
                if (oid(connection, filled) == table) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Source> sourcesOf(
            Connection connection, long table, List<CollectionMapping<?>> mappings, List<OrphanRows> going)
            throws SQLException {
        List<Source> sources = new ArrayList<>();
        for (OrphanRows rows : going) {
            CollectionMapping<?> mapping = rows.mapping();
            OrphanStatements orphans = rows.statements();
            if (!mappings.contains(mapping)) {
                continue;
            }
            if (oid(connection, mapping.table()) == table) {
                sources.add(new Source(mapping, null, null, orphans));
            }
            for (LinkTable link : orphans.tree().links()) {
                if (oid(connection, link.mapping().join().table()) == table) {
                    sources.add(new Source(mapping, null, link, orphans));
                }
            }
            for (ChildTable child : orphans.tree().children()) {
                if (oid(connection, child.mapping().table()) == table) {
                    sources.add(new Source(mapping, child, null, orphans));
                }
            }
        }
        return sources;
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
    Condition keeps(String row, List<FutureReference> future) {
        String parent = below == null ? row : "z";
        Condition stays = matches("c", parent);
        for (Source source : sources) {
            // A referring row that is about to go itself keeps nothing.
            stays = stays.and(not(source.isGoing("c")));
        }
        for (FutureReference reference : future) {
            stays = stays.and(reference.isUnchanged("c", parent));
        }
        Condition kept = exists(
                selectOne().from(DSL.table(DSL.raw(table)).as(DSL.name("c"))).where(stays));
        for (FutureReference reference : future) {
            kept = kept.or(reference.leadsTo(parent));
        }
        return below == null
                ? kept
                : exists(selectOne()
                        .from(Terms.table(below.mapping().table(), "z"))
                        .where(below.isBelow("z", row))
                        .and(kept));
    }

    /** Whether a referring row leads to a row referred to; the names and operators are as the catalog quotes them. */
    private Condition matches(String child, String parent) {
        List<Condition> equal = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            equal.add(DSL.condition(DSL.raw(
                    parent + "." + referred.get(i) + " " + operators.get(i) + " " + child + "." + columns.get(i))));
        }
        return DSL.and(equal);
    }
}
