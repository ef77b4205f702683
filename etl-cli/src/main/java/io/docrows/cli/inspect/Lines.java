package io.docrows.cli.inspect;

import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.List;

/** A table whose cells are wrapped so that it fits a terminal. Not thread-safe. */
final class Lines {

    private static final String GAP = "  ";
    private static final int WIDEST_NAME = 40;
    /** The columns beside those of names and counts are at least as wide. */
    private static final int LEAST_LAST = 18;

    private static final int LEAST_NAME = 12;

    private final int width;
    private final int[] widths;
    private final String[] titles;
    private final List<String[]> rows = new ArrayList<>();

    /** The second column holds shares and counts. */
    private int right = 1;

    /** Columns of at least these widths, and a last one that takes what is left. */
    Lines(int width, int[] least, String... titles) {
        this.width = width;
        this.widths = least.clone();
        this.titles = titles.clone();
    }

    /** For tables whose second column is text. */
    Lines withoutCounts() {
        right = -1;
        return this;
    }

    void row(String... cells) {
        String[] printable = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            printable[i] = ForeignText.printable(cells[i]);
        }
        rows.add(printable);
    }

    String format() {
        int names = titles[0].length();
        for (String[] row : rows) {
            names = Math.max(names, length(row[0]));
        }
        // The path gets what it needs, as far as there is room.
        widths[0] = Math.min(names, Math.min(WIDEST_NAME, Math.max(widths[0], width / 3)));
        // The types give way first, then the names.
        narrow(widths.length - 1, LEAST_LAST);
        narrow(0, LEAST_NAME);
        int last = Math.max(LEAST_LAST, width - used());
        StringBuilder text = new StringBuilder();
        append(text, titles, last);
        StringBuilder rule = new StringBuilder();
        for (int one : widths) {
            rule.append("-".repeat(one)).append(GAP);
        }
        text.append(rule).append("-".repeat(last)).append('\n');
        rows.forEach(row -> append(text, row, last));
        return text.toString();
    }

    private void narrow(int column, int least) {
        int missing = LEAST_LAST - (width - used());
        if (missing > 0) {
            widths[column] = Math.max(Math.min(least, widths[column]), widths[column] - missing);
        }
    }

    private int used() {
        int used = 0;
        for (int one : widths) {
            used += one + GAP.length();
        }
        return used;
    }

    private void append(StringBuilder text, String[] cells, int last) {
        List<List<String>> columns = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < cells.length; i++) {
            List<String> lines = wrap(cells[i], i < widths.length ? widths[i] : last, i == 0 ? indent(cells[0]) : 0);
            columns.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int line = 0; line < height; line++) {
            StringBuilder one = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                List<String> lines = columns.get(i);
                String cell = line < lines.size() ? lines.get(line) : "";
                int room = i < widths.length ? widths[i] : last;
                String padding = " ".repeat(Math.max(0, room - length(cell)));
                one.append(i == right ? padding + cell : cell + padding).append(GAP);
            }
            text.append(one.toString().stripTrailing()).append('\n');
        }
    }

    private static int indent(String cell) {
        return cell.length() - cell.stripLeading().length() + 1;
    }

    /** A text of one paragraph. */
    static String wrapped(String text, int indent, int width) {
        return String.join("\n", wrap(text, width, indent)) + "\n";
    }

    private static List<String> wrap(String cell, int room, int indent) {
        List<String> lines = new ArrayList<>();
        String rest = cell;
        String padding = "";
        while (length(rest) > room) {
            int most = rest.offsetByCodePoints(0, room);
            int cut = rest.lastIndexOf(' ', most);
            if (cut <= padding.length() + indent) {
                cut = most;
            }
            lines.add(rest.substring(0, cut).stripTrailing());
            padding = " ".repeat(Math.min(indent, room / 2));
            rest = padding + rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
