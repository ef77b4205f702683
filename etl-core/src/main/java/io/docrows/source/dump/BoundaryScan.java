package io.docrows.source.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds places between documents in a plain file by hopping from length prefix to length prefix. Documents smaller than
 * a disk block make that a pass over the whole file, at the speed of the page cache or the disk; larger ones are hopped
 * over unread. At the first sign of damage it stops looking: whoever reads that far reports it.
 */
final class BoundaryScan {

    private static final int WIDE = 256 << 10;
    private static final int NARROW = 4 << 10;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocateDirect(WIDE).order(ByteOrder.LITTLE_ENDIAN);
    private long windowStart;

    BoundaryScan(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
        window.limit(0);
    }

    /**
     * Cuts the file into parts of nearly equal size.
     *
     * @param parts how many parts are welcome, at least 1
     * @return where the parts begin, the first at 0; fewer than asked for when there are not so many boundaries
     * @throws IOException if the file cannot be read
     */
    List<Long> cuts(int parts) throws IOException {
        List<Long> cuts = new ArrayList<>(List.of(0L));
        long offset = 0;
        for (int part = 1; part < parts; part++) {
            // In two steps, because the product of size and part can exceed a long only for absurd files, but may.
            long target = size / parts * part + size % parts * part / parts;
            while (offset < target) {
                long next = after(offset);
                if (next < 0) {
                    return cuts;
                }
                offset = next;
            }
            if (offset > cuts.get(cuts.size() - 1) && offset < size) {
                cuts.add(offset);
            }
        }
        return cuts;
    }

    /**
     * Returns how many documents the beginning of the file holds.
     *
     * @param bytes how far to look
     * @return the count and the bytes they take
     * @throws IOException if the file cannot be read
     */
    Sample sample(long bytes) throws IOException {
        long offset = 0;
        long documents = 0;
        while (offset < bytes && offset < size) {
            long next = after(offset);
            if (next < 0) {
                break;
            }
            offset = next;
            documents++;
        }
        return new Sample(documents, offset);
    }

    /**
     * Some documents.
     *
     * @param documents how many
     * @param bytes how many bytes they take together
     */
    record Sample(long documents, long bytes) {}

    /** The offset behind the document at an offset, or -1 if there is no whole document. */
    private long after(long offset) throws IOException {
        if (size - offset < DocumentInput.MIN_LENGTH) {
            return -1;
        }
        int at = load(offset, 4);
        if (at < 0) {
            return -1;
        }
        int length = window.getInt(at);
        if (length < DocumentInput.MIN_LENGTH || length > DocumentInput.MAX_LENGTH || length > size - offset) {
            return -1;
        }
        int last = load(offset + length - 1, 1);
        return last < 0 || window.get(last) != 0 ? -1 : offset + length;
    }

    /** Has bytes of the file in the window, and returns their index there; -1 if the file is too short. */
    private int load(long offset, int count) throws IOException {
        long windowEnd = windowStart + window.limit();
        if (offset < windowStart || offset + count > windowEnd) {
            // A far hop means large documents, of which only the prefix is wanted.
            boolean near = offset <= windowEnd + NARROW;
            window.clear().limit(near ? WIDE : NARROW);
            windowStart = offset;
            int read = 0;
            while (window.position() < count && read >= 0) {
                read = channel.read(window, offset + window.position());
            }
            window.flip();
        }
        return window.limit() < count ? -1 : (int) (offset - windowStart);
    }
}
