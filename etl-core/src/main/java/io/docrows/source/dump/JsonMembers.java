package io.docrows.source.dump;

import org.jspecify.annotations.Nullable;

/**
 * Goes through the members of one JSON object, passing over their values however deeply they are nested. At the first
 * thing that is not JSON there are no more members.
 */
final class JsonMembers {

    private static final String BLANKS = " \t\r\n\uFEFF";

    private final String json;
    private int at;
    private boolean first = true;
    private boolean done;

    JsonMembers(String json) {
        this(json, 0);
    }

    private JsonMembers(String json, int start) {
        this.json = json;
        this.at = start;
        this.done = !take('{');
    }

    /** The next member's name, or null after the last. Its value is at hand until the next call. */
    @Nullable String next() {
        if (done) {
            return null;
        }
        if (!first) {
            skipValue();
        }
        boolean more = first ? !take('}') : take(',');
        first = false;
        String name = more ? string() : null;
        if (name == null || !take(':')) {
            done = true;
            return null;
        }
        return name;
    }

    /** The member's value, or null if it is no string. */
    @Nullable String text() {
        int start = at;
        String text = string();
        at = start;
        return text;
    }

    /** The members of the member's value; none if it is no object. */
    JsonMembers object() {
        return new JsonMembers(json, at);
    }

    /** Passes over a value by counting brackets: which closes which does not matter to what comes behind. */
    private void skipValue() {
        long depth = 0;
        do {
            blanks();
            if (at >= json.length()) {
                return;
            }
            switch (json.charAt(at)) {
                case '"' -> skipString();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':' -> at++;
                default -> skipScalar();
            }
        } while (depth > 0);
    }

    private void skipScalar() {
        while (at < json.length() && "\"{}[],:".indexOf(json.charAt(at)) < 0) {
            at++;
        }
    }

    private void skipString() {
        at++;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** A string and its escapes; null, and nothing consumed, if there is none or it is malformed. */
    private @Nullable String string() {
        blanks();
        if (at >= json.length() || json.charAt(at) != '"') {
            return null;
        }
        StringBuilder text = new StringBuilder();
        int read = at + 1;
        while (read < json.length() && json.charAt(read) != '"') {
            char c = json.charAt(read++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = read < json.length() ? json.charAt(read++) : ' ';
            int plain = "\"\\/bfnrt".indexOf(escape);
            if (plain >= 0) {
                text.append("\"\\/\b\f\n\r\t".charAt(plain));
            } else if (escape == 'u' && unit(read) >= 0) {
                text.append((char) unit(read));
                read += 4;
            } else {
                return null;
            }
        }
        if (read >= json.length()) {
            return null;
        }
        at = read + 1;
        return text.toString();
    }

    private int unit(int start) {
        int unit = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = i < json.length() ? Character.digit(json.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private boolean take(char expected) {
        blanks();
        if (at < json.length() && json.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < json.length() && BLANKS.indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }
}
