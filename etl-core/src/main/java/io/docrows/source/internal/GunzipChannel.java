package io.docrows.source.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The uncompressed bytes of a gzip file (RFC 1952), any number of members. Unlike {@link java.util.zip.GZIPInputStream}
 * it never mistakes a damaged or cut-off member for the end of the file. Not thread-safe.
 */
public final class GunzipChannel implements ReadableByteChannel {

    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private final ReadableByteChannel in;
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean anyMember;
    private boolean inMember;
    private boolean open = true;

    /**
     * Inflates what a channel gives.
     *
     * @param in the compressed bytes; closed along with this channel
     */
    public GunzipChannel(ReadableByteChannel in) {
        this.in = in;
        input.flip();
    }

    /**
     * Inflates into the buffer.
     *
     * @return how many bytes, or -1 at the proper end of the file
     * @throws EOFException if the file ends inside a member
     * @throws ZipException if the compressed data is damaged
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (!inMember && !header()) {
                return -1;
            }
            int count = inflate(target);
            if (count > 0) {
                return count;
            }
            if (inflater.finished()) {
                trailer();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a preset dictionary is needed");
            } else if (!refill()) {
                throw new EOFException("the compressed data ends early");
            } else {
                inflater.setInput(input);
            }
        }
        return 0;
    }

    private int inflate(ByteBuffer target) throws ZipException {
        int start = target.position();
        long before = inflater.getBytesWritten();
        try {
            inflater.inflate(target);
        } catch (DataFormatException damaged) {
            // What came out before the damage is good, and counts; the next call meets the damage again.
            int good = (int) (inflater.getBytesWritten() - before);
            if (good == 0) {
                throw new ZipException("the compressed data is damaged");
            }
            target.position(start + good);
        }
        ByteBuffer inflated = target.duplicate().flip().position(start);
        int count = inflated.remaining();
        crc.update(inflated);
        return count;
    }

    private boolean header() throws IOException {
        if (!input.hasRemaining() && !refill()) {
            if (anyMember) {
                return false;
            }
            throw new EOFException("the file is empty");
        }
        if (anyMember && onlyZeroes()) {
            return false;
        }
        if (octet() != 0x1f || octet() != 0x8b || octet() != 8) {
            throw new ZipException(anyMember ? "other bytes follow the compressed data" : "this is not gzip data");
        }
        int flags = octet();
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
        anyMember = true;
        inMember = true;
        crc.reset();
        inflater.reset();
        inflater.setInput(input);
        return true;
    }

    /** Some writers pad the file with zeroes, which gzip itself ignores. */
    private boolean onlyZeroes() throws IOException {
        while (true) {
            while (input.hasRemaining()) {
                if (input.get(input.position()) != 0) {
                    return false;
                }
                input.get();
            }
            if (!refill()) {
                return true;
            }
        }
    }

    private void trailer() throws IOException {
        int wantedCrc = octet() | octet() << 8 | octet() << 16 | octet() << 24;
        int wantedSize = octet() | octet() << 8 | octet() << 16 | octet() << 24;
        if (wantedCrc != (int) crc.getValue() || wantedSize != (int) inflater.getBytesWritten()) {
            throw new ZipException("the checksum of the compressed data is wrong");
        }
        inMember = false;
    }

    private void skipText() throws IOException {
        int next = octet();
        while (next != 0) {
            next = octet();
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            octet();
        }
    }

    private int octet() throws IOException {
        if (!input.hasRemaining() && !refill()) {
            throw new EOFException("the compressed data ends early");
        }
        return input.get() & 0xff;
    }

    private boolean refill() throws IOException {
        input.clear();
        int count = 0;
        while (count == 0) {
            count = in.read(input);
        }
        input.flip();
        return count > 0;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            inflater.end();
            in.close();
        }
    }
}
