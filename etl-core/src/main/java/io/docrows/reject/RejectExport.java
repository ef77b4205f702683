package io.docrows.reject;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.RejectPage;
import io.docrows.internal.metadata.RejectQueries;
import io.docrows.run.RejectFilter;
import io.docrows.source.dump.DumpWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Writes rejected documents to files, one for each collection. A failure leaves no file behind. Used once. */
final class RejectExport {

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

    /** Writes, within a transaction, a page after the other. */
    SortedMap<String, Long> run(Configuration transaction, String pipeline, RejectFilter filter) {
        try {
            DSLContext jooq = DSL.using(transaction);
            // All pages are of one moment: a run may take rejects out meanwhile.
            jooq.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            RejectQueries rejects = new RejectQueries(jooq, pipeline, filter);
            for (String collection : rejects.collections()) {
                write(collection, rejects);
            }
            return written;
        } catch (IOException e) {
            discard();
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    target + " cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage() + ".",
                    e);
        } catch (RuntimeException | Error e) {
            discard();
            throw e;
        }
    }

    private void write(String collection, RejectQueries rejects) throws IOException {
        Path file = layout.file(collection);
        List<Path> files = new ArrayList<>(List.of(file));
        DumpWriter.metadata(file, collection).ifPresent(files::add);
        for (Path one : files) {
            if (Files.exists(one)) {
                throw new DocrowsException(ErrorCode.INVALID_OPTION, one + " exists already. Name another path.");
            }
        }
        made.addAll(files);
        try (DumpWriter writer = DumpWriter.create(file, collection)) {
            List<RejectPage.Row> page;
            long last = 0;
            do {
                page = rejects.page(collection, last);
                for (RejectPage.Row reject : page) {
                    writer.write(reject.document());
                    written.merge(collection, 1L, Long::sum);
                    last = reject.number();
                }
            } while (!page.isEmpty());
        }
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
