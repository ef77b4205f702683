package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
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

/** Says what a run would do with one staged collection, within a snapshot, after those that it refers to. */
final class CollectionPlanning {

    private final Connection connection;
    private final StagedCollection<?> staged;
    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final PlanStatements sql;
    private final Competition competition;

    CollectionPlanning(Connection connection, StagedCollection<?> staged, PlanStatements sql) {
        this.connection = connection;
        this.staged = staged;
        this.mapping = staged.mapping();
        this.catalog = staged.catalog();
        this.sql = sql;
        this.competition = new Competition(connection, staged, sql);
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

    CollectionPlan plan() throws SQLException {
        long started = System.nanoTime();
        refuseUnresolved();
        new CheckConstraints(connection, mapping, staged.tables(), catalog).find();
        competition.refuse();

        Statements.update(connection, sql.updates());
        for (JoinMapping join : mapping.joins()) {
            if (Statements.update(connection, sql.differences().links(join)) > 0) {
                Statements.execute(connection, sql.differences().markLinks(join));
            }
        }
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
                        staged.superseded()),
                updates,
                rejects,
                Deletions.NONE,
                false,
                Optional.empty(),
                waiting(),
                staged.drift(),
                staged.duration().plus(Duration.ofNanos(System.nanoTime() - started)));
    }

    private void refuseUnresolved() throws SQLException {
        for (ReferenceMapping<?> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.REJECT) {
                long refused;
                do {
                    // Whoever refers to a document that is refused is refused as well.
                    refused = Statements.update(
                            connection, sql.refuse(sql.missingParents(reference), RejectCode.MISSING_REFERENCE));
                } while (refused > 0 && sql.leadsToItself(reference));
            }
        }
        for (JoinMapping join : mapping.joins()) {
            if (!join.join().insertsMissing()) {
                Statements.update(connection, sql.refuse(sql.missingLookups(join), RejectCode.MISSING_REFERENCE));
            }
        }
    }

    private long updates(Map<String, Long> updates) throws SQLException {
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

    private long waiting() throws SQLException {
        long waiting = 0;
        for (ReferenceMapping<?> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.PENDING) {
                waiting += Statements.count(connection, sql.countWaiting(reference));
            }
        }
        return waiting;
    }
}
