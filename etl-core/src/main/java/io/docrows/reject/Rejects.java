package io.docrows.reject;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.Bookkeeping;
import io.docrows.internal.metadata.RejectQueries;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.run.RejectFilter;
import io.docrows.source.dump.DumpWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Records;

/**
 * The rejects of one pipeline in one target. Where nothing was loaded yet there are none; looking does not create the
 * schema {@code docrows}. Thread-safe; takes a connection for each call.
 */
public final class Rejects {

    private final DataSource target;
    private final String pipeline;

    private Rejects(DataSource target, String pipeline) {
        this.target = target;
        this.pipeline = pipeline;
    }

    /**
     * Returns the rejects of a pipeline.
     *
     * @param target where the pipeline's rows go
     * @param pipeline the pipeline's name
     * @return its rejects
     */
    public static Rejects of(DataSource target, String pipeline) {
        return new Rejects(Objects.requireNonNull(target, "target"), Objects.requireNonNull(pipeline, "pipeline"));
    }

    /**
     * Returns how many there are.
     *
     * @param filter which
     * @return the number
     */
    public long count(RejectFilter filter) {
        return ask(0L, filter, RejectQueries::count);
    }

    /**
     * Returns how many there are of each collection, for each reason.
     *
     * @param filter which
     * @return the numbers, by collection and reason
     */
    public List<RejectCount> counts(RejectFilter filter) {
        return ask(
                List.of(),
                filter,
                rejects -> rejects.counts().fetch(row -> new RejectCount(row.value1(), row.value2(), row.value3())));
    }

    /**
     * Lists rejects, without their documents, by number.
     *
     * @param filter which
     * @param most at most so many
     * @return the rejects
     */
    public List<StoredReject> list(RejectFilter filter, int most) {
        return list(filter, Long.MIN_VALUE, most);
    }

    /**
     * Lists rejects page by page, without their documents, by number.
     *
     * @param filter which
     * @param after the number of the last reject of the page before; only those behind it are listed
     * @param most at most so many
     * @return the rejects
     */
    public List<StoredReject> list(RejectFilter filter, long after, int most) {
        return ask(List.of(), filter, rejects -> rejects.list(after, most).fetch(Records.mapping(StoredReject::new)));
    }

    /**
     * Reads a rejected document back.
     *
     * @param number the reject's number
     * @return the document, byte for byte, or empty if there is no such reject
     */
    public Optional<byte[]> document(long number) {
        return ask(Optional.empty(), RejectFilter.ALL, rejects -> rejects.document(number));
    }

    /**
     * Writes rejected documents to a {@code .bson} file, which {@link io.docrows.source.dump.DumpSource} and
     * {@code mongorestore} read; compressed, if its name ends in {@code .gz}. They stay rejected. Whoever reads the
     * file takes its name for that of the collection.
     *
     * @param filter which; a file holds the documents of one collection, so the filter has to name one if there are
     *     several
     * @param file the file to write; must not be there yet, and is not made if there are no such rejects
     * @return how many were written
     * @throws DocrowsException {@code INVALID_OPTION} if the rejects are of several collections or the file cannot be
     *     written
     */
    public long export(RejectFilter filter, Path file) {
        return export(filter, new RejectExport(file, new OneFile(file)::of)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Writes rejected documents to a directory, as {@code mongodump} does: one file for each collection, named after
     * it. They stay rejected.
     *
     * @param filter which
     * @param directory made if it is not there; must not hold a file that would be written
     * @param gzip whether to compress the files
     * @return how many were written of each collection
     * @throws DocrowsException {@code INVALID_OPTION} if a file cannot be written
     */
    public SortedMap<String, Long> exportDirectory(RejectFilter filter, Path directory, boolean gzip) {
        return export(
                filter,
                new RejectExport(
                        directory,
                        collection ->
                                Files.createDirectories(directory).resolve(DumpWriter.fileName(collection, gzip))));
    }

    private SortedMap<String, Long> export(RejectFilter filter, RejectExport export) {
        return ask(
                new TreeMap<>(),
                jooq -> jooq.transactionResult(transaction -> export.run(transaction, pipeline, filter)));
    }

    /**
     * Forgets rejects, documents and all. What was discarded is neither in the target nor here any more.
     *
     * @param filter which
     * @return how many were discarded
     */
    public long discard(RejectFilter filter) {
        return ask(0L, filter, RejectQueries::delete);
    }

    private <T> T ask(T nothing, RejectFilter filter, Function<RejectQueries, T> question) {
        return ask(nothing, jooq -> question.apply(new RejectQueries(jooq, pipeline, filter)));
    }

    private <T> T ask(T nothing, Function<DSLContext, T> question) {
        try {
            return Bookkeeping.ask(target, RejectQueries.TABLE, nothing, question);
        } catch (RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "when working on rejects");
        }
    }

    /** A file, which is that of the first collection, and of no second one. */
    private record OneFile(Path file, AtomicBoolean taken) {

        private OneFile(Path file) {
            this(file, new AtomicBoolean());
        }

        private Path of(String collection) {
            if (taken.getAndSet(true)) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "A .bson file holds one collection, but there are rejects of several, " + collection
                                + " among them. Choose one collection, or write to a directory.");
            }
            return file;
        }
    }
}
