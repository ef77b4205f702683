package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildPreparation;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiFunction;
import org.jooq.Condition;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Makes of the staged rows of child tables what a run makes of them: whose references lead where, and which are left
 * out.
 */
final class ChildReferences {

    private final Connection connection;
    private final StageTables tables;
    private final Parents parents;
    private final BiFunction<ChildTable, Reference, Condition> mayWait;

    /** @param mayWait whether a staged row {@code s} may wait for a row that is missing */
    ChildReferences(
            Connection connection,
            StageTables tables,
            Parents parents,
            BiFunction<ChildTable, Reference, Condition> mayWait) {
        this.connection = connection;
        this.tables = tables;
        this.parents = parents;
        this.mayWait = mayWait;
    }

    private List<ChildTable> children() {
        return tables.tree().children();
    }

    /**
     * Resolves all references. Those that lead to rows which are yet to come keep their key, and have no id. Rows that
     * may wait are as they are while they do.
     *
     * @return how many rows wait
     */
    long resolve() throws SQLException {
        long waiting = 0;
        for (ChildTable child : children()) {
            ChildPreparation sql = new ChildPreparation(child);
            if (child.mapping().isLinked()) {
                Statements.execute(connection, sql.linkOnce());
            }
            for (Reference reference : child.references()) {
                ReferenceMapping<?> mapping = reference.mapping();
                Statements.update(
                        connection,
                        sql.resolve(reference, parents.stored(mapping.parentKey(), mapping.parentId(), "p")));
                if (mapping.insertMissing()) {
                    continue;
                }
                Condition missing = isMissing(sql, reference);
                if (reference.waits()) {
                    Condition waits = missing.and(mayWait.apply(child, reference));
                    waiting += Statements.update(
                            connection,
                            child.leavesOut(reference) ? sql.leaveOut(waits) : sql.forget(reference, waits));
                } else if (mapping.whenMissing() == MissingReference.SKIP) {
                    Statements.update(connection, sql.leaveOut(missing));
                } else if (!reference.rejects()) {
                    Statements.update(connection, sql.forget(reference, missing));
                }
            }
        }
        return waiting;
    }

    /** Moves the documents to the rejects that have two rows of the same identity. */
    void refuseDuplicates(CollectionStage<?> stage) throws SQLException {
        for (ChildTable child : children()) {
            if (child.comparesLoosely() && !child.mapping().isLinked()) {
                stage.move(new ChildPreparation(child).duplicates(), RejectCode.DUPLICATE_ELEMENT);
            }
        }
    }

    /** Moves the documents to the rejects that need a row which is not there and will not be. Returns how many. */
    long refuseMissing() throws SQLException {
        long refused = 0;
        for (ChildTable child : children()) {
            ChildPreparation sql = new ChildPreparation(child);
            for (Reference reference : child.references()) {
                if (reference.rejects()) {
                    refused += Statements.update(
                            connection,
                            tables.refuse(sql.documentsWith(isMissing(sql, reference)), RejectCode.MISSING_REFERENCE));
                }
            }
        }
        return refused;
    }

    /** Whether a staged row leads to a row that neither is there nor will be when it is loaded. */
    private Condition isMissing(ChildPreparation sql, Reference reference) {
        Condition unresolved = ChildPreparation.isUnresolved(reference);
        TableField<?, ?> parentKey = reference.mapping().parentKey();
        if (!parents.isStaged(parentKey)) {
            return unresolved;
        }
        Condition arrives = sql.leadsTo(reference, "x");
        if (tables.tree().documents().leadsHere(reference)) {
            // Documents of one batch may refer to each other.
            arrives = arrives.and(Terms.staged("x", "batch")
                    .le(DSL.select(Terms.staged("d", "batch"))
                            .from(tables.documents("d"))
                            .where(Terms.staged("d", "ord").eq(Terms.staged("s", "ord")))));
        }
        return unresolved.and(DSL.notExists(
                DSL.selectOne().from(parents.arriving(parentKey, "x")).where(arrives)));
    }
}
