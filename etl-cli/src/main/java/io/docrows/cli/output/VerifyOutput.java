package io.docrows.cli.output;

import io.docrows.report.CollectionVerification;
import io.docrows.report.CollectionVerification.ChildRows;
import io.docrows.report.CollectionVerification.JoinRows;
import io.docrows.report.Difference;
import io.docrows.report.VerifyReport;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a comparison found, for people and for programs. */
public final class VerifyOutput {

    private VerifyOutput() {}

    /**
     * For people.
     *
     * @param report what was found
     * @param target where the rows are, without secrets
     * @param acceptsRejects whether documents pass that are rejected, and known to be
     * @return lines, each ending with a line feed
     */
    public static String text(VerifyReport report, String target, boolean acceptsRejects) {
        StringBuilder text = new StringBuilder(ForeignText.name(report.pipeline()));
        if (report.interrupted()) {
            return text.append(" was not verified: interrupted while documents were read\n")
                    .toString();
        }
        text.append(": ").append(headline(report, acceptsRejects));
        text.append("\nfrom ")
                .append(ForeignText.printable(report.source()))
                .append("\nto ")
                .append(ForeignText.printable(target))
                .append("\n\n");
        text.append(table(report));
        for (CollectionVerification collection : report.collections()) {
            explain(collection, text);
        }
        return text.toString();
    }

    /** It agrees with the exit code: what passes does not differ. */
    private static String headline(VerifyReport report, boolean acceptsRejects) {
        if (report.isEqual()) {
            return "source and target are equal";
        }
        return acceptsRejects && report.isAccountedFor()
                ? "every document is in the target, or kept among its rejects"
                : "source and target differ";
    }

    private static String table(VerifyReport report) {
        TextTable table = new TextTable()
                .text("collection")
                .text("table")
                .number("documents")
                .number("rows")
                .number("equal")
                .number("different")
                .number("missing")
                .number("rejected")
                .number("extra")
                .number("time");
        for (CollectionVerification one : report.collections()) {
            table.row(
                    one.collection(),
                    one.table(),
                    Numbers.count(one.documents()),
                    Numbers.count(one.rows()),
                    Numbers.count(one.equal()),
                    Numbers.count(one.different()),
                    Numbers.count(one.missing()),
                    Numbers.count(one.rejected()),
                    one.partial() ? "-" : Numbers.count(one.extra()),
                    Numbers.time(one.duration()));
        }
        return table.format();
    }

    private static void explain(CollectionVerification one, StringBuilder text) {
        String name = ForeignText.name(one.collection());
        String rows = ForeignText.name(one.table());
        if (one.different() > 0) {
            List<String> parts = new ArrayList<>();
            one.columns()
                    .forEach((column, count) ->
                            parts.add(ForeignText.name(column) + " in " + Numbers.count(count, "row")));
            one.joins()
                    .forEach((table, links) ->
                            parts.add(ForeignText.name(table) + " with " + Numbers.count(links.missing(), "row")
                                    + " missing and " + Numbers.count(links.extra()) + " too many"));
            one.children().forEach((table, children) -> parts.add(children(table, children)));
            text.append('\n')
                    .append(name)
                    .append(" differs: ")
                    .append(String.join(", ", parts))
                    .append('\n');
            list(one, Difference.Kind.DIFFERENT, one.different(), text);
        }
        if (one.missing() > 0) {
            text.append('\n').append(name).append(": documents without a row\n");
            list(one, Difference.Kind.MISSING, one.missing(), text);
        }
        if (one.extra() > 0) {
            text.append('\n').append(name).append(": orphaned rows, whose document no longer exists\n");
            list(one, Difference.Kind.EXTRA, one.extra(), text);
        }
        note(one.rejected(), "document", name, "rejected, and kept in docrows.reject byte for byte", text);
        note(one.outdated(), "row", rows, "older than the document, which is rejected as it is now", text);
        note(one.marked(), "row", rows, "marked, because the document no longer exists", text);
        note(one.waiting(), "reference", rows, "waiting for a document that has not arrived", text);
        note(
                one.unmatched(),
                "document",
                ForeignText.name(one.collection()),
                "matched by no mapping's condition",
                text);
        note(one.superseded(), "document", name, "followed by another with the same key, and not compared", text);
    }

