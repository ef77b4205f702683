package io.docrows.internal.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.bson.UuidRepresentation;

/**
 * The byte orders in which UUIDs are stored as 16 bytes of BSON binary: the standard one (subtype 4), and those in
 * which old drivers wrote subtype 3, as the MongoDB "Handling of Native UUID Types" specification describes them.
 */
final class UuidBytes {

    static final int LENGTH = 16;
    static final byte STANDARD_SUBTYPE = 4;
    static final byte LEGACY_SUBTYPE = 3;

    private UuidBytes() {}

    static UUID standard(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static UUID legacy(byte[] bytes, UuidRepresentation order) {
        ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (order) {
            case JAVA_LEGACY -> new UUID(little.getLong(), little.getLong());
            case C_SHARP_LEGACY -> {
                long high = ((little.getInt() & 0xFFFF_FFFFL) << 32)
                        | ((little.getShort() & 0xFFFFL) << 16)
                        | (little.getShort() & 0xFFFFL);
                yield new UUID(high, little.order(ByteOrder.BIG_ENDIAN).getLong());
            }
            case PYTHON_LEGACY -> standard(bytes);
            case STANDARD, UNSPECIFIED -> throw new IllegalArgumentException("not a legacy byte order");
        };
    }
}
