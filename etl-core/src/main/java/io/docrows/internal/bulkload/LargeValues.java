package io.docrows.internal.bulkload;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Rows with values that may be too large for an index: the entry of a B-tree has room for a third of a page, some 2,700
 * bytes. A table holds a value as its indexes do, compressed where that helps, unless the whole row is small.
 */
final class LargeValues {

    /** In bytes, of all values together; what is left is for numbers, padding and headers. */
    private static final int LARGE = 2_000;

    private static final Pattern METHOD = Pattern.compile(" USING (\\w+) \\(");

    /**
     * Columns of any length, and how many bytes their values have at most. What gin breaks up or hashes is left out.
     */
    private static final String COLUMNS = """
        SELECT a.attname,
               CASE WHEN a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod >= 0 THEN 4 * a.atttypmod
                    WHEN a.atttypid = 'numeric'::regtype AND a.atttypmod >= 0 THEN 600
                    ELSE 1 << 30 END::int8
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attlen = -1
          AND (? OR a.attname = ANY (?))
          AND NOT (? AND (t.typcategory = 'S' OR t.oid IN ('jsonb'::regtype, 'tsvector'::regtype)))
        """;

    private final String table;
    private final List<String> columns = new ArrayList<>();
    private long most;

    private LargeValues(Connection connection, DroppedConstraint constraint) throws SQLException {
        this.table = constraint.table();
        String create = constraint.statements().get(0);
        Matcher method = METHOD.matcher(create);
        String name = method.find() ? method.group(1) : "btree";
        if (name.equals("hash")) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            // Which columns an index carries along is not written down.
            statement.setBoolean(2, create.contains(") INCLUDE ("));
            statement.setArray(
                    3, connection.createArrayOf("text", constraint.columns().toArray()));
            statement.setBoolean(4, name.equals("gin"));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                    most += rows.getLong(2);
                }
            }
        }
    }

    /** Whether there is any row that the index of some constraint may have no room for. */
    static boolean any(Connection connection, List<DroppedConstraint> constraints) throws SQLException {
        for (DroppedConstraint constraint : constraints) {
            if (constraint.beginsWithIndex() && new LargeValues(connection, constraint).any(connection)) {
                return true;
            }
        }
        return false;
    }

    private boolean any(Connection connection) throws SQLException {
        return most > LARGE
                && Statements.count(
                                connection,
                                Sql.text(DSL.selectCount()
                                        .from(DSL.selectOne()
                                                .from(DSL.table(DSL.raw(table)).as(DSL.name("r")))
                                                .where(areLarge("r"))
                                                .limit(DSL.inline(1)))))
                        > 0;
    }

    /**
     * Whether a document has such a row in the constraint's table, which may be its own or one below it.
     *
     * @param key the key of the document's own row, as text
     */
    static Condition has(
            Connection connection,
            CollectionMapping<?> mapping,
            TableTree tree,
            DroppedConstraint constraint,
            Field<String> key)
            throws SQLException {
        LargeValues values = new LargeValues(connection, constraint);
        List<Condition> any = new ArrayList<>();
        if (values.areOf(mapping.table())) {
            any.add(key.in(values.keys(mapping, tree.documents().rows("t"), "t")));
        }
        for (LinkTable link : tree.links()) {
            Table<?> joined = link.mapping().join().table();
            if (values.areOf(joined)) {
                any.add(key.in(values.keys(
                        mapping,
                        tree.documents()
                                .rows("t")
                                .join(Terms.table(joined, "j"))
                                .on(link.isLinkOf("j", "t")),
                        "j")));
            }
        }
        for (ChildTable child : tree.children()) {
            if (values.areOf(child.mapping().table())) {
                any.add(key.in(values.keys(mapping, child.rowsOfDocuments(), "z")));
            }
        }
        return DSL.or(any);
    }

    private boolean areOf(Table<?> other) {
        return table.equals(QualifiedName.of(other).toString());
    }

    private Select<Record1<String>> keys(CollectionMapping<?> mapping, Table<?> from, String row) {
        return DSL.select(Terms.text(Terms.field("t", mapping.key().get(0))))
                .from(from)
                .where(areLarge(row));
    }

    private Condition areLarge(String row) {
        Field<Integer> size = columns.stream()
                .map(column -> DSL.field("COALESCE(pg_column_size({0}), 0)", Integer.class, Terms.staged(row, column)))
                .reduce(DSL.inline(0), Field::plus);
        return size.gt(DSL.inline(LARGE));
    }
}
