package io.docrows.cli.output;

import io.docrows.text.ForeignText;

/**
 * Documents that no mapping of their collection takes: told wherever documents are counted, since nothing else would.
 */
public final class UnmatchedLine {

    private UnmatchedLine() {}

    /**
     * Says how many there are, for people.
     *
     * @param collection the collection's name
     * @param documents how many
     * @param plural the verb for what became of them, as in {@code were skipped}
     * @return nothing if there are none; else a paragraph
     */
    public static String text(String collection, long documents, String plural) {
        return documents == 0
                ? ""
                : "\n" + Numbers.count(documents, "document") + " of " + ForeignText.name(collection)
                        + " match no mapping's condition (where), and " + plural + "\n";
    }
}
