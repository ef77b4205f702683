package io.docrows.internal.write;

import io.docrows.internal.column.QualifiedName;
import io.docrows.report.RowCounts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.Table;

/** Counts the rows that a chunk writes, by table. Not thread-safe. */
final class RowTally {

    private final Map<String, RowCounts> counts = new LinkedHashMap<>();

    void inserted(Table<?> table, long rows) {
        add(table, new RowCounts(rows, 0, 0));
    }

    void updated(Table<?> table, long rows) {
        add(table, new RowCounts(0, rows, 0));
    }

    void deleted(Table<?> table, long rows) {
        add(table, new RowCounts(0, 0, rows));
    }

    void add(RowTally other) {
        other.counts.forEach((table, more) -> counts.merge(table, more, RowCounts::plus));
    }

    private void add(Table<?> table, RowCounts more) {
        counts.merge(QualifiedName.text(table), more, RowCounts::plus);
    }

    /** The tables of which rows were written, by {@code schema.table}. */
    Map<String, RowCounts> counts() {
        counts.values().removeIf(RowCounts.NONE::equals);
        return counts;
    }
}
