package io.docrows.source.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** The bytes of a part of a file. Not thread-safe. */
final class JsonInput extends InputStream {

    // Large enough to make system calls rare, small enough to stay in the processor's cache.
    private static final int BUFFER = 128 << 10;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private long left;

    /**
     * Reads from where the channel stands.
     *
     * @param count how many bytes belong to the part, if there are so many
     */
    JsonInput(ReadableByteChannel channel, long count) {
        this.channel = channel;
        this.left = count;
        buffer.flip();
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        left--;
        return buffer.get() & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = (int) Math.min(Math.min(count, buffer.remaining()), left);
        buffer.get(target, from, part);
        left -= part;
        return part;
    }

    @Override
    public long skip(long count) throws IOException {
        long done = 0;
        while (done < count && fill()) {
            int part = (int) Math.min(Math.min(count - done, buffer.remaining()), left);
            buffer.position(buffer.position() + part);
            left -= part;
            done += part;
        }
        return done;
    }

    private boolean fill() throws IOException {
        if (left <= 0) {
            return false;
        }
        while (!buffer.hasRemaining()) {
            buffer.clear();
            int count = channel.read(buffer);
            buffer.flip();
            if (count < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
