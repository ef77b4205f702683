package io.docrows.cli.output;

import io.docrows.report.CollectionReport;
import io.docrows.report.RunReport;

/** The rows that a run wrote, table by table, of collections that fill more than one. */
final class RowLines {

    private RowLines() {}

    /**
     * The rows of all such collections.
     *
     * @param report what the run did
     * @return an empty line and a table; empty if there is no such collection, or none of whose rows was written
     */
    static String text(RunReport report) {
        TextTable table = new TextTable()
                .text("collection")
                .text("rows of")
                .number("inserted")
                .number("updated")
                .number("deleted");
        boolean any = false;
        for (CollectionReport collection : report.collections()) {
            if (fillsSeveral(collection)) {
                any = true;
                String[] name = {collection.collection()};
                collection.rows().forEach((each, rows) -> {
                    table.row(
                            name[0],
                            withoutPublic(each),
                            Numbers.count(rows.inserted()),
                            Numbers.count(rows.updated()),
                            Numbers.count(rows.deleted()));
                    name[0] = "";
                });
            }
        }
        return any ? "\n" + table.format() : "";
    }

    /** The only table of a collection is its own: the rows there are as many as its documents. */
    private static boolean fillsSeveral(CollectionReport collection) {
        return collection.rows().keySet().stream()
                .map(table -> table.substring(table.indexOf('.') + 1))
                .anyMatch(table -> !table.equals(collection.table()));
    }

    private static String withoutPublic(String table) {
        return table.startsWith("public.") ? table.substring("public.".length()) : table;
    }
}