    private static String children(String table, ChildRows rows) {
        List<String> counts = new ArrayList<>();
        if (rows.missing() + rows.extra() > 0) {
            counts.add(
                    Numbers.count(rows.missing(), "row") + " missing and " + Numbers.count(rows.extra()) + " too many");
        }
        if (rows.different() > 0) {
            counts.add(Numbers.count(rows.different(), "row") + " different ("
                    + rows.columns().entrySet().stream()
                            .map(column ->
                                    ForeignText.name(column.getKey()) + " in " + Numbers.count(column.getValue()))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        return ForeignText.name(table) + " with " + String.join(" and ", counts);
    }

    private static void note(long count, String what, String where, String state, StringBuilder text) {
        if (count > 0) {
            text.append('\n')
                    .append(Numbers.count(count, what))
                    .append(" of ")
                    .append(where)
                    .append(count == 1 ? " is " : " are ")
                    .append(state)
                    .append('\n');
        }
    }

    private static void list(CollectionVerification one, Difference.Kind kind, long all, StringBuilder text) {
        long listed = 0;
        for (Difference difference : one.differences()) {
            if (difference.kind() == kind) {
                listed++;
                text.append("  ")
                        .append(ForeignText.printable(difference.key()))
                        .append(columns(difference))
                        .append('\n');
            }
        }
        if (listed < all) {
            text.append("  and ").append(Numbers.count(all - listed)).append(" more\n");
        }
    }

    private static String columns(Difference difference) {
        StringBuilder columns = new StringBuilder();
        for (Difference.Column column : difference.columns()) {
            boolean values = column.source() != null || column.target() != null;
            columns.append(columns.isEmpty() ? "  " : values ? "\n      " : ", ")
                    .append(ForeignText.name(column.name()));
            if (values) {
                columns.append(": source ")
                        .append(value(column.source()))
                        .append(", target ")
                        .append(value(column.target()));
            }
        }
        return columns.toString();
    }

    private static String value(@Nullable String value) {
        return value == null ? "NULL" : "'" + ForeignText.printable(value) + "'";
    }

    /**
     * For programs.
     *
     * @param report what was found
     * @param target where the rows are, without secrets
     * @param exitCode the exit code of the command
     * @return the fields of the object
     */
    public static Map<String, Object> json(VerifyReport report, String target, int exitCode) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pipeline", report.pipeline());
        object.put("source", report.source());
        object.put("target", target);
        object.put("exitCode", exitCode);
        object.put("equal", report.isEqual());
        object.put("accountedFor", report.isAccountedFor());
        object.put("interrupted", report.interrupted());
        object.put("seconds", JsonOutput.seconds(report.duration()));
        object.put(
                "collections",
                report.collections().stream().map(VerifyOutput::json).toList());
        return object;
    }

    private static Map<String, Object> json(CollectionVerification one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("collection", one.collection());
        object.put("table", one.table());
        object.put("partial", one.partial());
        object.put("documents", one.documents());
        object.put("rows", one.rows());
        object.put("equal", one.equal());
        object.put("different", one.different());
        object.put("missing", one.missing());
        object.put("rejected", one.rejected());
        object.put("superseded", one.superseded());
        object.put("unmatched", one.unmatched());
        object.put("extra", one.extra());
        object.put("outdated", one.outdated());
        object.put("marked", one.marked());
        object.put("waitingReferences", one.waiting());
        object.put("columns", one.columns());
        Map<String, Object> joins = new LinkedHashMap<>();
        one.joins().forEach((table, rows) -> joins.put(table, json(rows)));
        object.put("joins", joins);
        Map<String, Object> children = new LinkedHashMap<>();
        one.children().forEach((table, rows) -> children.put(table, json(rows)));
        object.put("children", children);
        object.put(
                "differences",
                one.differences().stream().map(VerifyOutput::json).toList());
        object.put("seconds", JsonOutput.seconds(one.duration()));
        return object;
    }

    private static Map<String, Object> json(JoinRows rows) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("missing", rows.missing());
        object.put("extra", rows.extra());
        return object;
    }

    private static Map<String, Object> json(ChildRows rows) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("missing", rows.missing());
        object.put("extra", rows.extra());
        object.put("different", rows.different());
        object.put("columns", rows.columns());
        return object;
    }

    private static Map<String, Object> json(Difference difference) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        object.put("key", difference.key());
        List<Object> columns = new ArrayList<>();
        for (Difference.Column column : difference.columns()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("column", column.name());
            if (column.source() != null || column.target() != null) {
                fields.put("source", column.source());
                fields.put("target", column.target());
            }
            columns.add(fields);
        }
        object.put("columns", columns);
        return object;
    }
}
