package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.postgres.Statements;
import io.docrows.mapping.CollectionMapping;
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

/**
 * Says what a run would do with a collection that several mappings read, each of which was staged. A document has the
 * same number in all stages; what one mapping refuses of it, no other writes.
 */
final class SharedPlanning {

    private final Connection connection;
    private final List<CollectionPlanning> plannings;
    private final SharedStatements sql;

    SharedPlanning(Connection connection, List<CollectionPlanning> plannings) {
        this.connection = connection;
        this.plannings = List.copyOf(plannings);
        this.sql = new SharedStatements(plannings);
    }

    CollectionPlan plan() throws SQLException {
        long started = System.nanoTime();
        for (CollectionPlanning planning : plannings) {
            planning.refuse();
        }
        while (spread()) {
            // Whoever refers to a document that is refused is refused as well.
            for (CollectionPlanning planning : plannings) {
                planning.refuseUnresolved();
            }
        }
        Map<String, Long> updates = new LinkedHashMap<>();
        long waiting = 0;
        for (CollectionPlanning planning : plannings) {
            planning.findUpdates();
            Map<String, Long> own = new LinkedHashMap<>();
            planning.updates(own);
            String table = planning.staged().mapping().table().getName();
            own.forEach((column, documents) -> updates.put(table + "." + column, documents));
            waiting += planning.waiting();
        }
        Map<RejectCode, Long> rejects = rejects();
        StagedCollection<?> first = plannings.get(0).staged();
        return new CollectionPlan(
                first.mapping().collection(),
                new MappedCollection(
                                first.mapping().collection(),
                                plannings.stream()
                                        .<CollectionMapping<?>>map(
                                                each -> each.staged().mapping())
                                        .toList())
                        .tableNames(),
                counts(
                        first,
                        rejects.values().stream().mapToLong(Long::longValue).sum()),
                updates,
                rejects,
                Deletions.NONE,
                false,
                Optional.empty(),
                waiting,
                first.drift(),
                plannings.stream()
                        .map(each -> each.staged().duration())
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)
                        .plus(Duration.ofNanos(System.nanoTime() - started)));
    }

    /** Has each stage refuse what another one does; returns whether that was news to any. */
    private boolean spread() throws SQLException {
        long refused = 0;
        for (CollectionPlanning from : plannings) {
            StageTables source = from.staged().tables();
            for (CollectionPlanning to : plannings) {
                if (to != from) {
                    for (RejectCode code : codes(source)) {
                        refused += Statements.update(
                                connection, SharedStatements.refuse(to.staged().tables(), source, code));
                    }
                }
            }
        }
        return refused > 0;
    }

    private List<RejectCode> codes(StageTables stage) throws SQLException {
        return Statements.rows(connection, SharedStatements.codes(stage), row -> RejectCode.valueOf(row.getString(1)));
    }

    private Map<RejectCode, Long> rejects() throws SQLException {
        Map<RejectCode, Long> rejects = new EnumMap<>(RejectCode.class);
        Statements.rows(
                connection, sql.rejects(), row -> rejects.put(RejectCode.valueOf(row.getString(1)), row.getLong(2)));
        return rejects;
    }

    private Counts counts(StagedCollection<?> first, long rejected) throws SQLException {
        return Statements.rows(connection, sql.counts(), row -> {
                    long read = first.stage().documents();
                    long left = row.getLong(1);
                    long inserted = row.getLong(2);
                    long updated = row.getLong(3);
                    return new Counts(
                            read,
                            inserted,
                            updated,
                            left - inserted - updated,
                            rejected,
                            read - left - rejected,
                            first.unmatched());
                })
                .get(0);
    }
}
