package io.docrows.runner.output;

/** Text from documents, fit for a terminal and for a table. */
final class Printable {

    private Printable() {}

    /**
     * Escapes what a terminal would obey or hide: control and format characters, line separators, lone surrogates.
     *
     * @param text any text
     * @return the text, such characters in the manner of Java's escapes
     */
    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.UNASSIGNED -> {
                    for (char unit : Character.toChars(c)) {
                        safe.append("\\u").append(String.format(java.util.Locale.ROOT, "%04x", (int) unit));
                    }
                }
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /**
     * The same, cut where it is long.
     *
     * @param text any text
     * @param most how many characters to show, at least 1
     * @return the text, or its beginning and an ellipsis
     */
    static String of(String text, int most) {
        String safe = of(text);
        int length = safe.codePointCount(0, safe.length());
        return length <= most ? safe : safe.substring(0, safe.offsetByCodePoints(0, most - 1)) + "…";
    }
}
