package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.Reference;
import io.docrows.mapping.MissingReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Makes of the staged rows of child tables what a run makes of them: whose references lead where, and which are left
 * out.
 */
final class ChildReferences {

    private final Connection connection;
    private final StageTables tables;
    private final List<ChildDifference> children;
    private final Parents parents;
    private final BiFunction<ChildDifference, Reference, String> mayWait;

    /** @param mayWait whether a staged row {@code s} may wait for a row that is missing, as a condition */
    ChildReferences(
            Connection connection,
            StageTables tables,
            List<ChildDifference> children,
            Parents parents,
            BiFunction<ChildDifference, Reference, String> mayWait) {
        this.connection = connection;
        this.tables = tables;
        this.children = children;
        this.parents = parents;
        this.mayWait = mayWait;
    }

    /**
     * Resolves all references. Those that lead to rows which are yet to come keep their key, and have no id. Rows that
     * may wait are as they are while they do.
     *
     * @return how many rows wait
     */
    long resolve() throws SQLException {
        long waiting = 0;
        for (ChildDifference child : children) {
            for (Reference reference : child.table().references()) {
                Statements.update(
                        connection,
                        child.resolve(
                                reference,
                                parents.stored(
                                        reference.mapping().parentKey(),
                                        reference.mapping().parentId())));
                if (reference.mapping().insertMissing()) {
                    continue;
                }
                if (reference.waits()) {
                    String waits = isMissing(child, reference) + " AND " + mayWait.apply(child, reference);
                    waiting += Statements.update(
                            connection,
                            child.table().leavesOut(reference)
                                    ? child.leaveOut(waits)
                                    : child.forget(reference, waits));
                } else if (reference.mapping().whenMissing() == MissingReference.SKIP) {
                    Statements.update(connection, child.leaveOut(isMissing(child, reference)));
                } else if (!reference.rejects()) {
                    Statements.update(connection, child.forget(reference, isMissing(child, reference)));
                }
            }
        }
        return waiting;
    }

    /** Moves the documents to the rejects that have two rows of the same identity. */
    void refuseDuplicates(CollectionStage<?> stage) throws SQLException {
        for (ChildDifference child : children) {
            if (child.table().comparesLoosely()) {
                stage.move(child.duplicates(), RejectCode.DUPLICATE_ELEMENT);
            }
        }
    }

    /** Moves the documents to the rejects that need a row which is not there and will not be. Returns how many. */
    long refuseMissing() throws SQLException {
        long refused = 0;
        for (ChildDifference child : children) {
            for (Reference reference : child.table().references()) {
                if (reference.rejects()) {
                    refused += Statements.update(
                            connection,
                            tables.refuse(
                                    child.documentsWith(isMissing(child, reference)), RejectCode.MISSING_REFERENCE));
                }
            }
        }
        return refused;
    }

    /** Whether a staged row leads to a row that neither is there nor will be when it is loaded. */
    private String isMissing(ChildDifference child, Reference reference) {
        String unresolved = ChildDifference.isUnresolved(reference);
        if (!parents.isStaged(reference.mapping().parentKey())) {
            return unresolved;
        }
        // Documents of one batch may refer to each other.
        String before = tables.tree().documents().leadsHere(reference)
                ? " AND x.batch <= (SELECT d.batch FROM " + tables.documents() + " d WHERE d.ord = s.ord)"
                : "";
        return unresolved + " AND NOT EXISTS (SELECT FROM "
                + parents.arriving(reference.mapping().parentKey()) + " x WHERE " + child.leadsTo(reference, "x")
                + before + ")";
    }
}
