package io.docrows.internal.compare;

import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.metadata.RejectStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.LinkDifference;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jooq.TableField;

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
    private final RowKey key;

    VerifyStatements(StagedCollection<?> staged, String pipeline, boolean partial, boolean bookkeeping) {
        this.mapping = staged.mapping();
        this.catalog = staged.catalog();
        this.tables = staged.tables();
        this.differences = new DifferenceStatements(tables);
        this.pipeline = pipeline;
        this.partial = partial;
        this.bookkeeping = bookkeeping;
        this.table = Sql.table(mapping.table());
        this.key = tables.key();
    }

    DifferenceStatements differences() {
        return differences;
    }

    /** Finds documents without a row, rows without a document, and rows that differ. */
    String rows() {
        List<String> booleans = new ArrayList<>(differences.columnsDiffer());
        List<String> wrong = new ArrayList<>(List.of(differences.row().any()));
        for (Reference reference : references()) {
            booleans.add(refersElsewhere(reference));
            wrong.add(refersElsewhere(reference));
        }
        booleans.addAll(differences.othersDiffer());
        for (Reference reference : references()) {
            booleans.add(isUnresolved(reference));
            wrong.add(isUnresolved(reference));
        }
        String both = "s.ord IS NOT NULL AND NOT " + key.isAbsent("t");
        String all = booleans.stream()
                .map(flag -> ", " + both + " AND (" + flag + ")")
                .collect(Collectors.joining());
        return "INSERT INTO " + tables.differences() + " SELECT s.ord, " + key.either("t", "s") + ", CASE WHEN "
                + key.isAbsent("t") + " THEN '" + MISSING + "' WHEN s.ord IS NULL THEN " + extra() + " ELSE '"
                + DIFFERENT + "' END" + all + " FROM " + tables.documents() + " s " + (partial ? "LEFT" : "FULL")
                + " JOIN " + rowsWithKey() + " t ON " + key.isRowOf("t", "s") + parents()
                + " WHERE s.ord IS NULL OR " + key.isAbsent("t")
                + wrong.stream().map(flag -> " OR " + flag).collect(Collectors.joining());
    }

    private List<Reference> references() {
        return tables.tree().documents().references();
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
        return "(SELECT * FROM " + table + " r WHERE " + key.isPresent("r")
                + new OwnedRows(mapping, catalog).andIsOwn("r") + ")";
    }

    private String parents() {
        StringBuilder joins = new StringBuilder();
        for (Reference reference : references()) {
            String q = "q" + reference.number();
            TableField<?, ?> id = reference.mapping().parentId();
            joins.append(" LEFT JOIN ")
                    .append(Sql.tableOf(reference.mapping().parentKey()))
                    .append(' ')
                    .append(q)
                    .append(" ON ")
                    .append(catalog.equality(id).equal(q + "." + Sql.column(id), column(reference)));
        }
        return joins.toString();
    }

    private static String column(Reference reference) {
        return "t." + Sql.column(reference.column());
    }

    /**
     * Whether a foreign key leads to another row than the document's, or to none though it could. Where the other row
     * is not there, NULL is right if that is the mapping's policy, or if it is known to wait.
     */
    private String refersElsewhere(Reference reference) {
        String staged = "s." + reference.key();
        String parentKey = Sql.column(reference.mapping().parentKey());
        ColumnEquality equality = catalog.equality(reference.mapping().parentKey());
        String column = column(reference);
        return "CASE WHEN " + staged + " IS NULL THEN " + column + " IS NOT NULL WHEN " + column
                + " IS NOT NULL THEN " + equality.distinct("q" + reference.number() + "." + parentKey, staged)
                + " WHEN EXISTS (SELECT FROM " + Sql.tableOf(reference.mapping().parentKey())
                + " p WHERE " + equality.equal("p." + parentKey, staged) + ") THEN true ELSE "
                + unlessKnown(reference, staged) + " END";
    }

    private String unlessKnown(Reference reference, String staged) {
        if (reference.mapping().insertMissing()) {
            return "true";
        }
        return switch (reference.mapping().whenMissing()) {
            case NULL, SKIP -> "false";
            case REJECT -> "true";
            case PENDING ->
                bookkeeping
                        ? "NOT "
                                + new PendingReferenceStatements(mapping.table(), List.of(reference.column()))
                                        .isRemembered(key.stagedText("s"), staged + "::text")
                        : "true";
        };
    }

    /**
     * Whether a staged row {@code s} of a child table is known to wait for the row that is missing.
     *
     * @param stored whether there may be such, as the table of them is there
     */
    BiFunction<ChildDifference, Reference, String> isRemembered(boolean stored) {
        if (!bookkeeping || !stored) {
            return (child, reference) -> "false";
        }
        PendingDocumentStatements pending = new PendingDocumentStatements(mapping.table(), "''");
        String rowKey = "(SELECT " + key.stagedText("d") + " FROM " + tables.documents() + " d WHERE d.ord = s.ord)";
        return (child, reference) -> pending.isRemembered(
                child.table().mapping().table(), reference.column(), rowKey, "s." + reference.key() + "::text");
    }

    private static String isUnresolved(Reference reference) {
        return reference.mapping().whenMissing() == MissingReference.PENDING
                ? "s." + reference.key() + " IS NOT NULL AND " + column(reference) + " IS NULL"
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
                + key.isSame("x", "d") + ")");
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
        String waiting = references().stream()
                .map(reference ->
                        " + count(*) FILTER (WHERE w" + reference.number() + " AND NOT r" + reference.number() + ")")
                .collect(Collectors.joining());
        return "SELECT kind, count(*)" + counts + ", 0" + waiting + " FROM " + tables.differences() + " GROUP BY kind";
    }

    /** The first keys of one kind. */
    String keys(String kind, int most) {
        return "SELECT " + key.stagedText("d") + " FROM " + tables.differences() + " d WHERE kind = '" + kind
                + "' ORDER BY ord, " + key.names() + " LIMIT " + most;
    }

    /**
     * The first documents that differ: the key, then for each of {@link DifferenceStatements#differing()} whether it
     * does; if values are wanted, both sides of each, but for child tables; then what {@link ChildSamples} adds of
     * those.
     */
    String differences(int most, boolean values) {
        List<String> selected = new ArrayList<>(List.of(key.stagedText("d")));
        differences.differing().forEach(flag -> selected.add("d." + flag));
        if (values) {
            for (int column : differences.row().columns()) {
                selected.add(differences.row().expected(column) + "::text");
                selected.add(differences.row().stored(column) + "::text");
            }
            for (Reference reference : references()) {
                selected.add("s." + reference.key() + "::text");
                selected.add("q" + reference.number() + "."
                        + Sql.column(reference.mapping().parentKey()) + "::text");
            }
            for (LinkDifference link : differences.links()) {
                selected.add(elements(link, "l.missing"));
                selected.add(elements(link, "NOT l.missing"));
            }
        }
        StringBuilder samples = new StringBuilder();
        for (ChildDifference child : differences.children()) {
            ChildSamples ofTable = new ChildSamples(child, values);
            selected.addAll(ofTable.selected());
            samples.append(ofTable.joined("d.ord"));
        }
        return "SELECT " + String.join(", ", selected) + " FROM (SELECT * FROM " + tables.differences()
                + " WHERE kind = '" + DIFFERENT + "' ORDER BY ord LIMIT " + most + ") d JOIN "
                + tables.documents() + " s ON s.ord = d.ord JOIN " + table + " t ON " + key.isRowOf("t", "s")
                + parents() + samples + " ORDER BY d.ord";
    }

    private static String elements(LinkDifference link, String which) {
        return "(SELECT string_agg(l.value::text, ', ' ORDER BY l.value::text) FROM " + link.differences()
                + " l WHERE l.ord = d.ord AND " + which + ")";
    }
}
