package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bson.BsonType;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * Reads UUIDs of binary subtype 4, and those of subtype 3 if their byte order is given: the bytes do not tell it.
 *
 * @param legacyOrder how subtype 3 was written, or null to reject it
 * @param orText number of the policy that reads UUIDs that are written as text, or {@link #NO_POLICY}
 */
public record UuidReader(@Nullable UuidRepresentation legacyOrder, int orText) implements ValueReader<UUID> {

    /** With hyphens or without; the forms that {@link UUID#fromString} takes beside are no one's. */
    private static final Pattern TEXT = Pattern.compile(
            "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}|\\p{XDigit}{32}");

    private static final int HYPHENS = 4;

    /**
     * Checks an order.
     *
     * @param order how subtype 3 is said to be written
     * @throws IllegalArgumentException if it is not a legacy one
     */
    public static void requireLegacy(UuidRepresentation order) {
        if (order == UuidRepresentation.STANDARD || order == UuidRepresentation.UNSPECIFIED) {
            throw new IllegalArgumentException("a legacy UUID needs one of the legacy byte orders, not " + order);
        }
    }

    @Override
    public UUID read(BsonCursor cursor, PolicyCounter counter) {
        if (orText != NO_POLICY && WrittenNumber.isText(cursor)) {
            return written(cursor, counter);
        }
        if (cursor.type() != BsonType.BINARY) {
            throw Mismatch.type(cursor, "a UUID (binData of subtype 4)");
        }
        byte subtype = cursor.binarySubtype();
        if (subtype != UuidBytes.STANDARD_SUBTYPE && subtype != UuidBytes.LEGACY_SUBTYPE) {
            throw new RejectedValueException(
                    RejectCode.TYPE_MISMATCH,
                    "expected a UUID (binData of subtype 4), found binData of subtype " + (subtype & 0xFF));
        }
        if (subtype == UuidBytes.LEGACY_SUBTYPE && legacyOrder == null) {
            throw new RejectedValueException(
                    RejectCode.TYPE_MISMATCH,
                    "expected a UUID (binData of subtype 4), found the legacy subtype 3, whose byte order only"
                            + " legacyUuid can give");
        }
        byte[] bytes = cursor.bytes();
        if (bytes.length != UuidBytes.LENGTH) {
            throw Mismatch.value(cursor, "a UUID of 16 bytes");
        }
        return subtype == UuidBytes.LEGACY_SUBTYPE && legacyOrder != null
                ? UuidBytes.legacy(bytes, legacyOrder)
                : UuidBytes.standard(bytes);
    }

    private UUID written(BsonCursor cursor, PolicyCounter counter) {
        String text = cursor.string();
        if (text.length() > 2 * UuidBytes.LENGTH + HYPHENS
                || !TEXT.matcher(text).matches()) {
            throw Mismatch.value(cursor, "a UUID written as text");
        }
        counter.add(orText);
        return UuidBytes.standard(HexFormat.of().parseHex(text.replace("-", "")));
    }
}
