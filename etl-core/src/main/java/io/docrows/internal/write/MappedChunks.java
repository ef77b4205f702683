package io.docrows.internal.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory beside the heap: parts of a temporary file, mapped, which the operating system writes out and takes back when
 * it needs the memory for others. Nobody else can open the file, and it is gone with the process, where files may be
 * deleted that are in use. A part stays valid after this is closed, as long as it is referred to. Not thread-safe.
 */
final class MappedChunks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MappedChunks.class);

    private final Path directory;
    private @Nullable FileChannel file;
    private boolean full;
    private long end;

    /**
     * No file yet.
     *
     * @param directory where it will be
     */
    MappedChunks(Path directory) {
        this.directory = directory;
    }

    /** In the JVM's directory for temporary files ({@code java.io.tmpdir}). */
    static MappedChunks temporary() {
        return new MappedChunks(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * One more part.
     *
     * @param bytes its size
     * @return the part, all zeroes, or null if there is no room in the file system, now or before
     */
    @Nullable ByteBuffer next(int bytes) {
        if (full) {
            return null;
        }
        try {
            FileChannel opened = opened();
            // Written, not only mapped: a page for which the disk has no room would end the process when it is touched.
            ByteBuffer zeroes = ByteBuffer.allocate(bytes);
            while (zeroes.hasRemaining()) {
                opened.write(zeroes, end + zeroes.position());
            }
            ByteBuffer part = opened.map(MapMode.READ_WRITE, end, bytes);
            end += bytes;
            return part;
        } catch (IOException | UnsupportedOperationException e) {
            full = true;
            log.info(
                    "No more keys of referenced rows fit into a temporary file in {}, so that the others are looked up in the"
                            + " target, which is slower: {}",
                    directory,
                    e.toString());
            return null;
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel opened = file;
        if (opened == null) {
            // Made so that only this user can read and write it.
            Path path = Files.createTempFile(directory, "docrows-keys-", ".tmp");
            opened = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            try {
                Files.delete(path);
            } catch (IOException e) {
                // Where a file that is open cannot be deleted, closing it does.
                log.debug("{} is deleted later", path, e);
            }
            file = opened;
        }
        return opened;
    }

    /** Closes the file; its parts can still be used. */
    @Override
    public void close() {
        FileChannel opened = file;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                log.debug("a temporary file could not be closed", e);
            }
        }
    }
}
