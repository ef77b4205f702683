package io.docrows.internal.write;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.RefusedConversion;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.TableMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Where in a document, and in the target, the value lies that PostgreSQL refused, as far as its message tells: it names
 * a column, or a constraint of one column, or the column of a COPY.
 *
 * @param path the names that lead to the field, joined by dots, or null
 * @param column the column as {@code schema.table.column}, or null
 */
record FaultPlace(@Nullable String path, @Nullable String column) {

    private static final FaultPlace UNKNOWN = new FaultPlace(null, null);

    /** PostgreSQL says this in English only; in other languages the place stays unknown. */
    private static final Pattern COPY = Pattern.compile("COPY (.+), line \\d+, column ([^:]+)");

    /** What belongs to a child table has its number. */
    private static final Pattern CHILD =
            Pattern.compile("^docrows_(?:stage\\d*_child_(\\d+)(?:_texts)?|parents\\d*_(\\d+)_\\d+)$");

    /** Of texts that are still to become values of a table into which rows are copied. */
    private static final Pattern TEXTS = Pattern.compile("^docrows_load_texts\\d*(?:_(\\d+))?$");

    /** A unique index that is no constraint is named as one. */
    private static final String COLUMNS = """
        SELECT a.attname FROM (
          SELECT conrelid AS relation, conkey AS columns FROM pg_catalog.pg_constraint WHERE conname = ?
          UNION
          SELECT i.indrelid, i.indkey::int2[] FROM pg_catalog.pg_index i
          JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE c.relname = ?) k
        JOIN pg_catalog.pg_class t ON t.oid = k.relation
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.relation AND a.attnum = ANY (k.columns)
        WHERE n.nspname = ? AND t.relname = ?
        ORDER BY array_position(k.columns::int2[], a.attnum)
        """;

