package io.docrows.source.json;

import java.io.IOException;

/** Rewrites texts and regular expressions of JavaScript as JSON. Not thread-safe. */
final class ShellText {

    /** So many blanks are looked over. */
    static final int BLANKS = 1_000;

    /** The longest regular expression; MongoDB refuses those of 32 KiB and more. */
    private static final int LONGEST_PATTERN = 64 << 10;

    private final Lookahead in;

    ShellText(Lookahead in) {
        this.in = in;
    }

    /**
     * Rewrites one character of a text, or its end. Parts that are joined by a plus sign become one text.
     *
     * @param quote with what the text was opened
     * @return with what the text will be closed; 0 when it was
     */
    int step(int quote, ByteBuilder target) throws IOException {
        int next = in.peek(0);
        if (next == quote) {
            in.take();
            int more = continuation();
            if (more == 0) {
                target.add('"');
                return 0;
            }
            for (int i = 1; i < more; i++) {
                in.take();
            }
            return in.take();
        }
        if (next == '\\') {
            escape(target);
        } else if (next == '"') {
            target.add('\\');
            target.add(in.take());
        } else {
            character(target);
        }
        return quote;
    }

    /** How many bytes there are up to and with the opening quote of a text that continues this one; 0 if none does. */
    private int continuation() throws IOException {
        int at = blanks(0);
        if (in.peek(at) != '+') {
            return 0;
        }
        at = blanks(at + 1);
        return in.peek(at) == '"' || in.peek(at) == '\'' ? at + 1 : 0;
    }

    /** How far the blanks go that begin at a distance. */
    int blanks(int from) throws IOException {
        int at = from;
        while (at < BLANKS && isBlank(in.peek(at))) {
            at++;
        }
        return at;
    }

    /** The escapes of JavaScript that JSON does not have. */
    private void escape(ByteBuilder target) throws IOException {
        in.take();
        int next = in.peek(0);
        if (next == '\'') {
            target.add(in.take());
        } else if (next == 'x' && Character.digit(in.peek(1), 16) >= 0 && Character.digit(in.peek(2), 16) >= 0) {
            in.take();
            target.add("\\u00");
            target.add(in.take());
            target.add(in.take());
        } else if (next == 'v') {
            in.take();
            target.add("\\u000b");
        } else if (next == '0' && !(in.peek(1) >= '0' && in.peek(1) <= '9')) {
            in.take();
            target.add("\\u0000");
        } else {
            target.add('\\');
            if (next >= 0 && next < 0x80) {
                target.add(in.take());
            }
        }
    }

    private void character(ByteBuilder target) throws IOException {
        int length = in.utf8();
        if (length == 0) {
            target.add("\\udc" + Integer.toHexString(in.take()));
        }
        for (int i = 0; i < length; i++) {
            target.add(in.take());
        }
    }

    /** Between slashes, as JavaScript writes it: a slash that belongs to it has a backslash before. */
    void regularExpression(ByteBuilder target) throws IOException {
        ByteBuilder pattern = new ByteBuilder();
        in.take();
        boolean group = false;
        while (in.peek(0) != '/' || group) {
            int next = in.peek(0);
            if (next < ' ' || pattern.size() > LONGEST_PATTERN) {
                // A slash that begins nothing is refused by the parser.
                target.add('/');
                return;
            }
            if (next == '\\' && in.peek(1) == '/') {
                in.take();
                pattern.add(in.take());
            } else if (next == '\\') {
                quoted(pattern);
                quoted(pattern);
            } else {
                group = next == '[' || group && next != ']';
                quoted(pattern);
            }
        }
        in.take();
        target.add("{\"$regularExpression\":{\"pattern\":\"");
        target.add(pattern);
        target.add("\",\"options\":\"");
        while (in.peek(0) >= 'a' && in.peek(0) <= 'z') {
            target.add(in.take());
        }
        target.add("\"}}");
    }

    private void quoted(ByteBuilder target) throws IOException {
        int next = in.peek(0);
        if (next == '"' || next == '\\') {
            target.add('\\');
            target.add(in.take());
        } else if (next >= ' ') {
            character(target);
        }
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
    }
}
