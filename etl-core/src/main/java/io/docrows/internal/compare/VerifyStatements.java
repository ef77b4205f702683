package io.docrows.internal.compare;

import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.metadata.RejectStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The set-based SQL that compares one staged collection with its table, rendered once. In it, {@code s} are staged
 * documents, {@code t} is the mapped table, {@code qN} the table that reference N leads to, {@code d} the differences.
 */
final class VerifyStatements {

    /** Kinds of rows of the table of differences. */
    static final String MISSING = "m";

    static final String DIFFERENT = DifferenceStatements.DIFFERENT;
    static final String EXTRA = "e";
    static final String MARKED = "k";
    static final String WAITING = "w";
    static final String REJECTED = "r";
    static final String OUTDATED = "o";
    static final String REJECTED_AND_OUTDATED = "ro";

    private final CollectionMapping<?> mapping;
    private final DifferenceStatements differences;
    private final TableCatalog catalog;
    private final StageTables tables;
    private final String pipeline;
    private final boolean partial;
    private final boolean bookkeeping;
    private final String table;
    private final String key;

    VerifyStatements(StagedCollection<?> staged, String pipeline, boolean partial, boolean bookkeeping) {
        this.mapping = staged.mapping();
        this.catalog = staged.catalog();
        this.tables = staged.tables();
        this.differences = new DifferenceStatements(mapping, catalog, tables);
        this.pipeline = pipeline;
        this.partial = partial;
        this.bookkeeping = bookkeeping;
        this.table = Sql.table(mapping.table());
        this.key = Sql.column(mapping.key().get(0));
    }

    DifferenceStatements differences() {
        return differences;
    }

    /** Finds documents without a row, rows without a document, and rows that differ. */
    String rows() {
        List<String> booleans = new ArrayList<>(differences.columnsDiffer());
        List<String> wrong = new ArrayList<>(List.of(differences.rowDiffers()));
        for (ReferenceMapping<?> reference : mapping.references()) {
            booleans.add(refersElsewhere(reference));
            wrong.add(refersElsewhere(reference));
        }
        mapping.joins().forEach(join -> booleans.add("false"));
        for (ReferenceMapping<?> reference : mapping.references()) {
            booleans.add(isUnresolved(reference));
            wrong.add(isUnresolved(reference));
        }
        String both = "s.ord IS NOT NULL AND t." + key + " IS NOT NULL";
        String all = booleans.stream()
                .map(flag -> ", " + both + " AND (" + flag + ")")
                .collect(Collectors.joining());
        return "INSERT INTO " + tables.differences() + " SELECT s.ord, COALESCE(t." + key + ", s.c0), CASE WHEN t."
                + key
                + " IS NULL THEN '" + MISSING + "' WHEN s.ord IS NULL THEN " + extra() + " ELSE '" + DIFFERENT + "' END"
                + all + " FROM " + tables.documents() + " s " + (partial ? "LEFT" : "FULL") + " JOIN " + rowsWithKey()
                + " t ON " + differences.isRowOf("t", "s") + parents() + " WHERE s.ord IS NULL OR t." + key + " IS NULL"
                + wrong.stream().map(flag -> " OR " + flag).collect(Collectors.joining());
    }

    /** A row without a document may be marked as such. */
    private String extra() {
        return mapping.deletedAt()
                .map(column ->
                        "CASE WHEN t." + Sql.column(column) + " IS NULL THEN '" + EXTRA + "' ELSE '" + MARKED + "' END")
                .orElse("'" + EXTRA + "'");
    }

    /**
     * Rows without a key never came from a document. There can be some whatever the generated class says: the target
     * may be laxer, and a NOT NULL constraint that is NOT VALID lets old ones be.
     */
    private String rowsWithKey() {
        return "(SELECT * FROM " + table + " WHERE " + key + " IS NOT NULL)";
    }

    private String parents() {
        StringBuilder joins = new StringBuilder();
        for (ReferenceMapping<?> reference : mapping.references()) {
            String q = "q" + mapping.references().indexOf(reference);
            joins.append(" LEFT JOIN ")
                    .append(Sql.tableOf(reference.parentKey()))
                    .append(' ')
                    .append(q)
                    .append(" ON ")
                    .append(differences.equal(
                            reference.parentId(),
                            q + "." + Sql.column(reference.parentId()),
                            "t." + Sql.column(reference.column())));
        }
        return joins.toString();
    }

    /**
     * Whether a foreign key leads to another row than the document's, or to none though it could. Where the other row
     * is not there, NULL is right if that is the mapping's policy, or if it is known to wait.
     */
    private String refersElsewhere(ReferenceMapping<?> reference) {
        String staged = "s.r" + mapping.references().indexOf(reference);
        String parentKey = Sql.column(reference.parentKey());
        ColumnEquality key = catalog.equality(reference.parentKey());
        String column = "t." + Sql.column(reference.column());
        return "CASE WHEN " + staged + " IS NULL THEN " + column + " IS NOT NULL WHEN " + column
                + " IS NOT NULL THEN "
                + key.distinct("q" + mapping.references().indexOf(reference) + "." + parentKey, staged)
                + " WHEN EXISTS (SELECT FROM " + Sql.tableOf(reference.parentKey())
                + " p WHERE " + key.equal("p." + parentKey, staged) + ") THEN true ELSE "
                + unlessKnown(reference, staged) + " END";
    }

