package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import java.util.UUID;
import org.bson.BsonType;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * Reads UUIDs of binary subtype 4, and those of subtype 3 if their byte order is given: the bytes do not tell it.
 *
 * @param legacyOrder how subtype 3 was written, or null to reject it
 */
public record UuidReader(@Nullable UuidRepresentation legacyOrder) implements ValueReader<UUID> {

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if it is not a legacy one
     */
    public UuidReader {
        if (legacyOrder == UuidRepresentation.STANDARD || legacyOrder == UuidRepresentation.UNSPECIFIED) {
            throw new IllegalArgumentException("a legacy UUID needs one of the legacy byte orders, not " + legacyOrder);
        }
    }

    @Override
    public UUID read(BsonCursor cursor, PolicyCounter counter) {
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
}
