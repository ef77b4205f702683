package io.docrows.inspect.internal.measure;

/** Tells whether a text is a JSON object or array (RFC 8259) in one pass, without building anything. */
final class JsonShape {

    private static final int DEEPEST = 64;

    private final byte[] bytes;
    private final int to;
    private int at;

    private JsonShape(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    static boolean isJson(byte[] bytes, int from, int to) {
        int last = to - 1;
        while (last > from && bytes[last] <= ' ') {
            last--;
        }
        byte closing = bytes[from] == '{' ? (byte) '}' : (byte) ']';
        if (last == from || bytes[last] != closing) {
            return false;
        }
        JsonShape shape = new JsonShape(bytes, from, last + 1);
        return shape.value(0) && shape.at == shape.to;
    }

    private boolean value(int depth) {
        if (at >= to || depth > DEEPEST) {
            return false;
        }
        return switch (bytes[at]) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean members(int depth) {
        at++;
        blanks();
        if (take('}')) {
            return true;
        }
        do {
            blanks();
            if (at >= to || bytes[at] != '"' || !string()) {
                return false;
            }
            blanks();
            if (!take(':')) {
                return false;
            }
            blanks();
            if (!value(depth + 1)) {
                return false;
            }
            blanks();
        } while (take(','));
        return take('}');
    }

    private boolean elements(int depth) {
        at++;
        blanks();
        if (take(']')) {
            return true;
        }
        do {
            blanks();
            if (!value(depth + 1)) {
                return false;
            }
            blanks();
        } while (take(','));
        return take(']');
    }

    private boolean string() {
        at++;
        while (at < to) {
            byte b = bytes[at++];
            if (b == '"') {
                return true;
            }
            if (b == '\\') {
                at++;
            } else if (b >= 0 && b < ' ') {
                return false;
            }
        }
        return false;
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= to || bytes[at++] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        int start = at;
        while (at < to && isNumeric(bytes[at])) {
            at++;
        }
        return at > start && (bytes[start] == '-' || bytes[start] >= '0' && bytes[start] <= '9');
    }

    private static boolean isNumeric(byte b) {
        return b >= '0' && b <= '9' || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    private boolean take(char expected) {
        if (at < to && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }
}
