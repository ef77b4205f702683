package io.docrows.inspect.internal.measure;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.mapping.DocumentId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * The document in hand: its number, and its {@code _id} as a key that orders all {@code _id}s in one way, whatever the
 * order in which they are read. Reused, hence mutable.
 */
public final class DocumentMark {

    private static final FieldName ID = FieldName.of("_id");
    private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

    private static final int NO_ID = 0x7F;
    private static final long DAY = 86_400_000L;

    /** Counts the documents that this thread has seen. */
    long number;
    /** The type's rank and the first seven bytes that decide. */
    long high;
    /** The eight bytes after these, with the upper bit turned around so that they compare as signed. */
    long low;
    /** The day the ObjectId was made, or {@link Long#MIN_VALUE}. */
    long idDay;
    /** Milliseconds at which the ObjectId was made. */
    long idMillis;

    private byte[] document = {};
    private int start;
    private int length;
    private byte type;

    /** Before the first document. */
    public DocumentMark() {}

    /**
     * Takes up the next document.
     *
     * @param cursor stands before the first element; is moved
     */
    public void read(BsonCursor cursor) {
        number++;
        document = cursor.document();
        idDay = Long.MIN_VALUE;
        if (!takeId(cursor)) {
            high = (long) NO_ID << 56;
            low = Long.MIN_VALUE;
            length = -1;
        }
    }

    private boolean takeId(BsonCursor cursor) {
        try {
            while (cursor.next()) {
                if (cursor.nameIs(ID)) {
                    take(cursor);
                    return true;
                }
            }
        } catch (MalformedBsonException e) {
            // Whoever measures the document meets it again, and counts it.
            return false;
        }
        return false;
    }

    private void take(BsonCursor cursor) {
        BsonType found = cursor.type();
        type = (byte) found.getValue();
        start = cursor.valueOffset();
        length = cursor.valueLength();
        switch (found) {
            case INT32 -> number(cursor.int32());
            case INT64 -> number(cursor.int64());
            case DATE_TIME -> sortable(found, cursor.int64() ^ Long.MIN_VALUE);
            case DOUBLE -> number(cursor.float64());
            case STRING -> bytes(found, start + 4, length - 5);
            case OBJECT_ID -> {
                bytes(found, start, length);
                idMillis = ((long) BIG_LONG.get(document, start) >>> 32) * 1000;
                idDay = Math.floorDiv(idMillis, DAY);
            }
            default -> bytes(found, start, length);
        }
    }

    private void number(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        sortable(BsonType.INT32, bits ^ (bits >> 63 | Long.MIN_VALUE));
    }

    private void sortable(BsonType rank, long bits) {
        high = (long) rank.getValue() << 56 | bits >>> 8;
        low = bits << 56 ^ Long.MIN_VALUE;
    }

    private void bytes(BsonType rank, int from, int count) {
        if (count >= Long.BYTES) {
            long first = (long) BIG_LONG.get(document, from);
            high = (long) (rank.getValue() & 0x7F) << 56 | first >>> 8;
            low = (first << 56 | rest(from + Long.BYTES, count - Long.BYTES) >>> 8) ^ Long.MIN_VALUE;
        } else {
            long first = rest(from, count);
            high = (long) (rank.getValue() & 0x7F) << 56 | first >>> 8;
            low = first << 56 ^ Long.MIN_VALUE;
        }
    }

    private long rest(int from, int count) {
        if (count >= Long.BYTES) {
            return (long) BIG_LONG.get(document, from);
        }
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | (i < count ? document[from + i] & 0xFF : 0);
        }
        return word;
    }

    /**
     * Counts the documents that this thread has seen.
     *
     * @return the number of the one in hand
     */
    public long number() {
        return number;
    }

    /**
     * Whether the {@code _id} comes before another one.
     *
     * @param other the other one
     * @return true if it does, in the order that all {@code _id}s have here
     */
    public boolean isBefore(Id other) {
        return high < other.high
                || high == other.high && (low < other.low || low == other.low && compareIdTo(other.id) < 0);
    }

    /**
     * The {@code _id}, to be kept.
     *
     * @return a copy
     */
    public Id copy() {
        return new Id(high, low, id());
    }

    /**
     * An {@code _id}, with the order that all {@code _id}s have here.
     *
     * @param high the first part of its key
     * @param low the second part
     * @param id its type byte and its value
     */
    public record Id(long high, long low, byte[] id) implements Comparable<Id> {

        @Override
        public int compareTo(Id other) {
            int first = Long.compare(high, other.high);
            int second = first != 0 ? first : Long.compare(low, other.low);
            return second != 0 ? second : Arrays.compareUnsigned(id, other.id);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id that && compareTo(that) == 0;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(id);
        }

        /**
         * The text.
         *
         * @return as the rest of Docrows writes it, or null if the document has none
         */
        public @Nullable String text() {
            return DocumentMark.text(id);
        }
    }

    /** The type byte and the value of the {@code _id}. */
    byte[] id() {
        if (length < 0) {
            return new byte[0];
        }
        byte[] id = new byte[1 + length];
        id[0] = type;
        System.arraycopy(document, start, id, 1, length);
        return id;
    }

    int compareIdTo(byte[] id) {
        if (length < 0 || id.length == 0) {
            return Boolean.compare(length >= 0, id.length != 0);
        }
        int types = Byte.compareUnsigned(type, id[0]);
        return types != 0 ? types : Arrays.compareUnsigned(document, start, start + length, id, 1, id.length);
    }

    /**
     * An {@code _id} as people write it.
     *
     * @param id as {@link #id()} gave it
     * @return the text, or null for a document without an {@code _id}
     */
    public static @Nullable String text(byte[] id) {
        if (id.length == 0) {
            return null;
        }
        byte[] document = new byte[4 + 1 + 4 + id.length - 1 + 1];
        document[0] = (byte) document.length;
        document[1] = (byte) (document.length >> 8);
        document[2] = (byte) (document.length >> 16);
        document[3] = (byte) (document.length >> 24);
        document[4] = id[0];
        document[5] = '_';
        document[6] = 'i';
        document[7] = 'd';
        System.arraycopy(id, 1, document, 9, id.length - 1);
        return DocumentId.ofDocument(document);
    }
}
