package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Renders the value a cursor stands at as MongoDB Extended JSON v2, compact, with names in the order they are stored.
 *
 * <p>There are three dialects. <em>Relaxed</em> is the specification's relaxed format, for {@code jsonb} columns: it
 * refuses what {@code jsonb} cannot hold (U+0000) or would drop silently (a name that occurs twice). <em>Plain</em>
 * does so, too, but has no type wrappers: it is for those who query the column. <em>Identity</em> is for
 * {@link io.docrows.mapping.DocumentId}: values that MongoDB considers equal have the same text, and all others
 * different ones. There, a stored name that begins with a dollar sign is written as <code>&#92;u0024</code>, so that a
 * stored document never reads like the rendering of another type.
 */
public final class ExtendedJson {

    /** From here on the specification writes dates as a number of milliseconds (10000-01-01T00:00:00Z). */
    private static final long YEAR_10000 = 253_402_300_800_000L;

    private static final int LONGEST_PLAIN = 17;

    private enum Dialect {
        RELAXED,
        PLAIN,
        IDENTITY
    }

    private final BsonCursor cursor;
    private final Dialect dialect;
    private final boolean stripsNul;
    private final StringBuilder out = new StringBuilder();

    private ExtendedJson(BsonCursor cursor, Dialect dialect, boolean stripsNul) {
        this.cursor = cursor;
        this.dialect = dialect;
        this.stripsNul = stripsNul;
    }

    /**
     * The relaxed format.
     *
     * @throws RejectedValueException if {@code jsonb} cannot hold the value
     */
    public static String relaxed(BsonCursor cursor) {
        return new ExtendedJson(cursor, Dialect.RELAXED, false).render(null);
    }

    /**
     * The text for a {@code jsonb} column.
     *
     * @param plain whether there are no type wrappers
     * @param stripsNul whether every U+0000 is taken out of texts
     * @param except the fields that are left out of the document that the cursor stands at; null for none
     * @throws RejectedValueException if {@code jsonb} cannot hold the value
     */
    static String jsonb(BsonCursor cursor, boolean plain, boolean stripsNul, @Nullable KnownFields except) {
        return new ExtendedJson(cursor, plain ? Dialect.PLAIN : Dialect.RELAXED, stripsNul).render(except);
    }

    /** The format in which equal means equal to MongoDB. */
    public static String identity(BsonCursor cursor) {
        return new ExtendedJson(cursor, Dialect.IDENTITY, false).render(null);
    }

    private String render(@Nullable KnownFields except) {
        int depth = cursor.depth();
        try {
            if (except != null && cursor.type() == BsonType.DOCUMENT) {
                document(except);
            } else {
                value();
            }
        } finally {
            // A rejection is thrown from inside; the cursor goes back to the value, as after any reading.
            while (cursor.depth() > depth) {
                cursor.leave();
            }
        }
        return out.toString();
    }

    private void value() {
        if (dialect != Dialect.PLAIN || !plain()) {
            extended();
        }
    }

