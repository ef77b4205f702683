package io.docrows.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonPath;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.internal.value.ExtendedJson;
import io.docrows.internal.value.JsonText;
import io.docrows.internal.value.NumberText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonSerializationException;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * The text of a document's {@code _id}, as it stands in a {@code mongo_id} column. Two texts are equal exactly when
 * MongoDB considers the two {@code _id}s equal, so that a unique constraint on the text is as good as the one on the
 * {@code _id}. The form never depends on the JDK or the locale. Stateless and thread-safe.
 *
 * <table>
 *   <caption>The forms</caption>
 *   <tr><th>type</th><th>text</th></tr>
 *   <tr><td>ObjectId</td><td>24 hexadecimal digits in lower case</td></tr>
 *   <tr><td>int, long, double, Decimal128</td><td>by value: 1, 1L, 1.0 and 1.00 are {@code 1}; minus zero is {@code 0};
 *     {@code NaN}, {@code Infinity}, {@code -Infinity}; a Decimal128 that no double equals is
 *     <code>{"$numberDecimal":"0.1"}</code></td></tr>
 *   <tr><td>string, symbol</td><td>as it is; as a JSON string in double quotes when it is empty, begins or ends with a
 *     blank, holds a control character, or would read as another form: {@code "1"}, {@code "true"}</td></tr>
 *   <tr><td>boolean, null</td><td>{@code true}, {@code false}, {@code null}</td></tr>
 *   <tr><td>date</td><td><code>{"$date":"2020-01-31T23:59:59.123Z"}</code>, before 1970 and after 9999
 *     <code>{"$date":{"$numberLong":"-1"}}</code></td></tr>
 *   <tr><td>UUID (binary subtype 4)</td><td><code>{"$uuid":"…"}</code></td></tr>
 *   <tr><td>everything else</td><td>compact MongoDB Extended JSON v2; numbers inside by value; a stored name that
 *     begins with a dollar sign has <code>&#92;u0024</code> in its place</td></tr>
 * </table>
 *
 * <p>MongoDB compares a symbol like the string of the same characters, hence the same text. A document whose
 * {@code _id} is missing or cannot be read is known by {@code sha256:} and the hash of its bytes where it is rejected,
 * and one whose text is too long for an index by the hash of that text.
 */
public final class DocumentId {

    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-fA-F]{24}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    /** A unique index of PostgreSQL holds 2,704 bytes; a character takes up to three. */
    private static final int LONGEST_NAME = 800;

    private static final BsonPath ID = BsonPath.of("_id");

    private DocumentId() {}

    /**
     * The text of an {@code _id}.
     *
     * @param id any BSON value
     * @return the text
     * @throws IllegalArgumentException if the value cannot be stored as BSON: nested deeper than
     *     {@link BsonCursor#MAX_DEPTH} levels, or a string with an unpaired surrogate
     */
    public static String text(BsonValue id) {
        // Through the bytes, so that there is one rendering only: the one that runs for every document loaded.
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(
                            writer,
                            new BsonDocument("_id", id),
                            EncoderContext.builder().build());
            BsonCursor cursor = new BsonCursor();
            cursor.reset(buffer.toByteArray());
            cursor.next();
            return text(cursor);
        } catch (MalformedBsonException | BsonSerializationException e) {
            throw new IllegalArgumentException("a value that BSON cannot store", e);
        }
    }

    /**
     * The text of the value a cursor stands at.
     *
     * @throws MalformedBsonException if the value cannot be read
     */
    static String text(BsonCursor cursor) {
        return switch (cursor.type()) {
            case OBJECT_ID -> cursor.objectIdHex();
            case STRING, SYMBOL -> text(cursor.string());
            case INT32, INT64, DOUBLE, DECIMAL128 -> NumberText.of(cursor);
            default -> ExtendedJson.identity(cursor);
        };
    }

    /**
     * The name by which a document is known where it has no row: the text of its top-level {@code _id}. If that name
     * occurs twice, the first counts.
     *
     * @param document the bytes of a document, which need not be well-formed
     * @return the text; if it has more than 800 characters, {@code sha256:} and its hash in 64 hexadecimal digits; if
     *     there is no {@code _id}, or it cannot be read, the same with the hash of the document's bytes
     */
    public static String ofDocument(byte[] document) {
        try {
            BsonCursor cursor = new BsonCursor();
            cursor.reset(document);
            if (ID.find(cursor)) {
                String text = text(cursor);
                return text.length() > LONGEST_NAME ? digest(text.getBytes(UTF_8)) : text;
            }
        } catch (MalformedBsonException e) {
            // The document is going to be rejected as such; here it only needs a name.
            return digest(document);
        }
        return digest(document);
    }

    /**
     * The {@code _id} that a text stands for: the inverse of {@link #text(BsonValue)}, up to what MongoDB considers
     * equal (a whole number becomes an int32 or int64, a symbol a string). A text that has no other form is a string,
     * and a string may be quoted without need. Nothing is trimmed.
     *
     * @param text the content of a {@code mongo_id} column, or what somebody typed
     * @return a value to query for
     * @throws IllegalArgumentException if the text is empty, begins like JSON but is not, is a number that BSON cannot
     *     hold, or names a document by its hash; the message does not repeat it
     */
    public static BsonValue parse(String text) {
        return DocumentIdParser.parse(text);
    }

    /**
     * Several {@code _id}s, separated by commas outside quotes, braces and brackets, with blanks around them.
     *
     * @param texts for instance {@code 1, "1", a8f3, {"$uuid":"…"}}
     * @return the values, in the order given
     * @throws IllegalArgumentException as for {@link #parse}
     */
    public static List<BsonValue> parseList(String texts) {
        List<BsonValue> ids = new ArrayList<>();
        for (String text : DocumentIdParser.split(texts)) {
            ids.add(parse(text));
        }
        return List.copyOf(ids);
    }

    private static String text(String string) {
        if (!needsQuotes(string)) {
            return string;
        }
        StringBuilder out = new StringBuilder(string.length() + 8);
        JsonText.quote(string, out);
        return out.toString();
    }

    private static boolean needsQuotes(String string) {
        if (string.isEmpty()) {
            return true;
        }
        char first = string.charAt(0);
        if (first == '"' || first == '{' || first == '[' || first == ' ' || string.endsWith(" ")) {
            return true;
        }
        for (int i = 0; i < string.length(); i++) {
            if (JsonText.isControl(string.charAt(i))) {
                return true;
            }
        }
        return isObjectId(string) || isWord(string) || isDigest(string) || NumberText.isNumber(string);
    }

    static boolean isObjectId(String text) {
        return text.length() == 24 && OBJECT_ID.matcher(text).matches();
    }

    static boolean isWord(String text) {
        return text.equals("true") || text.equals("false") || text.equals("null");
    }

    static boolean isDigest(String text) {
        return text.startsWith("sha256:") && DIGEST.matcher(text).matches();
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
