package io.docrows.cli.output;

import io.docrows.report.Deletions;
import io.docrows.text.ForeignText;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is, or would be, done with rows whose document is gone: in words, and for programs. */
public final class DeletionLines {

    private DeletionLines() {}

    /**
     * A line about a collection.
     *
     * @param collection the collection
     * @param table its table
     * @param deletions what is done with its rows
     * @param wouldBe whether it is only planned
     * @return an empty line and a sentence; empty if there is nothing to say
     */
    public static String text(String collection, String table, Deletions deletions, boolean wouldBe) {
        String from = ForeignText.name(collection);
        String of = ForeignText.name(table);
        if (deletions.unreadable() > 0) {
            return "\n" + Numbers.count(deletions.unreadable(), "document") + " of " + from
                    + " have no readable key, so orphaned rows cannot be told; no row of "
                    + of + " goes.\n";
        }
        if (deletions.deleted() + deletions.kept() == 0) {
            return "";
        }
        String were = wouldBe ? " would be" : deletions.deleted() == 1 ? " was" : " were";
        String gone = Numbers.count(deletions.deleted(), "row") + " of " + of + were
                + " deleted or marked, because the document no longer exists";
        String kept = deletions.kept() == 0
                ? ""
                : "; " + Numbers.count(deletions.kept(), "row") + " without a document "
                        + (deletions.kept() == 1 ? "stays" : "stay")
                        + ", because another row refers to it or PostgreSQL refuses to delete it";
        return "\n" + gone + kept + ".\n";
    }

    /** Adds the fields to an object. */
    static void json(Deletions deletions, Map<String, Object> object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("deleted", deletions.deleted());
        fields.put("kept", deletions.kept());
        fields.put("unreadable", deletions.unreadable());
        object.put("deletions", fields);
    }
}
