package io.docrows.runner.docs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a command prints, without what differs each time: times, rates, and the width of the columns they are in. */
final class Steady {

    private static final Set<String> CHANGING = Set.of("docs/s", "time", "started (UTC)", "rejected (UTC)");

    private Steady() {}

    static List<String> of(List<String> lines) {
        List<String> steady = new ArrayList<>();
        List<int[]> columns = List.of();
        Set<Integer> changing = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                columns = List.of();
            }
            if (columns.isEmpty() && i + 1 < lines.size() && isRule(lines.get(i + 1))) {
                columns = columns(lines.get(i + 1));
                changing.clear();
                for (int c = 0; c < columns.size(); c++) {
                    if (CHANGING.contains(cell(line, columns.get(c)))) {
                        changing.add(c);
                    }
                }
            }
            steady.add(columns.isEmpty() ? text(line) : row(line, columns, changing));
        }
        return steady;
    }

    private static boolean isRule(String line) {
        return line.matches("-+(  -+)+");
    }

    private static List<int[]> columns(String rule) {
        List<int[]> columns = new ArrayList<>();
        int start = 0;
        for (String dashes : rule.split("  ")) {
            columns.add(new int[] {start, start + dashes.length()});
            start += dashes.length() + 2;
        }
        return columns;
    }

    private static String cell(String line, int[] column) {
        return column[0] >= line.length()
                ? ""
                : line.substring(column[0], Math.min(column[1], line.length())).strip();
    }

    private static String row(String line, List<int[]> columns, Set<Integer> changing) {
        StringBuilder row = new StringBuilder();
        for (int c = 0; c < columns.size(); c++) {
            String cell = cell(line, columns.get(c));
            row.append(changing.contains(c) && !cell.isEmpty() ? "*" : isRule(line) ? "-" : cell)
                    .append('|');
        }
        return row.toString();
    }

    private static String text(String line) {
        return line.replaceAll("\\d+(\\.\\d+s|m \\d\\ds)", "*")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?", "*")
                .replaceAll("\"(@timestamp|thread_name)\":\"[^\"]*\"", "*");
    }
}
