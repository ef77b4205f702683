package io.docrows.mapping;

import io.docrows.internal.value.NumberText;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/**
 * Reads the texts that {@link DocumentId} writes. The driver's own Extended JSON reader cannot: it also accepts the
 * shell's syntax, and does not tell a type wrapper from a stored name that is written with <code>&#92;u0024</code>.
 */
final class DocumentIdParser {

    private static final int MAX_DEPTH = 200;

    private final String text;
    private int position;
    private int depth;

    private DocumentIdParser(String text) {
        this.text = text;
    }

    /** The value a text stands for, which BSON can store: a query with it does not fail in the driver. */
    static BsonValue parse(String text) {
        BsonValue value = read(text);
        DocumentId.text(value);
        return value;
    }

    private static BsonValue read(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty _id; write \"\" for the empty string");
        }
        char first = text.charAt(0);
        if (first == '"' || first == '{' || first == '[') {
            return new DocumentIdParser(text).whole();
        }
        if (DocumentId.isObjectId(text)) {
            return new BsonObjectId(new ObjectId(text));
        }
        if (DocumentId.isWord(text)) {
            return word(text);
        }
        if (NumberText.isNumber(text)) {
            return NumberText.parse(text);
        }
        if (DocumentId.isDigest(text)) {
            throw new IllegalArgumentException("a document without a readable _id cannot be looked up");
        }
        return new BsonString(text);
    }

    /** Splits at the commas that are outside quotes, braces and brackets, and drops the blanks around the parts. */
    static List<String> split(String texts) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int nesting = 0;
        boolean quoted = false;
        boolean json = false;
        boolean begun = false;
        for (int i = 0; i < texts.length(); i++) {
            char c = texts.charAt(i);
            // Quotes and braces mean something only in a part that begins with one: O"Neill is a plain string.
            if (!begun) {
                json = c == '"' || c == '{' || c == '[';
                begun = !Character.isWhitespace(c);
            }
            if (json && quoted && c == '\\') {
                i++;
            } else if (json && c == '"') {
                quoted = !quoted;
            } else if (json && !quoted && (c == '{' || c == '[')) {
                nesting++;
            } else if (json && !quoted && (c == '}' || c == ']')) {
                nesting--;
            } else if (c == ',' && !quoted && nesting <= 0) {
                parts.add(texts.substring(start, i).strip());
                start = i + 1;
                nesting = 0;
                json = false;
                begun = false;
            }
        }
        parts.add(texts.substring(start).strip());
        return parts;
    }

    private static BsonValue word(String word) {
        return word.equals("null") ? BsonNull.VALUE : BsonBoolean.valueOf(Boolean.parseBoolean(word));
    }

    private BsonValue whole() {
        BsonValue value = value();
        blanks();
        if (position < text.length()) {
            throw malformed();
        }
        return value;
    }

    private BsonValue value() {
        blanks();
        char next = peek();
        if (next == '"') {
            return new BsonString(string());
        }
        if (next != '{' && next != '[') {
            return scalar();
        }
        if (++depth > MAX_DEPTH) {
            throw malformed();
        }
        BsonValue value = next == '{' ? object() : array();
        depth--;
        return value;
    }

    private BsonValue object() {
        position++;
        BsonDocument document = new BsonDocument();
        boolean wrapper = false;
        if (!closes('}')) {
            do {
                blanks();
                wrapper |= document.isEmpty() && text.startsWith("\"$", position);
                String name = string();
                expect(':');
                if (document.put(name, value()) != null) {
                    throw new IllegalArgumentException("an _id with the same name twice");
                }
            } while (separated('}'));
        }
        return wrapper ? TypeWrapper.unwrap(document) : document;
    }

    private BsonValue array() {
        position++;
        BsonArray array = new BsonArray();
        if (!closes(']')) {
            do {
                array.add(value());
            } while (separated(']'));
        }
        return array;
    }

    private BsonValue scalar() {
        int start = position;
        while (position < text.length() && ",]} \t\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String scalar = text.substring(start, position);
        if (DocumentId.isWord(scalar)) {
            return word(scalar);
        }
        if (NumberText.isNumber(scalar)) {
            return NumberText.parse(scalar);
        }
        throw malformed();
    }

    private String string() {
        if (peek() != '"') {
            throw malformed();
        }
        position++;
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(position++);
            out.append(c == '\\' ? escape() : c);
        }
        position++;
        return out.toString();
    }

    private char escape() {
        char c = peek();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed();
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw malformed();
            }
            code = code << 4 | digit;
            position++;
        }
        return (char) code;
    }

    private boolean closes(char bracket) {
        blanks();
        if (peek() != bracket) {
            return false;
        }
        position++;
        return true;
    }

    private boolean separated(char bracket) {
        if (closes(bracket)) {
            return false;
        }
        expect(',');
        return true;
    }

    private void expect(char expected) {
        blanks();
        if (peek() != expected) {
            throw malformed();
        }
        position++;
    }

    private void blanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw malformed();
        }
        return text.charAt(position);
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("an _id that begins like JSON, but is not, at character " + position);
    }
}
