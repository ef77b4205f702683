package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.LinkDifference;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.report.CollectionPlan;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.impl.DSL;

/** Says what a run would do with one staged collection, within a snapshot, after those that it refers to. */
final class CollectionPlanning {

    private final Connection connection;
    private final StagedCollection<?> staged;
    private final CollectionMapping<?> mapping;
    private final PlanStatements sql;
    private final Competition competition;
    private long elementsWaiting;

    CollectionPlanning(Connection connection, StagedCollection<?> staged, PlanStatements sql) throws SQLException {
        this.connection = connection;
        this.staged = staged;
        this.mapping = staged.mapping();
        this.sql = sql;
        this.competition = new Competition(connection, staged);
    }

    /** Makes the tables that planning needs beside the staged collection. */
    void create() throws SQLException {
        Statements.execute(connection, sql.differences().create());
        Statements.execute(connection, competition.create());
    }

    void drop() throws SQLException {
        Statements.execute(connection, sql.differences().drop());
        Statements.execute(connection, competition.drop());
    }

    StagedCollection<?> staged() {
        return staged;
    }

    PlanStatements statements() {
        return sql;
    }

    CollectionPlan plan() throws SQLException {
        long started = System.nanoTime();
        refuse();
        findUpdates();
        long left = Statements.count(connection, sql.countStaged());
        long inserted = Statements.count(connection, sql.countNew());
        Map<String, Long> updates = new LinkedHashMap<>();
        long updated = updates(updates);
        Map<RejectCode, Long> rejects = rejects();
        long rejected = rejects.values().stream().mapToLong(Long::longValue).sum();
        return new CollectionPlan(
                mapping.collection(),
                mapping.table().getName(),
                new Counts(
                        staged.stage().documents(),
                        inserted,
                        updated,
                        left - inserted - updated,
                        rejected,
                        staged.superseded() + staged.unmatched(),
                        staged.unmatched()),
                updates,
                rejects,
                Deletions.NONE,
                false,
                Optional.empty(),
                waiting(),
                staged.drift(),
                staged.duration().plus(Duration.ofNanos(System.nanoTime() - started)));
    }

    /** Takes out of the stage what comes with the key of a document that was loaded before into the same table. */
    void refuseKeysOf(CollectionPlanning earlier) throws SQLException {
        if (earlier.mapping.table().equals(mapping.table())
                && earlier.mapping.key().equals(mapping.key())) {
            Statements.update(
                    connection,
                    sql.refuse(
                            DSL.select(Terms.staged("s", "ord"))
                                    .from(staged.tables().documents("s"))
                                    .join(earlier.staged.tables().documents("o"))
                                    .on(staged.tables().key().isSame("s", "o")),
                            RejectCode.DUPLICATE_KEY));
        }
    }

    /** Takes out of the stage what a run would refuse. */
    void refuse() throws SQLException {
        refuseUnresolved();
        CheckConstraints checks = new CheckConstraints(connection, staged.tables());
        checks.refuseForeseen();
        competition.refuse();
        checks.refuseOthers();
    }

    /** Finds the documents of which a row would change. */
    void findUpdates() throws SQLException {
        Statements.update(connection, sql.updates());
        for (LinkDifference link : sql.differences().links()) {
            if (Statements.update(connection, link.find()) > 0) {
                Statements.execute(connection, sql.differences().mark(link));
            }
        }
        for (ChildDifference child : sql.differences().children()) {
            if (Statements.update(connection, child.find(false)) > 0) {
                Statements.execute(connection, sql.differences().mark(child));
            }
        }
    }

    /** Takes out of the stage documents that refer to something that is not there. */
    void refuseUnresolved() throws SQLException {
        ChildReferences children = new ChildReferences(
                connection, staged.tables(), sql.parents(), (child, reference) -> DSL.trueCondition());
        elementsWaiting += children.resolve();
        boolean circular = TableTree.references(mapping).stream()
                .anyMatch(reference ->
                        QualifiedName.tableOf(reference.parentKey()).equals(mapping.table()));
        long refused;
        do {
            // Whoever refers to a document that is refused is refused as well.
            refused = refuseMissing();
            children.refuseDuplicates(staged.stage());
            refused += children.refuseMissing();
        } while (refused > 0 && circular);
    }

    private long refuseMissing() throws SQLException {
        long refused = 0;
        for (Reference reference : sql.references()) {
            if (reference.rejects()) {
                refused += Statements.update(
                        connection, sql.refuse(sql.missingParents(reference), RejectCode.MISSING_REFERENCE));
            }
        }
        for (LinkDifference link : sql.differences().links()) {
            if (!link.link().mapping().join().insertsMissing()) {
                refused += Statements.update(
                        connection, sql.refuse(sql.missingLookups(link.link()), RejectCode.MISSING_REFERENCE));
            }
        }
        return refused;
    }

    /** Counts by column why documents are updated; returns how many are. */
    long updates(Map<String, Long> updates) throws SQLException {
        List<String> names = sql.differences().names();
        return Statements.rows(connection, sql.countUpdates(), row -> {
                    for (int i = 0; i < names.size(); i++) {
                        long count = row.getLong(2 + i);
                        if (count > 0) {
                            updates.put(names.get(i), count);
                        }
                    }
                    return row.getLong(1);
                })
                .get(0);
    }

    private Map<RejectCode, Long> rejects() throws SQLException {
        Map<RejectCode, Long> rejects = new EnumMap<>(RejectCode.class);
        Statements.rows(
                connection, sql.rejects(), row -> rejects.put(RejectCode.valueOf(row.getString(1)), row.getLong(2)));
        return rejects;
    }

    /** How many references would wait. */
    long waiting() throws SQLException {
        long waiting = elementsWaiting;
        for (Reference reference : sql.references()) {
            if (reference.mapping().whenMissing() == MissingReference.PENDING
                    && !reference.mapping().insertMissing()) {
                waiting += Statements.count(connection, sql.countWaiting(reference));
            }
        }
        return waiting;
    }
}
