package io.docrows.spark.hadoop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/** Reads a file of one of Hadoop's file systems. As large as it was when it was opened. */
final class HadoopChannel extends FileChannel {

    private static final int CHUNK = 256 << 10;

    private final FSDataInputStream in;
    private final long size;
    private final byte[] chunk;

    HadoopChannel(FSDataInputStream in, long size) {
        this.in = in;
        this.size = size;
        this.chunk = new byte[(int) Math.min(CHUNK, Math.max(1, size))];
    }

    @Override
    public synchronized int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        int count = in.read(chunk, 0, Math.min(chunk.length, into.remaining()));
        if (count > 0) {
            into.put(chunk, 0, count);
        }
        return count;
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        long before = in.getPos();
        if (position >= size) {
            return -1;
        }
        in.seek(position);
        try {
            return read(into);
        } finally {
            in.seek(before);
        }
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            while (into[i].hasRemaining()) {
                int count = read(into[i]);
                if (count < 0) {
                    return sum == 0 ? -1 : sum;
                }
                sum += count;
            }
        }
        return sum;
    }

    @Override
    public synchronized long position() throws IOException {
        return in.getPos();
    }

    /** Hadoop refuses a place behind the end, where Java's own channels have nothing to read. */
    @Override
    public synchronized FileChannel position(long position) throws IOException {
        in.seek(Math.min(position, size));
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel into) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, count));
        long sum = 0;
        while (sum < count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - sum));
            if (read(buffer, position + sum) < 0) {
                break;
            }
            buffer.flip();
            sum += buffer.remaining();
            while (buffer.hasRemaining()) {
                into.write(buffer);
            }
        }
        return sum;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw new NonWritableChannelException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new NonWritableChannelException();
    }

    @Override
    public FileChannel truncate(long length) {
        throw new NonWritableChannelException();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
        throw new NonWritableChannelException();
    }

    @Override
    public void force(boolean metadata) {}

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long length, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long length, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        in.close();
    }
}
