package io.docrows.internal.compare;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.metadata.BookkeepingTables;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.LinkDifference;
import io.docrows.report.CollectionVerification;
import io.docrows.report.CollectionVerification.ChildRows;
import io.docrows.report.CollectionVerification.JoinRows;
import io.docrows.report.Difference;
import io.docrows.run.VerifyOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares one staged collection with its table, within a snapshot. */
final class CollectionComparison {

    private final Connection connection;
    private final StagedCollection<?> staged;
    private final VerifyStatements sql;
    private final VerifyOptions options;
    private final List<String> names;
    private final Map<String, Long> kinds = new HashMap<>();
    private final Map<String, Long> columns = new LinkedHashMap<>();
    private long waiting;

    CollectionComparison(
            Connection connection, StagedCollection<?> staged, VerifyStatements sql, VerifyOptions options) {
        this.connection = connection;
        this.staged = staged;
        this.sql = sql;
        this.options = options;
        this.names = sql.differences().names();
    }

    CollectionVerification compare() throws SQLException {
        long started = System.nanoTime();
        ChildReferences children = new ChildReferences(
                connection,
                staged.tables(),
                new Parents(List.of()),
                sql.isRemembered(BookkeepingTables.has(connection, "pending_document")));
        waiting += children.resolve();
        children.refuseDuplicates(staged.stage());
        Statements.update(connection, sql.rows());
        Statements.update(connection, sql.waiting());
        for (LinkDifference link : sql.differences().links()) {
            if (Statements.update(connection, link.find()) > 0) {
                Statements.execute(connection, sql.differences().mark(link));
            }
        }
        for (ChildDifference child : sql.differences().children()) {
            if (Statements.update(connection, child.find(options.values())) > 0) {
                Statements.execute(connection, sql.differences().mark(child));
            }
        }
        Statements.execute(connection, sql.rejected());
        count();
        Map<String, JoinRows> joins = joins();
        Map<String, ChildRows> childRows = children();
        List<Difference> differences = new ArrayList<>();
        long unrecorded = Statements.count(connection, sql.countUnrecorded());
        keys(Difference.Kind.MISSING, sql.keys(VerifyStatements.MISSING, options.samples()), differences);
        StoredText text = staged.catalog().text();
        differences.addAll(Statements.rows(
                connection,
                sql.unrecorded(options.samples() - differences.size()),
                row -> new Difference(Difference.Kind.MISSING, text.text(row.getString(1)), List.of())));
        differences.addAll(
                Statements.rows(connection, sql.differences(options.samples(), options.values()), this::difference));
        keys(Difference.Kind.EXTRA, sql.keys(VerifyStatements.EXTRA, options.samples()), differences);

        long undecoded = staged.stage().rejectsByCode().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long documents = staged.stage().documents() - staged.stage().unmatched();
        long decoded = documents - undecoded - staged.superseded();
        long withoutRow = kind(VerifyStatements.MISSING) + kind(VerifyStatements.REJECTED);
        long different = kind(VerifyStatements.DIFFERENT);
        long rejectedWithRow = kind(VerifyStatements.REJECTED_AND_OUTDATED);
        boolean partial = isPartial(staged, options);
        return new CollectionVerification(
                staged.mapping().collection(),
                staged.mapping().table().getName(),
                partial,
                documents,
                partial ? decoded - withoutRow : Statements.count(connection, sql.countRows()),
                decoded - withoutRow - different - rejectedWithRow,
                different,
                kind(VerifyStatements.MISSING) + unrecorded,
                kind(VerifyStatements.REJECTED) + rejectedWithRow + undecoded - unrecorded,
                staged.superseded(),
                staged.unmatched(),
                kind(VerifyStatements.EXTRA),
                kind(VerifyStatements.OUTDATED) + rejectedWithRow,
                kind(VerifyStatements.MARKED),
                waiting,
                columns,
                joins,
                childRows,
                differences,
                staged.duration().plus(Duration.ofNanos(System.nanoTime() - started)));
    }

    /**
     * Whether rows without a document are not looked for: not all documents are read, or such a row may be another's.
     */
    static boolean isPartial(StagedCollection<?> staged, VerifyOptions options) {
        return !options.ids().isEmpty() || CompiledMapping.sharesRows(staged.mapping());
    }

    private long kind(String kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    private void count() throws SQLException {
        Statements.rows(connection, sql.counts(), row -> {
            String kind = row.getString(1);
            kinds.put(kind, row.getLong(2));
            int own = sql.differences().columns().size();
            for (int i = 0; kind.equals(VerifyStatements.DIFFERENT) && i < own; i++) {
                long count = row.getLong(3 + i);
                if (count > 0) {
                    columns.put(names.get(i), count);
                }
            }
            waiting += row.getLong(3 + names.size());
            return kind;
        });
    }

    private Map<String, JoinRows> joins() throws SQLException {
        Map<String, JoinRows> joins = new LinkedHashMap<>();
        for (LinkDifference link : sql.differences().links()) {
            JoinRows rows = Statements.rows(
                            connection,
                            sql.differences().count(link),
                            row -> new JoinRows(row.getLong(1), row.getLong(2)))
                    .get(0);
            if (rows.missing() + rows.extra() > 0) {
                joins.put(link.link().mapping().join().table().getName(), rows);
            }
        }
        return joins;
    }

    private Map<String, ChildRows> children() throws SQLException {
        Map<String, ChildRows> children = new LinkedHashMap<>();
        for (ChildDifference child : sql.differences().children()) {
            ChildRows rows = Statements.rows(connection, sql.differences().count(child), row -> childRows(child, row))
                    .get(0);
            if (rows.missing() + rows.extra() + rows.different() > 0) {
                children.put(child.tableName(), rows);
            }
        }
        return children;
    }

    private static ChildRows childRows(ChildDifference child, ResultSet row) throws SQLException {
        Map<String, Long> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < child.names().size(); i++) {
            long count = row.getLong(4 + i);
            if (count > 0) {
                byColumn.put(child.names().get(i), count);
            }
        }
        return new ChildRows(row.getLong(1), row.getLong(2), row.getLong(3), byColumn);
    }

    private void keys(Difference.Kind kind, String query, List<Difference> differences) throws SQLException {
        differences.addAll(
                Statements.rows(connection, query, row -> new Difference(kind, row.getString(1), List.of())));
    }

    private Difference difference(ResultSet row) throws SQLException {
        List<Difference.Column> differing = new ArrayList<>();
        int others = names.size() - sql.differences().children().size();
        for (int i = 0; i < others; i++) {
            if (row.getBoolean(2 + i)) {
                int values = 2 + names.size() + 2 * i;
                @Nullable String source = options.values() ? row.getString(values) : null;
                @Nullable String target = options.values() ? row.getString(values + 1) : null;
                differing.add(new Difference.Column(names.get(i), source, target));
            }
        }
        int first = 2 + names.size() + (options.values() ? 2 * others : 0);
        for (ChildDifference child : sql.differences().children()) {
            ChildSamples samples = new ChildSamples(child, options.values());
            differing.addAll(samples.read(row, first));
            first += samples.size();
        }
        return new Difference(Difference.Kind.DIFFERENT, row.getString(1), differing);
    }
}