    private String unlessKnown(ReferenceMapping<?> reference, String staged) {
        return switch (reference.whenMissing()) {
            case NULL, SKIP -> "false";
            case REJECT -> "true";
            case PENDING ->
                bookkeeping
                        ? "NOT "
                                + new PendingReferenceStatements(mapping.table(), List.of(reference.column()))
                                        .isRemembered("s.c0::text", staged + "::text")
                        : "true";
        };
    }

    private String isUnresolved(ReferenceMapping<?> reference) {
        return reference.whenMissing() == MissingReference.PENDING
                ? "s.r" + mapping.references().indexOf(reference) + " IS NOT NULL AND t."
                        + Sql.column(reference.column()) + " IS NULL"
                : "false";
    }

    /** Rows that are only there because a reference waits are no difference. */
    String waiting() {
        String none =
                differences.differing().stream().map(flag -> "NOT " + flag).collect(Collectors.joining(" AND "));
        return "UPDATE " + tables.differences() + " SET kind = '" + WAITING + "' WHERE kind = '" + DIFFERENT + "'"
                + (none.isEmpty() ? "" : " AND " + none);
    }

    /** Tells documents that are known to be rejected from others. */
    List<String> rejected() {
        String d = tables.differences();
        List<String> statements = new ArrayList<>();
        statements.add("UPDATE " + d + " d SET kind = '" + OUTDATED + "' WHERE kind = '" + EXTRA
                + "' AND EXISTS (SELECT FROM " + tables.rejects() + " x WHERE "
                + differences.equal(mapping.key().get(0), "x.c0", "d.k") + ")");
        if (bookkeeping) {
            statements.add("UPDATE " + d + " d SET kind = CASE kind WHEN '" + MISSING + "' THEN '" + REJECTED
                    + "' ELSE '" + REJECTED_AND_OUTDATED + "' END FROM " + tables.documents()
                    + " s WHERE s.ord = d.ord AND kind IN ('" + MISSING + "', '" + DIFFERENT + "') AND "
                    + isRecorded("s"));
        }
        return statements;
    }

    /** How many documents could not be decoded and do not stand in the reject table as they are. */
    String countUnrecorded() {
        return "SELECT count(*) FROM " + unrecorded();
    }

    /** The {@code _id}s of the first of them. */
    String unrecorded(int most) {
        return "SELECT x.id FROM " + unrecorded() + " ORDER BY x.ord LIMIT " + most;
    }

    private String unrecorded() {
        return tables.rejects() + " x" + (bookkeeping ? " WHERE NOT " + isRecorded("x") : "");
    }

    private String isRecorded(String alias) {
        return new RejectStatements(catalog.text(), pipeline, mapping.collection())
                .isRejected(alias + ".id", alias + ".digest");
    }

    /** How many rows have a key. */
    String countRows() {
        return "SELECT count(*) FROM " + rowsWithKey() + " t";
    }

    /**
     * {@code kind}, the count, how often each of {@link DifferenceStatements#differing()} is true, and how many
     * references wait.
     */
    String counts() {
        StringBuilder counts = new StringBuilder();
        differences.differing().forEach(flag -> counts.append(", count(*) FILTER (WHERE " + flag + ")"));
        String waiting = mapping.references().stream()
                .map(reference ->
                        " + count(*) FILTER (WHERE w" + mapping.references().indexOf(reference) + " AND NOT r"
                                + mapping.references().indexOf(reference) + ")")
                .collect(Collectors.joining());
        return "SELECT kind, count(*)" + counts + ", 0" + waiting + " FROM " + tables.differences() + " GROUP BY kind";
    }

    /** The first keys of one kind. */
    String keys(String kind, int most) {
        return "SELECT k::text FROM " + tables.differences() + " WHERE kind = '" + kind + "' ORDER BY ord, k LIMIT "
                + most;
    }

    /**
     * The first documents that differ: the key, then for each of {@link DifferenceStatements#differing()} whether it
     * does, and, if values are wanted, both sides of each.
     */
    String differences(int most, boolean values) {
        List<String> selected = new ArrayList<>(List.of("d.k::text"));
        differences.differing().forEach(flag -> selected.add("d." + flag));
        if (values) {
            for (int i = 1; i < mapping.columns().size(); i++) {
                selected.add(differences.expected(i) + "::text");
                selected.add(differences.stored(i) + "::text");
            }
            for (ReferenceMapping<?> reference : mapping.references()) {
                selected.add("s.r" + mapping.references().indexOf(reference) + "::text");
                selected.add("q" + mapping.references().indexOf(reference) + "." + Sql.column(reference.parentKey())
                        + "::text");
            }
            for (JoinMapping join : mapping.joins()) {
                selected.add(elements(join, "l.missing"));
                selected.add(elements(join, "NOT l.missing"));
            }
        }
        return "SELECT " + String.join(", ", selected) + " FROM " + tables.differences() + " d JOIN "
                + tables.documents() + " s ON s.ord = d.ord JOIN " + table + " t ON " + differences.isRowOf("t", "s")
                + parents() + " WHERE d.kind = '" + DIFFERENT + "' ORDER BY d.ord LIMIT " + most;
    }

    private String elements(JoinMapping join, String which) {
        return "(SELECT string_agg(l.value::text, ', ' ORDER BY l.value::text) FROM "
                + tables.links(mapping.joins().indexOf(join)) + " l WHERE l.ord = d.ord AND " + which + ")";
    }
}
