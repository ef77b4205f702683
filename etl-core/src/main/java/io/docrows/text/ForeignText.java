package io.docrows.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Text that others chose: names of fields, collections, databases and files, {@code _id}s, values, the words of servers
 * and drivers. Printed as it is, it could move a terminal's cursor, hide or turn around what stands beside it, or end a
 * line and begin one that looks like ours; and it may be megabytes long. What is stored, compared or written as JSON
 * stays as it is. Stateless and thread-safe.
 *
 * <p>Escaped are, in the manner of Java and JSON (<code>&#92;u001b</code>, two escapes for a character beyond U+FFFF):
 *
 * <ul>
 *   <li>control characters, line and paragraph separators;
 *   <li>format characters, which are the ones for bidirectional text and those without a width;
 *   <li>characters that are not seen or look like a plain blank: variation selectors, fillers, other blanks;
 *   <li>what has no meaning of its own: unpaired surrogates, private and unassigned code points.
 * </ul>
 *
 * <p>A backslash stays one backslash, so escaping twice is escaping once.
 */
public final class ForeignText {

    /** How many characters (Unicode code points) of a name are kept at most, the mark of the cut included. */
    public static final int LONGEST_NAME = 200;

    /** How many characters of a message are kept at most. */
    public static final int LONGEST_MESSAGE = 10_000;

    private static final int DIGEST_BYTES = 8;
    private static final HexFormat HEX = HexFormat.of();

    private ForeignText() {}

    /**
     * Returns a name as it may be printed: short, and escaped.
     *
     * @param name any text, such as the path of a field or the name of a collection
     * @return {@link #bounded} and {@link #printable}
     */
    public static String name(String name) {
        return printable(bounded(name));
    }

    /**
     * Returns a name as it may be kept, counted by and written as JSON: the text itself unless it is too long. A longer
     * one is cut, and told from others that begin the same by its length and its hash.
     *
     * @param name any text
     * @return at most {@value #LONGEST_NAME} code points; {@code begin…(sha256:0123456789abcdef, 30000 characters)}
     */
    public static String bounded(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int length = name.codePointCount(0, name.length());
        if (length <= LONGEST_NAME) {
            return name;
        }
        String mark = "…(sha256:" + digest(name) + ", " + length + " characters)";
        return name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - mark.length())) + mark;
    }

    /**
     * Returns a message as it may be kept: the text itself unless it goes on without end, as one may that repeats lists
     * or the words of others.
     *
     * @param message any text
     * @return at most {@value #LONGEST_MESSAGE} characters, and how many there were
     */
    public static String boundedMessage(String message) {
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, message.offsetByCodePoints(0, LONGEST_MESSAGE / 2)) + "… (" + message.length()
                        + " characters)";
    }

    /**
     * Returns a text of any length as it may be printed, on one line.
     *
     * @param text any text
     * @return the text, with escapes in place of what a terminal or a browser would obey or hide
     */
    public static String printable(String text) {
        return escaped(text, false);
    }

    /**
     * Returns a text of several lines as it may be printed.
     *
     * @param text any text that is laid out in lines by this program, and holds no line feed of others
     * @return as {@link #printable}, with its line feeds
     */
    public static String printableLines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean lines) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isUnprintable(c) && !(lines && c == '\n')) {
                return escapedFrom(i, text, lines);
            }
            i += Character.charCount(c);
        }
        return text;
    }

    private static String escapedFrom(int first, String text, boolean lines) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, first);
        text.substring(first).codePoints().forEach(c -> {
            if (isUnprintable(c) && !(lines && c == '\n')) {
                for (char unit : Character.toChars(c)) {
                    safe.append("\\u").append(HEX.toHexDigits(unit));
                }
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /**
     * Returns whether a character is escaped.
     *
     * @param c a code point
     * @return true if it is obeyed, hidden, or without a meaning of its own
     */
    public static boolean isUnprintable(int c) {
        if (c < 0x7F) {
            return c < ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> isInvisible(c);
        };
    }

    /**
     * Letters, marks and symbols that draw nothing: {@code Default_Ignorable_Code_Point} of Unicode's
     * {@code DerivedCoreProperties.txt}, as far as the general category does not tell, and the empty Braille pattern.
     */
    private static boolean isInvisible(int c) {
        return switch (c) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> (c >= 0x180B && c <= 0x180F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE0FFF);
        };
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HEX.formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
