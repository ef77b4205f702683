package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Join;
import io.docrows.mapping.MissingReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The set-based SQL that says what a run would do with one staged collection. In it, {@code s} are staged documents,
 * {@code t} is the mapped table, {@code pN} and {@code xN} are the rows that reference N leads to: those that are
 * there, and those that arrive in the same run. Documents that a run would refuse are taken out of the stage.
 */
final class PlanStatements {

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final StageTables tables;
    private final Parents parents;
    private final boolean bookkeeping;
    private final DifferenceStatements differences;
    private final String table;

    PlanStatements(StagedCollection<?> staged, Parents parents, boolean bookkeeping) {
        this.mapping = staged.mapping();
        this.catalog = staged.catalog();
        this.tables = staged.tables();
        this.parents = parents;
        this.bookkeeping = bookkeeping;
        this.differences = new DifferenceStatements(tables);
        this.table = Sql.table(mapping.table());
    }

    DifferenceStatements differences() {
        return differences;
    }

    Parents parents() {
        return parents;
    }

    List<Reference> references() {
        return tables.tree().documents().references();
    }

    /** Moves documents from the stage to the rejects; {@code query} returns their {@code ord}. */
    String refuse(String query, RejectCode code) {
        return tables.refuse(query, code);
    }

    /** Documents that refer to one that is not there, nor will be when they are loaded. */
    String missingParents(Reference reference) {
        return "SELECT s.ord FROM " + tables.documents() + " s" + parents(reference, "<") + " WHERE s."
                + reference.key() + " IS NOT NULL AND " + isMissing(reference);
    }

    private static String isMissing(Reference reference) {
        return "p" + reference.number() + ".v IS NULL AND x" + reference.number() + ".v IS NULL";
    }

    /** Where a table refers to itself, {@code bound} says which batches a row must have come with. */
    private String parents(Reference reference, String bound) {
        int i = reference.number();
        return " LEFT JOIN "
                + parents.stored(
                        reference.mapping().parentKey(), reference.mapping().parentId())
                + " p" + i + " ON " + leadsTo(reference, "p" + i) + " LEFT JOIN "
                + parents.arriving(reference.mapping().parentKey()) + " x" + i + " ON "
                + leadsTo(reference, "x" + i)
                + (leadsToItself(reference) ? " AND x" + i + ".batch " + bound + " s.batch" : "");
    }

    /** Whether a document refers to a row of {@link Parents}. */
    private String leadsTo(Reference reference, String parent) {
        return catalog.equality(reference.mapping().parentKey()).equal(parent + ".v", "s." + reference.key());
    }

    boolean leadsToItself(Reference reference) {
        return tables.tree().documents().leadsHere(reference);
    }

    /** Documents with an element that a lookup table does not hold, nor will. */
    String missingLookups(LinkTable link) {
        Join<?> join = link.mapping().join();
        ColumnEquality equality = catalog.equality(join.lookup());
        return "SELECT DISTINCT s.ord FROM " + tables.documents() + " s JOIN " + link.elements()
                + " e ON e.ord = s.ord LEFT JOIN "
                + parents.stored(join.lookup(), link.mapping().otherId()) + " p ON " + equality.equal("p.v", "e.value")
                + " LEFT JOIN " + parents.arriving(join.lookup()) + " x ON " + equality.equal("x.v", "e.value")
                + " WHERE p.v IS NULL AND x.v IS NULL";
    }

    /** Documents whose row exists and would change. */
    String updates() {
        List<String> booleans = new ArrayList<>(differences.columnsDiffer());
        List<String> any = new ArrayList<>(List.of(differences.row().any()));
        StringBuilder joins = new StringBuilder();
        for (Reference reference : references()) {
            joins.append(parents(reference, "<=")).append(pending(reference));
            booleans.add(changes(reference));
            any.add(changes(reference));
        }
        booleans.addAll(differences.othersDiffer());
        mapping.references().forEach(reference -> booleans.add("false"));
        return "INSERT INTO " + tables.differences() + " SELECT s.ord, "
                + tables.key().staged("s") + ", '"
                + DifferenceStatements.DIFFERENT + "'"
                + booleans.stream().map(flag -> ", " + flag).collect(Collectors.joining()) + " FROM "
                + tables.documents() + " s JOIN " + table + " t ON "
                + tables.key().isRowOf("t", "s") + joins
                + " WHERE " + String.join(" OR ", any);
    }

    /** References that wait are filled in when their row has arrived, before the referring document is met again. */
    private String pending(Reference reference) {
        return isFilledInBefore(reference)
                ? " LEFT JOIN "
                        + new PendingReferenceStatements(mapping.table(), List.of(reference.column()))
                                .joined(
                                        "w" + reference.number(),
                                        tables.key().stagedText("s"),
                                        "s." + reference.key() + "::text")
                : "";
    }

    private boolean isFilledInBefore(Reference reference) {
        return bookkeeping
                && reference.mapping().whenMissing() == MissingReference.PENDING
                && parents.isStaged(reference.mapping().parentKey())
                && !leadsToItself(reference);
    }

    private String changes(Reference reference) {
        int i = reference.number();
        String column = "t." + Sql.column(reference.column());
        String unlessFilledIn = isFilledInBefore(reference)
                ? " AND NOT (" + column + " IS NULL AND " + PendingReferenceStatements.isPending("w" + i) + ")"
                : "";
        // What a lookup table does not hold is inserted there.
        String inserted = reference.mapping().insertMissing() ? "s." + reference.key() + " IS NOT NULL OR " : "";
        return "CASE WHEN p" + i + ".v IS NOT NULL THEN "
                + catalog.equality(reference.mapping().parentId()).distinct(column, "p" + i + ".id") + unlessFilledIn
                + " WHEN x" + i + ".v IS NOT NULL THEN true" + unlessFilledIn + " ELSE " + inserted + column
                + " IS NOT NULL END";
    }

    /** How many documents are new. */
    String countNew() {
        return "SELECT count(*) FROM " + tables.documents() + " s WHERE " + isNew();
    }

    /** Whether a document has no row yet. */
    String isNew() {
        return "NOT EXISTS (SELECT FROM " + table + " t WHERE " + tables.key().isRowOf("t", "s") + ")";
    }

    /** How many documents are left in the stage. */
    String countStaged() {
        return "SELECT count(*) FROM " + tables.documents();
    }

    /** How many documents would be updated, and how often each of {@link DifferenceStatements#names()} is why. */
    String countUpdates() {
        return "SELECT count(*)"
                + differences.differing().stream()
                        .map(flag -> ", count(*) FILTER (WHERE " + flag + ")")
                        .collect(Collectors.joining())
                + " FROM " + tables.differences();
    }

    /** How many references would wait. */
    String countWaiting(Reference reference) {
        return "SELECT count(*) FROM " + tables.documents() + " s LEFT JOIN "
                + parents.stored(
                        reference.mapping().parentKey(), reference.mapping().parentId())
                + " p ON " + leadsTo(reference, "p") + " LEFT JOIN "
                + parents.arriving(reference.mapping().parentKey()) + " x ON " + leadsTo(reference, "x") + " WHERE s."
                + reference.key() + " IS NOT NULL AND p.v IS NULL AND x.v IS NULL";
    }

    /** Rejects by code. */
    String rejects() {
        return "SELECT code, count(*) FROM " + tables.rejects() + " GROUP BY code";
    }
}
