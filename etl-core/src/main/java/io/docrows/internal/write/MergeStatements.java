package io.docrows.internal.write;

import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.TableField;

/**
 * The set-based SQL that merges one staged batch, rendered once for a mapping. In it, {@code t} is the mapped table,
 * {@code s} the staged documents, {@code pN} the table that reference N leads to, {@code e} staged elements, {@code l}
 * a lookup table and {@code j} a join table.
 *
 * <p>An upsert is an {@code UPDATE} of what is there and an {@code INSERT} of what is not, rather than one
 * {@code INSERT … ON CONFLICT}: the latter draws a sequence value for every row, changed or not, and would use up the
 * identity column of a table that is loaded every hour. The {@code INSERT} keeps its {@code ON CONFLICT} for rows that
 * someone else inserts meanwhile.
 *
 * <p>Rows are compared with {@code *<>}, PostgreSQL's comparison of record images: it sees every difference, also those
 * that a type's own equality hides (letter case in citext, the scale of a numeric), and treats NULLs as equal.
 */
final class MergeStatements {

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final String table;
    private final String key;
    private final RowImage row;

    MergeStatements(CollectionMapping<?> mapping, TableCatalog catalog) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.table = Sql.table(mapping.table());
        this.key = Sql.column(mapping.key());
        this.row = new RowImage(mapping);
    }

    /** Whether any row of the mapped table waits for the one that a reference leads to. */
    String anyPending(ReferenceMapping<?> reference) {
        return pending(reference).any();
    }

    /** The staged documents that refer to a row that is not there. */
    String missingParents(ReferenceMapping<?> reference) {
        return "SELECT s.ord FROM " + StagingTables.DOCUMENTS + " s WHERE " + parentIsMissing(reference);
    }

    private String parentIsMissing(ReferenceMapping<?> reference) {
        return "s.r" + reference.index() + " IS NOT NULL AND NOT EXISTS (SELECT FROM "
                + Sql.tableOf(reference.parentKey()) + " p WHERE " + leadsTo("p", reference) + ")";
    }

    /** The staged documents with an element that the lookup table does not hold. */
    String missingLookups(JoinMapping join) {
        return "SELECT DISTINCT e.ord FROM " + StagingTables.elements(join) + " e WHERE " + lookupIsMissing(join);
    }

    private String lookupIsMissing(JoinMapping join) {
        return "NOT EXISTS (SELECT FROM " + Sql.tableOf(join.join().lookup()) + " l WHERE " + isNamed(join) + ")";
    }

    /** Whether a row is the one that a staged document refers to. */
    private String leadsTo(String parent, ReferenceMapping<?> reference) {
        return equal(
                reference.parentKey(), parent + "." + Sql.column(reference.parentKey()), "s.r" + reference.index());
    }

    /** Whether a lookup table's row is the one that an element names. */
    private String isNamed(JoinMapping join) {
        return equal(join.join().lookup(), "l." + Sql.column(join.join().lookup()), "e.value");
    }

    /** Whether a row is that of the staged document {@code s}. */
    private String isRowOf(String row) {
        return equal(mapping.key(), row + "." + key, "s.c0");
    }

    /** Whether a join row belongs to the row {@code t}. */
    private String isLinkOf(JoinMapping join, String link) {
        return equal(join.ownerId(), link, "t." + Sql.column(join.ownerId()));
    }

    /** Whether a join row leads to the lookup table's row {@code l}. */
    private String linksTo(JoinMapping join, String link) {
        return equal(join.otherId(), "l." + Sql.column(join.otherId()), link);
    }

    private String equal(TableField<?, ?> column, String left, String right) {
        return catalog.equality(column).equal(left, right);
    }

    private ColumnEquality equality(int number) {
        return catalog.equality(mapping.columns().get(number).column());
    }

    /** Inserts the elements that the lookup table does not hold; sorted, so that two writers cannot deadlock. */
    String insertLookups(JoinMapping join) {
        return "INSERT INTO " + Sql.tableOf(join.join().lookup()) + " ("
                + Sql.column(join.join().lookup())
                + ") SELECT DISTINCT e.value FROM " + StagingTables.elements(join) + " e WHERE " + lookupIsMissing(join)
                + " ORDER BY e.value ON CONFLICT DO NOTHING";
    }

    /**
     * The staged documents that a unique constraint would refuse. Of those with the same value the one that holds it
     * already stays, else the first; a row that gives up its value in this very batch does not stand in the way of
     * another.
     */
    String duplicates(UniqueConstraint unique, boolean anyExisting) {
        String stage = StagingTables.DOCUMENTS;
        String values = list(unique.columns(), c -> "s.c" + c);
        String present =
                unique.columns().stream().map(c -> "s.c" + c + " IS NOT NULL").collect(Collectors.joining(" AND "));
        String sameAsTarget = unique.columns().stream()
                .map(c -> equality(c).equal("x." + column(c), "s.c" + c))
                .collect(Collectors.joining(" AND "));
        String holds = anyExisting
                ? "EXISTS (SELECT FROM " + table + " x WHERE " + isRowOf("x") + " AND " + sameAsTarget + ") DESC, "
                : "";
        String movesAway = unique.columns().stream()
                .map(c -> equality(c).distinct("o.c" + c, "x." + column(c)))
                .collect(Collectors.joining(" OR "));
        return "SELECT ord FROM (SELECT s.ord, row_number() OVER (PARTITION BY " + values + " ORDER BY " + holds
                + "s.ord) AS n FROM " + stage + " s WHERE " + present + ") ranked WHERE n > 1 UNION SELECT s.ord FROM "
                + stage + " s JOIN " + table + " x ON " + sameAsTarget + " AND "
                + catalog.equality(mapping.key()).differ("x." + key, "s.c0")
                + (anyExisting
                        ? " WHERE NOT EXISTS (SELECT FROM " + stage + " o WHERE "
                                + equal(mapping.key(), "o.c0", "x." + key) + " AND (" + movesAway + "))"
                        : "");
    }

    /**
     * Sets a unique column to NULL in rows that are about to pass their value on to another row of this batch: an
     * immediate constraint would refuse two rows that swap their values in one statement.
     */
    String vacate(UniqueConstraint unique) {
        String stage = StagingTables.DOCUMENTS;
        String movesAway = unique.columns().stream()
                .map(c -> equality(c).distinct("s.c" + c, "t." + column(c)))
                .collect(Collectors.joining(" OR "));
        String taken = unique.columns().stream()
                .map(c -> equality(c).equal("o.c" + c, "t." + column(c)))
                .collect(Collectors.joining(" AND "));
        return "UPDATE " + table + " t SET " + column(unique.nullable()) + " = NULL FROM " + stage + " s WHERE "
                + isRowOf("t") + " AND (" + movesAway + ") AND EXISTS (SELECT FROM " + stage + " o WHERE "
                + catalog.equality(mapping.key()).differ("o.c0", "s.c0") + " AND " + taken + ")";
    }

    /** Updates the rows that differ; returns the {@code ord} of each. */
    String update() {
        if (!row.hasMoreThanKey()) {
            return "SELECT NULL::int4 WHERE false";
        }
        List<String> columns = row.columns();
        List<String> values = row.values(MergeStatements::parentId);
        String set = IntStream.range(1, columns.size())
                .mapToObj(i -> columns.get(i) + " = " + values.get(i))
                .collect(Collectors.joining(", "));
        return "UPDATE " + table + " t SET " + set + " FROM " + stageWithParents() + " WHERE " + isRowOf("t") + " AND "
                + RowImage.differ(row.stored(), values) + " RETURNING s.ord";
    }

    /** Inserts the rows that are not there, in the order of the documents. */
    String insert(boolean anyExisting) {
        List<String> columns = row.columns();
        List<String> values = new ArrayList<>();
        int number = 0;
        for (ColumnMapping column : mapping.columns()) {
            String value = "s.c" + number++;
            values.add(
                    column.keepsOldValue()
                            ? "COALESCE(" + value + ", " + catalog.defaultOf(column.column()) + ")"
                            : value);
        }
        mapping.references().forEach(reference -> values.add(parentId(reference)));
        String others =
                columns.stream().skip(1).map(c -> c + " = EXCLUDED." + c).collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " AS t (" + String.join(", ", columns) + ") SELECT " + String.join(", ", values)
                + " FROM " + stageWithParents()
                + (anyExisting ? " WHERE NOT EXISTS (SELECT FROM " + table + " x WHERE " + isRowOf("x") + ")" : "")
                + " ORDER BY s.ord ON CONFLICT (" + key + ") DO "
                + (row.hasMoreThanKey()
                        ? "UPDATE SET " + others + " WHERE "
                                + RowImage.differ(of("t.", columns), of("EXCLUDED.", columns))
                        : "NOTHING");
    }

    private static List<String> of(String row, List<String> columns) {
        return columns.stream().map(column -> row + column).toList();
    }

    /** Whether a reference leads to the mapped table itself. */
    boolean leadsToItself(ReferenceMapping<?> reference) {
        return mapping.table().equals(reference.parentKey().getTable());
    }

    /**
     * Fills in references to rows that this very batch inserted; returns the {@code ord} of each document concerned.
     */
    String referWithin(ReferenceMapping<?> reference) {
        String column = Sql.column(reference.column());
        String id = "p." + Sql.column(reference.parentId());
        return "UPDATE " + table + " t SET " + column + " = " + id + " FROM " + StagingTables.DOCUMENTS + " s JOIN "
                + table
                + " p ON " + leadsTo("p", reference) + " WHERE " + isRowOf("t") + " AND "
                + catalog.equality(reference.parentId()).distinct("t." + column, id) + " RETURNING s.ord";
    }

    /** Deletes the rows of a join table that left their document's array; returns the documents' {@code ord}. */
    String deleteLinks(JoinMapping join) {
        return "DELETE FROM " + Sql.table(join.join().table()) + " j USING " + StagingTables.DOCUMENTS + " s JOIN "
                + table
                + " t ON " + isRowOf("t") + " WHERE "
                + isLinkOf(join, "j." + Sql.column(join.join().owner()))
                + " AND NOT EXISTS (SELECT FROM " + StagingTables.elements(join) + " e JOIN "
                + Sql.tableOf(join.join().lookup()) + " l ON " + isNamed(join) + " WHERE e.ord = s.ord AND "
                + linksTo(join, "j." + Sql.column(join.join().other())) + ") RETURNING s.ord";
    }

    /**
     * Inserts the rows of a join table that are new; returns the {@code ord} of the documents concerned if asked to.
     */
    String insertLinks(JoinMapping join, boolean anyExisting) {
        String owner = Sql.column(join.join().owner());
        String other = Sql.column(join.join().other());
        String joinTable = Sql.table(join.join().table());
        String insert = "INSERT INTO " + joinTable + " (" + owner + ", " + other + ") SELECT t."
                + Sql.column(join.ownerId()) + ", l." + Sql.column(join.otherId()) + " FROM "
                + StagingTables.elements(join)
                + " e JOIN " + StagingTables.DOCUMENTS + " s ON s.ord = e.ord JOIN " + table + " t ON " + isRowOf("t")
                + " JOIN " + Sql.tableOf(join.join().lookup()) + " l ON " + isNamed(join);
        if (!anyExisting) {
            return insert + " ON CONFLICT DO NOTHING";
        }
        return "WITH added AS (" + insert + " WHERE NOT EXISTS (SELECT FROM " + joinTable + " x WHERE "
                + isLinkOf(join, "x." + owner) + " AND " + linksTo(join, "x." + other)
                + ") ON CONFLICT DO NOTHING RETURNING " + owner + " AS owner) SELECT DISTINCT s.ord FROM added JOIN "
                + table
                + " t ON " + isLinkOf(join, "added.owner") + " JOIN " + StagingTables.DOCUMENTS + " s ON "
                + isRowOf("t");
    }

    /** Forgets what the staged documents waited for and wait for no longer. */
    String forgetPending(ReferenceMapping<?> reference) {
        return pending(reference)
                .settle(
                        StagingTables.DOCUMENTS + " s",
                        "s.c0::text",
                        "s.r" + reference.index() + "::text",
                        parentIsMissing(reference));
    }

    /** Remembers what the staged documents wait for, as met by a run. */
    String rememberPending(ReferenceMapping<?> reference, long run) {
        return pending(reference)
                .remember(
                        StagingTables.DOCUMENTS + " s WHERE " + parentIsMissing(reference),
                        "s.c0::text",
                        "s.r" + reference.index() + "::text",
                        run);
    }

    private PendingReferenceStatements pending(ReferenceMapping<?> reference) {
        return new PendingReferenceStatements(mapping.table(), List.of(reference.column()));
    }

    private String stageWithParents() {
        StringBuilder from = new StringBuilder(StagingTables.DOCUMENTS).append(" s");
        for (ReferenceMapping<?> reference : mapping.references()) {
            String p = "p" + reference.index();
            from.append(" LEFT JOIN ")
                    .append(Sql.tableOf(reference.parentKey()))
                    .append(' ')
                    .append(p)
                    .append(" ON ")
                    .append(leadsTo(p, reference));
        }
        return from.toString();
    }

    private static String parentId(ReferenceMapping<?> reference) {
        return "p" + reference.index() + "." + Sql.column(reference.parentId());
    }

    private String column(int number) {
        return Sql.column(mapping.columns().get(number).column());
    }

    private static String list(List<Integer> numbers, Function<Integer, String> text) {
        return numbers.stream().map(text).collect(Collectors.joining(", "));
    }
}
