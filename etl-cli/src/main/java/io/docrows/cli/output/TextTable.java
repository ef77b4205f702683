package io.docrows.cli.output;

import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.List;

/**
 * A table in plain text: columns of text to the left, columns of numbers to the right. Whatever a cell holds, it is
 * printable and stays on its line. Not thread-safe.
 */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    private record Column(String title, boolean right) {}

    /**
     * Adds a column whose cells begin at its left side.
     *
     * @param title the heading
     * @return this
     */
    public TextTable text(String title) {
        columns.add(new Column(title, false));
        return this;
    }

    /**
     * Adds a column whose cells end at its right side.
     *
     * @param title the heading
     * @return this
     */
    public TextTable number(String title) {
        columns.add(new Column(title, true));
        return this;
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column
     * @return this
     */
    public TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column
     * @return this
     */
    public TextTable row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(cells.stream().map(ForeignText::printable).toList());
        return this;
    }

    /**
     * Adds a line across all columns.
     *
     * @return this
     */
    public TextTable rule() {
        rows.add(List.of());
        return this;
    }

    /**
     * The finished table.
     *
     * @return lines, each ending with a line feed
     */
    public String format() {
        int[] widths =
                columns.stream().mapToInt(column -> width(column.title())).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        append(text, columns.stream().map(Column::title).toList(), widths);
        append(text, List.of(), widths);
        rows.forEach(row -> append(text, row, widths));
        return text.toString();
    }

    private void append(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : GAP);
            if (cells.isEmpty()) {
                line.append("-".repeat(widths[i]));
            } else {
                String padding = " ".repeat(widths[i] - width(cells.get(i)));
                line.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
            }
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
