package io.docrows.internal.orphan;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key of the target that keeps a row from being deleted: one that PostgreSQL would not let go, or one of a
 * mapped table whose rows would go with it although their documents still exist. Immutable.
 *
 * @param table the referring table, quoted
 * @param columns its columns, quoted
 * @param referred the columns referred to, quoted
 * @param operators how PostgreSQL itself compares each column referred to with the referring one
 * @param orphanKey the key column of the referring table, quoted, if rows of it may be about to go; else empty
 * @param gone the table of those rows; empty with the key
 * @param keyEquality how keys of those rows are compared; null with the key
 * @param mapping the mapping that fills the referring table, if one does
 */
public record ReferringKey(
        String table,
        List<String> columns,
        List<String> referred,
        List<String> operators,
        String orphanKey,
        String gone,
        @Nullable ColumnEquality keyEquality,
        @Nullable CollectionMapping<?> mapping) {

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
     * The keys that matter to one mapping.
     *
     * @param connection a connection to the target
     * @param mapping the mapping whose rows are to go
     * @param mappings every mapping of the pipeline
     * @param gone the tables of those mappings whose rows are to go in the same run
     * @return the keys
     * @throws SQLException if the catalog cannot be read
     */
    public static List<ReferringKey> of(
            Connection connection,
            CollectionMapping<?> mapping,
            List<CollectionMapping<?>> mappings,
            Map<CollectionMapping<?>, OrphanTables> gone)
            throws SQLException {
        List<ReferringKey> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN_KEYS)) {
            statement.setString(1, Sql.table(mapping.table()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> columns = List.of((String[]) rows.getArray(4).getArray());
                    Child child = Child.of(connection, rows.getLong(1), columns, mapping, mappings);
                    boolean refuses = List.of("a", "r").contains(rows.getString(3));
                    boolean takesDocuments =
                            child.documents() && rows.getString(3).equals("c");
                    if (!child.ownLinks() && (refuses || takesDocuments)) {
                        @Nullable CollectionMapping<?> filling = child.mapping();
                        @Nullable OrphanTables going = filling == null ? null : gone.get(filling);
                        keys.add(new ReferringKey(
                                rows.getString(2),
                                columns,
                                List.of((String[]) rows.getArray(5).getArray()),
                                List.of((String[]) rows.getArray(6).getArray()),
                                filling == null || going == null
                                        ? ""
                                        : Sql.column(filling.key().get(0)),
                                going == null ? "" : going.orphans(),
                                filling == null || going == null
                                        ? null
                                        : ColumnEquality.of(
                                                connection, filling.key().get(0)),
                                filling));
                    }
                }
            }
        }
        return keys;
    }

    /** Whether a referring row leads to a row referred to. */
    String matches(String child, String parent) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            equal.add(parent + "." + referred.get(i) + " " + operators.get(i) + " " + child + "." + columns.get(i));
        }
        return String.join(" AND ", equal);
    }

    /** A referring row that is about to go itself keeps nothing. */
    String unlessOrphaned(String child) {
        return keyEquality == null
                ? ""
                : " AND NOT EXISTS (SELECT FROM " + gone + " o WHERE "
                        + keyEquality.equal("o.k", child + "." + orphanKey) + " AND NOT o.kept)";
    }

    /**
     * Whose table a foreign key is of.
     *
     * @param mapping the mapping that fills it, if one does
     * @param documents whether its rows stand for documents, or parts of documents, of their own
     * @param ownLinks whether its rows are links of the very documents that are gone
     */
    private record Child(@Nullable CollectionMapping<?> mapping, boolean documents, boolean ownLinks) {

        static Child of(
                Connection connection,
                long table,
                List<String> columns,
                CollectionMapping<?> parent,
                List<CollectionMapping<?>> mappings)
                throws SQLException {
            for (CollectionMapping<?> mapping : mappings) {
                if (oid(connection, Sql.table(mapping.table())) == table) {
                    return new Child(mapping, true, false);
                }
                for (JoinMapping join : mapping.joins()) {
                    if (oid(connection, Sql.table(join.join().table())) == table) {
                        boolean owner =
                                columns.equals(List.of(Sql.column(join.join().owner())));
                        return new Child(null, true, owner && mapping.equals(parent));
                    }
                }
            }
            return new Child(null, false, false);
        }

        private static long oid(Connection connection, String table) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?)::oid::int8")) {
                statement.setString(1, table);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        }
    }
}
