package io.docrows.reject;

import static io.docrows.internal.db.Tables.REJECT;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.dump.DumpWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Configuration;
import org.jooq.Cursor;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/** Writes rejected documents to files, one for each collection. A failure leaves no file behind. Used once. */
final class RejectExport {

    private static final int FETCH = 100;

    private final Path target;
    private final Layout layout;
    private final List<Path> made = new ArrayList<>();
    private final SortedMap<String, Long> written = new TreeMap<>();

    /** Where the file of a collection is made. */
    @FunctionalInterface
    interface Layout {
        Path file(String collection) throws IOException;
    }

    /** @param target what messages call the whole */
    RejectExport(Path target, Layout layout) {
        this.target = target;
        this.layout = layout;
    }

    /** Writes, within a transaction, so that the documents pass through, however many there are. */
    SortedMap<String, Long> run(Configuration transaction, Condition which) {
        try {
            try (Cursor<Record2<String, byte[]>> documents = DSL.using(transaction)
                    .select(REJECT.COLLECTION, REJECT.DOCUMENT)
                    .from(REJECT)
                    .where(which)
                    .orderBy(REJECT.COLLECTION, REJECT.ID)
                    .fetchSize(FETCH)
                    .fetchLazy()) {
                Record2<String, byte[]> next = documents.fetchNext();
                while (next != null) {
                    next = collection(next, documents);
                }
            }
            return written;
        } catch (IOException e) {
            discard();
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    target + " cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            discard();
            throw e;
        }
    }

    /** Writes one collection; returns the first document of the next, or null. */
    private @org.jspecify.annotations.Nullable Record2<String, byte[]> collection(
            Record2<String, byte[]> first, Cursor<Record2<String, byte[]>> documents) throws IOException {
        String collection = first.value1();
        Path file = layout.file(collection);
        if (Files.exists(file)) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, file + " is there already; name another place");
        }
        made.add(file);
        Record2<String, byte[]> next = first;
        try (DumpWriter writer = DumpWriter.create(file)) {
            while (next != null && next.value1().equals(collection)) {
                writer.write(next.value2());
                written.merge(collection, 1L, Long::sum);
                next = documents.fetchNext();
            }
        }
        return next;
    }

    private void discard() {
        for (Path file : made) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(RejectExport.class).debug("{} could not be deleted", file, e);
            }
        }
    }
}
