package io.docrows.internal.compare;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.TableField;

/**
 * The SQL around a temporary table of differences between staged documents {@code s} and the mapped table {@code t}:
 * {@code ord}, the key as {@code k}, what is wrong as {@code kind}, and a boolean for each thing that can differ:
 * columns {@code c1…}, references {@code r0…}, joins {@code j0…}; and {@code w0…} for references that wait.
 *
 * <p>Columns are compared with {@code *<>}, as a merge does: it sees every difference.
 */
final class DifferenceStatements {

    /** The kind of documents whose row or join rows differ. */
    static final String DIFFERENT = "d";

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final StageTables tables;
    private final String table;
    private final String key;

    DifferenceStatements(CollectionMapping<?> mapping, TableCatalog catalog, StageTables tables) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.tables = tables;
        this.table = Sql.table(mapping.table());
        this.key = Sql.column(mapping.key().get(0));
    }

    /** Makes the tables of differences. */
    List<String> create() {
        List<String> statements = new ArrayList<>(drop());
        String flags = flags().stream().map(flag -> ", false AS " + flag).collect(Collectors.joining());
        statements.add(StageTables.create(
                tables.differences(),
                "SELECT 0::int8 AS ord, t." + key + " AS k, ''::text AS kind" + flags + " FROM " + table
                        + " t WITH NO DATA"));
        for (JoinMapping join : mapping.joins()) {
            statements.add(StageTables.create(
                    tables.links(mapping.joins().indexOf(join)),
                    "SELECT 0::int8 AS ord, t." + Sql.column(join.join().lookup()) + " AS value, false AS missing FROM "
                            + Sql.tableOf(join.join().lookup()) + " t WITH NO DATA"));
        }
        return statements;
    }

    /** Removes the tables of differences. */
    List<String> drop() {
        List<String> statements = new ArrayList<>();
        statements.add("DROP TABLE IF EXISTS " + tables.differences());
        mapping.joins()
                .forEach(join -> statements.add(
                        "DROP TABLE IF EXISTS " + tables.links(mapping.joins().indexOf(join))));
        return statements;
    }

    /** Names of the booleans, in order. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(differing());
        mapping.references()
                .forEach(reference -> flags.add("w" + mapping.references().indexOf(reference)));
        return flags;
    }

    /** Names of the booleans that say that something differs. */
    List<String> differing() {
        List<String> flags = new ArrayList<>();
        for (int i = 1; i < mapping.columns().size(); i++) {
            flags.add("c" + i);
        }
        mapping.references()
                .forEach(reference -> flags.add("r" + mapping.references().indexOf(reference)));
        mapping.joins().forEach(join -> flags.add("j" + mapping.joins().indexOf(join)));
        return flags;
    }

    /** The things that {@link #differing()} stands for: columns and join tables, by name. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        mapping.columns().stream()
                .skip(1)
                .forEach(column -> names.add(column.column().getName()));
        mapping.references().forEach(reference -> names.add(reference.column().getName()));
        mapping.joins().forEach(join -> names.add(join.join().table().getName()));
        return names;
    }

    /** Whether any column but the key differs. */
    String rowDiffers() {
        List<String> staged = new ArrayList<>();
        List<String> stored = new ArrayList<>();
        for (int i = 1; i < mapping.columns().size(); i++) {
            staged.add(expected(i));
            stored.add(comparable(i));
        }
        return staged.isEmpty()
                ? "false"
                : "ROW(" + String.join(", ", stored) + ")::record *<> ROW(" + String.join(", ", staged) + ")::record";
    }

    /** Whether each column but the key differs, in the order of {@link #flags()}. */
    List<String> columnsDiffer() {
        List<String> booleans = new ArrayList<>();
        for (int i = 1; i < mapping.columns().size(); i++) {
            booleans.add("ROW(" + comparable(i) + ")::record *<> ROW(" + expected(i) + ")::record");
        }
        return booleans;
    }

    /** What a column holds, of the type that {@link #expected} has: record images differ where types do. */
    private String comparable(int number) {
        return mapping.columns().get(number).keepsOldValue()
                ? "COALESCE(" + stored(number) + ", s.c" + number + ")"
                : stored(number);
    }

    /** What a column should hold: where the field is missing, a column with a default keeps what it has. */
    String expected(int number) {
        return mapping.columns().get(number).keepsOldValue()
                ? "COALESCE(s.c" + number + ", " + stored(number) + ")"
                : "s.c" + number;
    }

    /** What a column holds. */
    String stored(int number) {
        return "t." + Sql.column(mapping.columns().get(number).column());
    }

    /** Finds rows of a join table that are missing or too many, of documents that have a row. */
    String links(JoinMapping join) {
        String documents = tables.documents();
        return "INSERT INTO " + tables.links(mapping.joins().indexOf(join))
                + " SELECT COALESCE(e.ord, a.ord), COALESCE(e.value, a.value), a.ord IS NULL FROM"
                + " (SELECT DISTINCT e.ord, e.value FROM "
                + tables.elements(mapping.joins().indexOf(join)) + " e JOIN " + documents
                + " s ON s.ord = e.ord JOIN " + table + " t ON " + isRowOf("t", "s") + ") e FULL JOIN (SELECT s.ord, l."
                + Sql.column(join.join().lookup()) + " AS value FROM "
                + Sql.table(join.join().table()) + " j JOIN " + table + " t ON "
                + equal(
                        join.ownerId(),
                        "t." + Sql.column(join.ownerId()),
                        "j." + Sql.column(join.join().owner()))
                + " JOIN " + documents + " s ON " + isRowOf("t", "s") + " JOIN "
                + Sql.tableOf(join.join().lookup()) + " l ON "
                + equal(
                        join.otherId(),
                        "l." + Sql.column(join.otherId()),
                        "j." + Sql.column(join.join().other()))
                + ") a ON a.ord = e.ord AND " + equal(join.join().lookup(), "a.value", "e.value")
                + " WHERE e.ord IS NULL OR a.ord IS NULL";
    }

    /** Whether a row is that of a staged document. */
    String isRowOf(String row, String document) {
        return equal(mapping.key().get(0), row + "." + key, document + ".c0");
    }

    /** Equality as a column's type defines it. */
    String equal(TableField<?, ?> column, String left, String right) {
        return catalog.equality(column).equal(left, right);
    }

    /** Marks documents as different whose join rows are. */
    List<String> markLinks(JoinMapping join) {
        String links = tables.links(mapping.joins().indexOf(join));
        String d = tables.differences();
        String zeroes = flags().stream().map(flag -> ", false").collect(Collectors.joining());
        return List.of(
                "INSERT INTO " + d + " SELECT s.ord, s.c0, '" + DIFFERENT + "'" + zeroes + " FROM "
                        + tables.documents() + " s WHERE s.ord IN (SELECT ord FROM " + links
                        + ") AND NOT EXISTS (SELECT FROM " + d + " d WHERE d.ord = s.ord)",
                "UPDATE " + d + " SET j" + mapping.joins().indexOf(join) + " = true, kind = '" + DIFFERENT
                        + "' WHERE ord IN (SELECT ord FROM " + links + ")");
    }

    /** How many rows of a join table are missing and too many, of documents that differ. */
    String countLinks(JoinMapping join) {
        return "SELECT count(*) FILTER (WHERE l.missing), count(*) FILTER (WHERE NOT l.missing) FROM "
                + tables.links(mapping.joins().indexOf(join)) + " l JOIN " + tables.differences()
                + " d ON d.ord = l.ord WHERE d.kind = '"
                + DIFFERENT + "'";
    }
}
