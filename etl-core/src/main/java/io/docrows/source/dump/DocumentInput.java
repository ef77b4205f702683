package io.docrows.source.dump;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * Cuts a stream of bytes into documents by their length prefixes (BSON specification: an int32, little endian, that
 * counts itself, then elements, then a zero byte). Contents are not looked at. Memory is one buffer and the document in
 * hand. Not thread-safe.
 */
final class DocumentInput implements Closeable {

    /** What {@link #nextLength()} returns at the end of the stream; no four bytes are read as that. */
    static final long END = Long.MIN_VALUE;

    /** The length of an empty document. */
    static final int MIN_LENGTH = 5;

    /** The largest length believed: that of a MongoDB message, far above the 16 MiB + 16 KiB of a stored document. */
    static final int MAX_LENGTH = 48 << 20;

    // Large enough to make system calls rare, small enough to stay in the processor's cache between filling and
    // copying.
    private static final int BUFFER = 256 << 10;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer;
    private final Damage damage;
    private long offset;

    DocumentInput(ReadableByteChannel channel, long offset, Damage damage) {
        this.channel = channel;
        this.offset = offset;
        this.damage = damage;
        this.buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        buffer.flip();
    }

    /** The offset of the next document. */
    long offset() {
        return offset;
    }

    Damage damage() {
        return damage;
    }

    /** The next four bytes as a signed number, not consumed, or {@link #END} when there are no more. */
    long nextLength() {
        if (buffer.remaining() < 4 && !fill(4)) {
            if (buffer.hasRemaining()) {
                throw damage.at(offset, "expected a length of 4 bytes, but the file ends after " + buffer.remaining());
            }
            return END;
        }
        return buffer.getInt(buffer.position());
    }

    /** Consumes four bytes: an archive's terminator or magic number. */
    void skipWord() {
        buffer.position(buffer.position() + 4);
        offset += 4;
    }

    /**
     * Consumes a document.
     *
     * @param length what {@link #nextLength()} returned
     * @return its bytes, in a new array
     */
    byte[] document(long length) {
        checkLength(length);
        byte[] document = new byte[(int) length];
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining() && !fill(1)) {
                throw cutOff(length, done);
            }
            int part = (int) Math.min(length - done, buffer.remaining());
            buffer.get(document, done, part);
            done += part;
        }
        if (document[document.length - 1] != 0) {
            throw damage.at(offset, "expected a document of " + length + " bytes that ends with a zero byte");
        }
        offset += length;
        return document;
    }

    /** Passes over a document. */
    void skipDocument(long length) {
        checkLength(length);
        long passed = skip(length);
        if (passed < length) {
            throw cutOff(length, passed);
        }
        offset += length;
    }

    /**
     * Passes over bytes that an earlier reader has read.
     *
     * @return whether there were as many
     */
    boolean skipTo(long target) {
        long wanted = target - offset;
        long passed = skip(wanted);
        offset += passed;
        return passed == wanted;
    }

    private long skip(long count) {
        long done = 0;
        while (done < count) {
            if (!buffer.hasRemaining() && !fill(1)) {
                return done;
            }
            int part = (int) Math.min(count - done, buffer.remaining());
            buffer.position(buffer.position() + part);
            done += part;
        }
        return done;
    }

    private void checkLength(long length) {
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw damage.at(
                    offset,
                    "expected a document's length between " + MIN_LENGTH + " and " + MAX_LENGTH + ", but found "
                            + length);
        }
    }

    private RuntimeException cutOff(long length, long present) {
        return damage.at(
                offset, "expected a document of " + length + " bytes, but the file ends after " + present + " of them");
    }

    private boolean fill(int wanted) {
        buffer.compact();
        try {
            while (buffer.position() < wanted) {
                if (channel.read(buffer) < 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException failure) {
            throw damage.reading(failure, offset);
        } finally {
            buffer.flip();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
