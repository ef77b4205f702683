package io.docrows.gigs;

/** Repairs text that went through a word processor. Stateless. */
public final class Text {

    private static final String MARKS = "\u2018\u2019\u201C\u201D\u2013";

    private Text() {}

    /**
     * Replaces typographic marks by the ones on a keyboard: the single and double quotes U+2018, U+2019, U+201C and
     * U+201D by an apostrophe, the en dash U+2013 by a hyphen. Nothing else changes, not even blanks at the ends.
     *
     * @param text any text
     * @return the repaired text; the same object when there was nothing to repair
     */
    public static String straightenQuotes(String text) {
        for (int i = 0; i < MARKS.length(); i++) {
            // Most texts have no character beyond Latin-1, which the JDK knows without a search.
            if (text.indexOf(MARKS.charAt(i)) >= 0) {
                return straightened(text);
            }
        }
        return text;
    }

    private static String straightened(String text) {
        char[] characters = text.toCharArray();
        for (int i = 0; i < characters.length; i++) {
            characters[i] = straight(characters[i]);
        }
        return new String(characters);
    }

    private static char straight(char c) {
        return switch (c) {
            case '\u2018', '\u2019', '\u201C', '\u201D' -> '\'';
            case '\u2013' -> '-';
            default -> c;
        };
    }
}
