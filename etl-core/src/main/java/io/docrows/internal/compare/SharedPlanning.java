package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.postgres.Sql;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says what a run would do with a collection that several mappings read, each of which was staged. A document has the
 * same number in all stages; what one mapping refuses of it, no other writes.
 */
final class SharedPlanning {

    private final Connection connection;
    private final List<CollectionPlanning> plannings;

    SharedPlanning(Connection connection, List<CollectionPlanning> plannings) {
        this.connection = connection;
        this.plannings = List.copyOf(plannings);
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
            String rejects = from.staged().tables().rejects();
            for (CollectionPlanning to : plannings) {
                if (to != from) {
                    StageTables stage = to.staged().tables();
                    for (RejectCode code : codes(rejects)) {
                        refused += Statements.update(
                                connection,
                                stage.refuse(
                                        "SELECT s.ord FROM " + stage.documents() + " s JOIN " + rejects
                                                + " x ON x.ord = s.ord AND x.code = '" + code.name() + "'",
                                        code));
                    }
                }
            }
        }
        return refused > 0;
    }

    private List<RejectCode> codes(String rejects) throws SQLException {
        return Statements.rows(
                connection, "SELECT DISTINCT code FROM " + rejects, row -> RejectCode.valueOf(row.getString(1)));
    }

    private Map<RejectCode, Long> rejects() throws SQLException {
        Map<RejectCode, Long> rejects = new EnumMap<>(RejectCode.class);
        Statements.rows(
                connection,
                "SELECT q.code, count(*) FROM (SELECT DISTINCT ON (r.ord) r.ord, r.code FROM ("
                        + union(each -> "SELECT ord, code FROM "
                                + each.staged().tables().rejects())
                        + ") r ORDER BY r.ord, r.code) q GROUP BY q.code",
                row -> rejects.put(RejectCode.valueOf(row.getString(1)), row.getLong(2)));
        return rejects;
    }

    private Counts counts(StagedCollection<?> first, long rejected) throws SQLException {
        String rows = union(each -> {
            String stage = each.staged().tables().documents();
            return "SELECT s.ord, " + Sql.text(each.statements().isNew()) + " AS new, EXISTS (SELECT FROM "
                    + each.staged().tables().differences() + " d WHERE d.ord = s.ord) AS changed FROM " + stage + " s";
        });
        return Statements.rows(
                        connection,
                        "SELECT count(*), count(*) FILTER (WHERE q.new), count(*) FILTER (WHERE NOT q.new AND"
                                + " q.written) FROM (SELECT bool_and(r.new) AS new, bool_or(r.new OR r.changed) AS written"
                                + " FROM ("
                                + rows + ") r GROUP BY r.ord) q",
                        row -> {
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

    private String union(Function<CollectionPlanning, String> query) {
        return plannings.stream().map(query).collect(Collectors.joining(" UNION ALL "));
    }
}
