package io.docrows.internal.value;

/** Halves of surrogate pairs without their other half, which have no form in UTF-8. */
final class Surrogates {

    private static final char REPLACEMENT = '\uFFFD';

    private Surrogates() {}

    /** Whether a text has none of them. */
    static boolean arePaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPair(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The text with U+FFFD in the place of each. */
    static String replaced(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            if (Character.isSurrogate(out.charAt(i))) {
                if (isPair(out, i)) {
                    i++;
                } else {
                    out.setCharAt(i, REPLACEMENT);
                }
            }
        }
        return out.toString();
    }

    private static boolean isPair(CharSequence text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }
}
