package io.docrows.cli.inspect;

import io.docrows.cli.inspect.Diagram.Box;
import io.docrows.cli.inspect.Diagram.Edge;
import io.docrows.cli.inspect.Diagram.Field;
import io.docrows.cli.output.Numbers;
import io.docrows.inspect.proposal.ProposedColumn;
import io.docrows.inspect.proposal.ProposedForeignKey;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lays out an entity diagram in layers: what others refer to is on the left, what refers to it further right. Not
 * thread-safe.
 */
final class DiagramLayout {

    private static final int BOX = 226;
    private static final int GAP = 60;
    private static final int BETWEEN = 22;
    private static final int HEAD = 30;
    private static final int ROW = 18;
    private static final int MARGIN = 12;
    private static final int SHOWN_COLUMNS = 14;
    private static final int NAME_CHARACTERS = 20;
    private static final int TYPE_CHARACTERS = 13;
    private static final int TABLE_CHARACTERS = 22;

    private final List<ProposedTable> tables;
    private final Map<String, ProposedTable> byName = new HashMap<>();
    private final Map<String, Integer> layers = new HashMap<>();
    private final Map<String, Box> boxes = new TreeMap<>();
    private int height;

    private DiagramLayout(List<ProposedTable> tables) {
        this.tables = tables;
        tables.forEach(table -> byName.put(table.name(), table));
    }

    static Diagram of(List<ProposedTable> tables) {
        return new DiagramLayout(tables).layOut();
    }

    private Diagram layOut() {
        tables.forEach(table -> layer(table, new HashSet<>()));
        int last = layers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int layer = 0; layer <= last; layer++) {
            place(layer);
        }
        List<Edge> edges = new ArrayList<>();
        for (ProposedTable table : tables) {
            for (ProposedForeignKey key : table.foreignKeys()) {
                edges.add(edge(table, key));
            }
        }
        String words = Numbers.count(tables.size(), "table") + " and " + Numbers.count(edges.size(), "foreign key")
                + ": "
                + String.join(", ", tables.stream().map(ProposedTable::name).toList());
        return new Diagram(
                2 * MARGIN + (last + 1) * BOX + last * GAP + 20,
                height - BETWEEN + MARGIN,
                new ArrayList<>(boxes.values()),
                edges,
                ForeignText.printable(words));
    }

    private int layer(ProposedTable table, Set<String> above) {
        Integer known = layers.get(table.name());
        if (known != null) {
            return known;
        }
        // A circle of references is cut where it closes.
        if (!above.add(table.name())) {
            return 0;
        }
        int layer = 0;
        for (ProposedForeignKey key : table.foreignKeys()) {
            ProposedTable target = byName.get(key.table());
            if (target != null && !above.contains(target.name())) {
                layer = Math.max(layer, layer(target, above) + 1);
            }
        }
        above.remove(table.name());
        layers.put(table.name(), layer);
        return layer;
    }

    /** Each table as near as possible to what it refers to. */
    private void place(int layer) {
        List<ProposedTable> here = new ArrayList<>(tables.stream()
                .filter(table -> layers.getOrDefault(table.name(), 0) == layer)
                .toList());
        here.sort(Comparator.comparingDouble(this::wanted).thenComparing(ProposedTable::name));
        int y = MARGIN;
        for (ProposedTable table : here) {
            int shown = Math.min(table.columns().size(), SHOWN_COLUMNS);
            boolean more = table.columns().size() > SHOWN_COLUMNS;
            int tall = HEAD + (shown + (more ? 1 : 0)) * ROW + 8;
            boxes.put(table.name(), box(table, MARGIN + layer * (BOX + GAP), y, tall));
            y += tall + BETWEEN;
        }
        height = Math.max(height, y);
    }

    private double wanted(ProposedTable table) {
        return table.foreignKeys().stream()
                .map(key -> boxes.get(key.table()))
                .filter(box -> box != null)
                .mapToInt(Box::y)
                .average()
                .orElse(0);
    }

    private static Box box(ProposedTable table, int x, int y, int tall) {
        List<Field> fields = new ArrayList<>();
        int base = y + HEAD + 14;
        for (ProposedColumn column : table.columns()) {
            if (fields.size() == SHOWN_COLUMNS) {
                fields.add(new Field(base, "and " + (table.columns().size() - SHOWN_COLUMNS) + " more", "", "more"));
                break;
            }
            fields.add(new Field(
                    base,
                    cut(column.name(), NAME_CHARACTERS),
                    cut(column.chosen().type(), TYPE_CHARACTERS),
                    kind(table, column)));
            base += ROW;
        }
        return new Box(
                anchor(table),
                x,
                y,
                BOX,
                tall,
                cut(table.name(), TABLE_CHARACTERS),
                ForeignText.printable(table.name() + ": " + ColumnWords.origin(table)),
                Numbers.count(table.rows()),
                table.origin().name().toLowerCase(Locale.ROOT),
                fields);
    }

    static String anchor(ProposedTable table) {
        return "t-" + Integer.toHexString(table.name().hashCode());
    }

    private static String kind(ProposedTable table, ProposedColumn column) {
        if (table.primaryKey().contains(column.name())) {
            return "pk";
        }
        return table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column.name())) ? "fk" : "plain";
    }

    private static String cut(String name, int most) {
        String text = ForeignText.printable(name);
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    private Edge edge(ProposedTable table, ProposedForeignKey key) {
        Box from = boxes.get(table.name());
        Box to = boxes.get(key.table());
        if (from == null || to == null) {
            return new Edge("", "", "");
        }
        int fromY = line(table, key.columns().get(0), from);
        ProposedTable target = byName.get(key.table());
        int toY = target == null ? to.y() : line(target, key.targetColumns().get(0), to);
        String path;
        if (from == to) {
            int side = from.x() + from.width();
            path = curve(side, fromY, side + 30, fromY, side + 30, toY, side, toY);
        } else if (from.x() > to.x()) {
            int side = to.x() + to.width();
            int bend = Math.max(36, (from.x() - side) / 2);
            path = curve(from.x(), fromY, from.x() - bend, fromY, side + bend, toY, side, toY);
        } else {
            int side = to.x() + to.width();
            int right = from.x() + from.width();
            path = curve(right, fromY, right + 46, fromY, side + 46, toY, side, toY);
        }
        String title = table.name() + " (" + String.join(", ", key.columns()) + ") " + ColumnWords.reference(key);
        return new Edge(path, ForeignText.printable(title), key.orphans() == 0 ? "whole" : "orphans");
    }

    private static String curve(int x0, int y0, int x1, int y1, int x2, int y2, int x3, int y3) {
        return String.format(Locale.ROOT, "M%d %dC%d %d %d %d %d %d", x0, y0, x1, y1, x2, y2, x3, y3);
    }

    private static int line(ProposedTable table, String column, Box box) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(column)) {
                return box.fields().get(Math.min(i, box.fields().size() - 1)).y() - 4;
            }
        }
        return box.y() + HEAD / 2;
    }
}
