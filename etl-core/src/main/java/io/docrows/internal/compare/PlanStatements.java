package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
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
        this.differences = new DifferenceStatements(mapping, catalog, tables);
        this.table = Sql.table(mapping.table());
    }

    DifferenceStatements differences() {
        return differences;
    }

    /** Moves documents from the stage to the rejects; {@code query} returns their {@code ord}. */
    String refuse(String query, RejectCode code) {
        return tables.refuse(query, code);
    }

    /** Documents that refer to one that is not there, nor will be when they are loaded. */
    String missingParents(ReferenceMapping<?> reference) {
        String staged = "s.r" + mapping.references().indexOf(reference);
        return "SELECT s.ord FROM " + tables.documents() + " s" + parents(reference, "<") + " WHERE " + staged
                + " IS NOT NULL AND " + isMissing(reference);
    }

    private String isMissing(ReferenceMapping<?> reference) {
        return "p" + mapping.references().indexOf(reference) + ".v IS NULL AND x"
                + mapping.references().indexOf(reference) + ".v IS NULL";
    }

    /** Where a table refers to itself, {@code bound} says which batches a row must have come with. */
    private String parents(ReferenceMapping<?> reference, String bound) {
        int i = mapping.references().indexOf(reference);
        return " LEFT JOIN " + parents.stored(reference.parentKey(), reference.parentId()) + " p" + i + " ON "
                + leadsTo(reference, "p" + i) + " LEFT JOIN " + parents.arriving(reference.parentKey()) + " x" + i
                + " ON " + leadsTo(reference, "x" + i)
                + (leadsToItself(reference) ? " AND x" + i + ".batch " + bound + " s.batch" : "");
    }

    /** Whether a document refers to a row of {@link Parents}. */
    private String leadsTo(ReferenceMapping<?> reference, String parent) {
        return catalog.equality(reference.parentKey())
                .equal(parent + ".v", "s.r" + mapping.references().indexOf(reference));
    }

    boolean leadsToItself(ReferenceMapping<?> reference) {
        return mapping.table().equals(reference.parentKey().getTable());
    }

    /** Documents with an element that a lookup table does not hold, nor will. */
    String missingLookups(JoinMapping join) {
        return "SELECT DISTINCT s.ord FROM " + tables.documents() + " s JOIN "
                + tables.elements(mapping.joins().indexOf(join))
                + " e ON e.ord = s.ord LEFT JOIN " + parents.stored(join.join().lookup(), join.otherId())
                + " p ON " + differences.equal(join.join().lookup(), "p.v", "e.value") + " LEFT JOIN "
                + parents.arriving(join.join().lookup())
                + " x ON " + differences.equal(join.join().lookup(), "x.v", "e.value")
                + " WHERE p.v IS NULL AND x.v IS NULL";
    }

    /** Documents whose row exists and would change. */
    String updates() {
        List<String> booleans = new ArrayList<>(differences.columnsDiffer());
        List<String> any = new ArrayList<>(List.of(differences.rowDiffers()));
        StringBuilder joins = new StringBuilder();
        for (ReferenceMapping<?> reference : mapping.references()) {
            joins.append(parents(reference, "<=")).append(pending(reference));
            booleans.add(changes(reference));
            any.add(changes(reference));
        }
        mapping.joins().forEach(join -> booleans.add("false"));
        mapping.references().forEach(reference -> booleans.add("false"));
        return "INSERT INTO " + tables.differences() + " SELECT s.ord, s.c0, '" + DifferenceStatements.DIFFERENT + "'"
                + booleans.stream().map(flag -> ", " + flag).collect(Collectors.joining()) + " FROM "
                + tables.documents() + " s JOIN " + table + " t ON " + differences.isRowOf("t", "s") + joins + " WHERE "
                + String.join(" OR ", any);
    }

    /** References that wait are filled in when their row has arrived, before the referring document is met again. */
    private String pending(ReferenceMapping<?> reference) {
        int i = mapping.references().indexOf(reference);
        return isFilledInBefore(reference)
                ? " LEFT JOIN "
                        + new PendingReferenceStatements(mapping.table(), List.of(reference.column()))
                                .joined("w" + i, "s.c0::text", "s.r" + i + "::text")
                : "";
    }

    private boolean isFilledInBefore(ReferenceMapping<?> reference) {
        return bookkeeping
                && reference.whenMissing() == MissingReference.PENDING
                && parents.isStaged(reference.parentKey())
                && !leadsToItself(reference);
    }

    private String changes(ReferenceMapping<?> reference) {
        int i = mapping.references().indexOf(reference);
        String column = "t." + Sql.column(reference.column());
        String unlessFilledIn = isFilledInBefore(reference)
                ? " AND NOT (" + column + " IS NULL AND " + PendingReferenceStatements.isPending("w" + i) + ")"
                : "";
        return "CASE WHEN p" + i + ".v IS NOT NULL THEN "
                + catalog.equality(reference.parentId()).distinct(column, "p" + i + ".id") + unlessFilledIn
                + " WHEN x" + i + ".v IS NOT NULL THEN true" + unlessFilledIn + " ELSE " + column
                + " IS NOT NULL END";
    }

    /** How many documents are new. */
    String countNew() {
        return "SELECT count(*) FROM " + tables.documents() + " s WHERE NOT EXISTS (SELECT FROM " + table + " t WHERE "
                + differences.isRowOf("t", "s") + ")";
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
    String countWaiting(ReferenceMapping<?> reference) {
        return "SELECT count(*) FROM " + tables.documents() + " s LEFT JOIN "
                + parents.stored(reference.parentKey(), reference.parentId()) + " p ON "
                + leadsTo(reference, "p") + " LEFT JOIN " + parents.arriving(reference.parentKey()) + " x ON "
                + leadsTo(reference, "x") + " WHERE s.r" + mapping.references().indexOf(reference)
                + " IS NOT NULL AND p.v IS NULL AND x.v IS NULL";
    }

    /** Rejects by code. */
    String rejects() {
        return "SELECT code, count(*) FROM " + tables.rejects() + " GROUP BY code";
    }
}