    /** Finds the place; asks the catalog, so the transaction must be usable again. */
    static FaultPlace of(Connection connection, CollectionMapping<?> mapping, SQLException failure)
            throws SQLException {
        if (failure instanceof RefusedConversion refused) {
            return new FaultPlace(refused.path(), refused.column());
        }
        ServerErrorMessage message =
                failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message == null) {
            return UNKNOWN;
        }
        String schema = message.getSchema();
        String table = message.getTable();
        if (schema == null || table == null) {
            return message.getWhere() == null ? UNKNOWN : copied(mapping, message.getWhere());
        }
        if (message.getColumn() != null) {
            return of(mapping, schema, table, message.getColumn());
        }
        List<String> columns = columns(connection, schema, table, message.getConstraint());
        // Of several columns that a rule is about the first stands for all, if the rule is that they are there once.
        boolean unique = "23505".equals(failure.getSQLState());
        return columns.size() == 1 || (unique && !columns.isEmpty())
                ? of(mapping, schema, table, columns.get(0))
                : UNKNOWN;
    }

    private static List<String> columns(Connection connection, String schema, String table, @Nullable String constraint)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        if (constraint != null) {
            try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
                statement.setString(1, constraint);
                statement.setString(2, constraint);
                statement.setString(3, schema);
                statement.setString(4, table);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        columns.add(rows.getString(1));
                    }
                }
            }
        }
        return columns;
    }

    private static FaultPlace of(CollectionMapping<?> mapping, String schema, String table, String column) {
        String name = schema + "." + table + "." + column;
        String path = path(mapping, "", table, column);
        if (path != null) {
            return new FaultPlace(text(path), name);
        }
        for (JoinMapping each : mapping.joins()) {
            if (is(each.join().other(), table, column) || is(each.join().lookup(), table, column)) {
                return new FaultPlace(text(String.join(".", each.path())), name);
            }
        }
        return new FaultPlace(null, name);
    }

    /** What fills a column of a table or of one below it, or null if nothing of the document does. */
    private static @Nullable String path(TableMapping mapping, String place, String table, String column) {
        for (ColumnMapping each : mapping.columns()) {
            if (is(each.column(), table, column)) {
                return within(place, each.pathText());
            }
        }
        for (ReferenceMapping<?> each : mapping.references()) {
            if (is(each.column(), table, column)) {
                return within(place, each.pathText());
            }
        }
        for (ChildMapping child : mapping.children()) {
            String path = path(child, child.place(), table, column);
            if (path != null) {
                return path;
            }
        }
        return null;
    }

    private static String within(String place, String path) {
        return place.isEmpty() || path.isEmpty() ? place + path : place + "." + path;
    }

    private static boolean is(TableField<?, ?> field, String table, String column) {
        Table<?> owner = field.getTable();
        return owner != null && owner.getName().equals(table) && field.getName().equals(column);
    }

    /** The column of a staging table stands for one of the target's. */
    private static FaultPlace copied(CollectionMapping<?> mapping, String where) {
        Matcher copy = COPY.matcher(where);
        if (!copy.find()) {
            return UNKNOWN;
        }
        String table = copy.group(1);
        String column = copy.group(2);
        Matcher texts = TEXTS.matcher(table);
        if (texts.find()) {
            TableMapping loaded = texts.group(1) == null ? mapping : child(mapping, number(texts.group(1)));
            return loaded == null ? UNKNOWN : ofTable(mapping, loaded.table().getName(), column);
        }
        if (!table.startsWith("docrows_")) {
            // A first load copies into the tables themselves; those of a mapping are rarely in several schemas.
            return ofTable(mapping, table, column);
        }
        Matcher ofChild = CHILD.matcher(table);
        TableMapping staged =
                ofChild.find() ? child(mapping, number(ofChild.group(ofChild.group(1) == null ? 2 : 1))) : mapping;
        if (staged == null) {
            return UNKNOWN;
        }
        if (column.equals("value")) {
            int number = number(table.substring(table.lastIndexOf('_') + 1));
            return table.startsWith("docrows_parents")
                    ? reference(staged, number)
                    : number < 0 || number >= mapping.joins().size()
                            ? UNKNOWN
                            : join(mapping.joins().get(number));
        }
        int number = number(column.substring(1));
        if (column.startsWith("r")) {
            return reference(staged, number);
        }
        return !column.startsWith("c")
                        || number < 0
                        || number >= staged.columns().size()
                ? UNKNOWN
                : column(staged, staged.columns().get(number));
    }

    private static @Nullable TableMapping child(TableMapping mapping, int number) {
        List<ChildMapping> all = TableTree.children(mapping);
        return number < 0 || number >= all.size() ? null : all.get(number);
    }

    private static FaultPlace ofTable(CollectionMapping<?> mapping, String table, String column) {
        Schema schema = mapping.table().getSchema();
        return schema == null ? UNKNOWN : of(mapping, schema.getName(), table, column);
    }

    private static int number(String digits) {
        return digits.isEmpty() || !digits.chars().allMatch(Character::isDigit) ? -1 : Integer.parseInt(digits);
    }

    private static String place(TableMapping mapping) {
        return mapping instanceof ChildMapping child ? child.place() : "";
    }

    private static FaultPlace column(TableMapping mapping, ColumnMapping column) {
        return new FaultPlace(text(within(place(mapping), column.pathText())), QualifiedName.text(column.column()));
    }

    private static FaultPlace reference(TableMapping mapping, int number) {
        if (number < 0 || number >= mapping.references().size()) {
            return UNKNOWN;
        }
        ReferenceMapping<?> reference = mapping.references().get(number);
        return new FaultPlace(
                text(within(place(mapping), reference.pathText())), QualifiedName.text(reference.column()));
    }

    private static FaultPlace join(JoinMapping join) {
        return new FaultPlace(
                text(String.join(".", join.path())),
                QualifiedName.text(join.join().lookup()));
    }

    private static @Nullable String text(String path) {
        return path.isEmpty() ? null : path;
    }
}