    /** Writes what is not the same in the other dialects; false for all else. */
    private boolean plain() {
        switch (cursor.type()) {
            case SYMBOL, JAVASCRIPT -> text(cursor.string());
            case DOUBLE, DECIMAL128 -> PlainText.number(cursor, out);
            case UNDEFINED -> out.append("null");
            case OBJECT_ID -> text(cursor.objectIdHex());
            case DATE_TIME -> text(PlainText.date(cursor));
            case BINARY -> text(PlainText.binary(cursor));
            case REGULAR_EXPRESSION -> text("/" + cursor.pattern() + "/" + cursor.options());
            case MIN_KEY -> text("MinKey");
            case MAX_KEY -> text("MaxKey");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void extended() {
        switch (cursor.type()) {
            case DOCUMENT -> document(null);
            case ARRAY -> array();
            case STRING -> text(cursor.string());
            case SYMBOL -> symbol();
            case INT32, INT64, DOUBLE, DECIMAL128 -> out.append(identity() ? identityNumber() : relaxedNumber());
            case BOOLEAN -> out.append(cursor.bool());
            case NULL -> out.append("null");
            case UNDEFINED -> out.append("{\"$undefined\":true}");
            case MIN_KEY -> out.append("{\"$minKey\":1}");
            case MAX_KEY -> out.append("{\"$maxKey\":1}");
            case OBJECT_ID ->
                out.append("{\"$oid\":\"").append(cursor.objectIdHex()).append("\"}");
            case DATE_TIME -> date(cursor.int64());
            case TIMESTAMP -> timestamp(cursor.int64());
            case BINARY -> binary();
            case REGULAR_EXPRESSION -> regularExpression();
            case JAVASCRIPT -> wrapped("$code", cursor.string());
            case JAVASCRIPT_WITH_SCOPE -> codeWithScope();
            case DB_POINTER -> dbPointer();
            case END_OF_DOCUMENT -> throw new IllegalStateException("the cursor does not stand at a value");
        }
    }

    /**
     * Writes a document.
     *
     * @param except the fields that are left out; null for none
     * @return whether there was nothing to write but what was left out
     */
    private boolean document(@Nullable KnownFields except) {
        Set<String> names = new HashSet<>();
        boolean any = false;
        boolean leftOut = false;
        out.append('{');
        cursor.enter();
        while (cursor.next()) {
            KnownFields known = except == null ? null : except.find(cursor);
            if (known != null && known.isWhole()) {
                leftOut = true;
                continue;
            }
            String name = cursor.name();
            if (!identity() && !names.add(name)) {
                throw new RejectedValueException(
                        RejectCode.DUPLICATE_FIELD, "expected different names in an object, found one twice");
            }
            int before = out.length();
            if (any) {
                out.append(',');
            }
            name(name);
            out.append(':');
            if (known == null || cursor.type() != BsonType.DOCUMENT) {
                value();
                any = true;
            } else if (document(known)) {
                out.setLength(before);
                leftOut = true;
            } else {
                any = true;
            }
        }
        cursor.leave();
        out.append('}');
        return leftOut && !any;
    }

    private boolean identity() {
        return dialect == Dialect.IDENTITY;
    }

    private void name(String name) {
        int start = out.length();
        JsonText.quote(name, out);
        if (identity() && name.startsWith("$")) {
            out.replace(start + 1, start + 2, "\\u0024");
        }
    }

    private void array() {
        out.append('[');
        cursor.enter();
        boolean first = true;
        while (cursor.next()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            value();
        }
        cursor.leave();
        out.append(']');
    }

    private void text(String text) {
        if (!identity() && text.indexOf('\0') >= 0) {
            if (stripsNul) {
                JsonText.quote(text.replace("\0", ""), out);
                return;
            }
            throw new RejectedValueException(
                    RejectCode.NUL_CHARACTER, "expected text that jsonb can hold, found a U+0000 in it");
        }
        JsonText.quote(text, out);
    }

    private void wrapped(String key, String text) {
        out.append("{\"").append(key).append("\":");
        text(text);
        out.append('}');
    }

    private void symbol() {
        if (identity()) {
            text(cursor.string());
        } else {
            wrapped("$symbol", cursor.string());
        }
    }

    private String identityNumber() {
        String number = NumberText.of(cursor);
        return number.endsWith("N") || number.endsWith("y") ? "{\"$numberDouble\":\"" + number + "\"}" : number;
    }

    private String relaxedNumber() {
        if (cursor.type() == BsonType.DECIMAL128) {
            return "{\"$numberDecimal\":\"" + Decimals.text(cursor.decimal128()) + "\"}";
        }
        return cursor.type() == BsonType.DOUBLE ? relaxedDouble(cursor.float64()) : NumberText.of(cursor);
    }

    private static String relaxedDouble(double value) {
        if (!Double.isFinite(value)) {
            return "{\"$numberDouble\":\"" + value + "\"}";
        }
        BigDecimal decimal = Decimals.shortest(value);
        if (decimal.scale() > 0 || decimal.precision() - decimal.scale() > LONGEST_PLAIN) {
            return decimal.toString();
        }
        String sign = value == 0 && Double.doubleToRawLongBits(value) != 0 ? "-" : "";
        return sign + decimal.toPlainString() + ".0";
    }

    private void date(long milliseconds) {
        out.append("{\"$date\":");
        if (milliseconds >= 0 && milliseconds < YEAR_10000) {
            out.append('"').append(Instant.ofEpochMilli(milliseconds)).append('"');
        } else {
            out.append("{\"$numberLong\":\"").append(milliseconds).append("\"}");
        }
        out.append('}');
    }

    private void timestamp(long bits) {
        out.append("{\"$timestamp\":{\"t\":")
                .append(bits >>> 32)
                .append(",\"i\":")
                .append(bits & 0xFFFF_FFFFL)
                .append("}}");
    }

    private void binary() {
        byte[] payload = cursor.bytes();
        byte subtype = cursor.binarySubtype();
        if (identity() && subtype == UuidBytes.STANDARD_SUBTYPE && payload.length == UuidBytes.LENGTH) {
            wrapped("$uuid", UuidBytes.standard(payload).toString());
            return;
        }
        out.append("{\"$binary\":{\"base64\":\"")
                .append(Base64.getEncoder().encodeToString(payload))
                .append("\",\"subType\":\"")
                .append(HexFormat.of().toHexDigits(subtype))
                .append("\"}}");
    }

    private void regularExpression() {
        out.append("{\"$regularExpression\":{\"pattern\":");
        text(cursor.pattern());
        out.append(",\"options\":");
        text(cursor.options());
        out.append("}}");
    }

    private void codeWithScope() {
        out.append("{\"$code\":");
        text(cursor.string());
        out.append(",\"$scope\":");
        document(null);
        out.append('}');
    }

    private void dbPointer() {
        out.append("{\"$dbPointer\":{\"$ref\":");
        text(cursor.string());
        out.append(",\"$id\":{\"$oid\":\"")
                .append(HexFormat.of().formatHex(cursor.bytes()))
                .append("\"}}}");
    }
}
