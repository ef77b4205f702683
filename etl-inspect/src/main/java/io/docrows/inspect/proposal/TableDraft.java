package io.docrows.inspect.proposal;

import io.docrows.inspect.proposal.ProposedColumn.Role;
import io.docrows.inspect.proposal.ProposedTable.LeftOut;
import io.docrows.inspect.proposal.ProposedTable.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table while it is drafted. Not thread-safe. */
final class TableDraft {

    final String name;
    final Origin origin;
    final String collection;
    final List<String> path;
    final @Nullable TableDraft parent;
    final long rows;
    final List<ProposedColumn> columns = new ArrayList<>();
    final List<String> key = new ArrayList<>();
    final List<ProposedForeignKey> foreignKeys = new ArrayList<>();
    final List<String> uniqueKeys = new ArrayList<>();
    final List<LeftOut> leftOut = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> byPath = new HashMap<>();

    TableDraft(
            String name, Origin origin, String collection, List<String> path, @Nullable TableDraft parent, long rows) {
        this.name = name;
        this.origin = origin;
        this.collection = collection;
        this.path = path;
        this.parent = parent;
        this.rows = rows;
    }

    /** Adds a column, under another name if the name is taken. */
    String add(String wanted, Role role, String from, long nulls, List<Choice> choices) {
        String free = wanted;
        for (int number = 2; !names.add(free); number++) {
            free = SqlNames.cut(wanted + "_" + number);
        }
        columns.add(new ProposedColumn(free, role, from, nulls, choices));
        if (!from.isEmpty()) {
            byPath.put(from, free);
        }
        return free;
    }

    Optional<String> columnOf(String from) {
        return Optional.ofNullable(byPath.get(from));
    }

    /** The columns of the parent's key, as columns of this table. */
    void addParentKey(TableDraft above, String singular) {
        List<String> mine = new ArrayList<>();
        for (String column : above.key) {
            ProposedColumn theirs = above.columns.stream()
                    .filter(one -> one.name().equals(column))
                    .findFirst()
                    .orElseThrow();
            String wanted = theirs.role() == Role.PARENT ? column : SqlNames.cut(singular + "_" + column);
            mine.add(add(wanted, Role.PARENT, "", 0, List.of(theirs.chosen())));
        }
        key.addAll(mine);
        foreignKeys.add(new ProposedForeignKey(mine, above.name, above.key, 0, 0));
    }

    ProposedTable table() {
        return new ProposedTable(
                name,
                origin,
                collection,
                io.docrows.inspect.fact.PathFacts.join(path),
                Optional.ofNullable(parent).map(above -> above.name),
                rows,
                columns.stream().map(this::withoutLookup).toList(),
                key,
                foreignKeys,
                uniqueKeys,
                leftOut,
                reasons);
    }

    /** What refers to a table needs no other one to look its values up. */
    private ProposedColumn withoutLookup(ProposedColumn column) {
        if (foreignKeys.stream().noneMatch(one -> one.columns().contains(column.name()))) {
            return column;
        }
        return new ProposedColumn(
                column.name(),
                column.role(),
                column.path(),
                column.nulls(),
                column.choices().stream()
                        .filter(choice -> !choice.type().startsWith("lookup"))
                        .toList());
    }
}
