package io.docrows.reject;

import static io.docrows.internal.db.Tables.REJECT;

import io.docrows.DocrowsException;
import io.docrows.ErrorCode;
import io.docrows.internal.bookkeeping.BookkeepingSchema;
import io.docrows.internal.target.TargetErrors;
import io.docrows.source.dump.DumpWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** The rejects of one pipeline in one target. Thread-safe; takes a connection for each call. */
public final class Rejects {

    private static final int FETCH = 100;

    private final DataSource target;
    private final String pipeline;

    private Rejects(DataSource target, String pipeline) {
        this.target = target;
        this.pipeline = pipeline;
    }

    /**
     * The rejects of a pipeline. Makes the schema {@code docrows} if it is not there yet.
     *
     * @param target where the pipeline's rows go
     * @param pipeline the pipeline's name
     * @return its rejects
     * @throws DocrowsException if the target cannot be reached, or its schema was made by a newer release
     */
    public static Rejects of(DataSource target, String pipeline) {
        BookkeepingSchema.migrate(target);
        return new Rejects(Objects.requireNonNull(target, "target"), Objects.requireNonNull(pipeline, "pipeline"));
    }

    /**
     * How many there are.
     *
     * @param filter which
     * @return the number
     */
    public long count(RejectFilter filter) {
        return ask(jooq -> (long) jooq.fetchCount(REJECT, where(filter)));
    }

    /**
     * Lists rejects, without their documents, by number.
     *
     * @param filter which
     * @param most at most so many
     * @return the rejects
     */
    public List<StoredReject> list(RejectFilter filter, int most) {
        return ask(jooq -> jooq.select(
                        REJECT.ID,
                        REJECT.COLLECTION,
                        REJECT.DOCUMENT_KEY,
                        REJECT.CODE,
                        REJECT.PATH,
                        REJECT.BSON_TYPE,
                        REJECT.COLUMN_NAME,
                        REJECT.SQLSTATE,
                        REJECT.DETAIL,
                        DSL.octetLength(REJECT.DOCUMENT.coerce(String.class)),
                        REJECT.RUN_ID,
                        REJECT.LAST_RUN_ID,
                        REJECT.REJECTED)
                .from(REJECT)
                .where(where(filter))
                .orderBy(REJECT.ID)
                .limit(most)
                .fetch(row -> new StoredReject(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        row.value8(),
                        row.value9(),
                        row.value10(),
                        row.value11(),
                        row.value12(),
                        row.value13())));
    }

    /**
     * Reads a rejected document back.
     *
     * @param number the reject's number
     * @return the document, byte for byte, or empty if there is no such reject
     */
    public Optional<byte[]> document(long number) {
        return ask(jooq -> jooq.select(REJECT.DOCUMENT)
                .from(REJECT)
                .where(REJECT.PIPELINE.eq(pipeline), REJECT.ID.eq(number))
                .fetchOptional(REJECT.DOCUMENT));
    }

    /**
     * Writes rejected documents to a {@code .bson} file, which {@link io.docrows.source.dump.DumpSource} and
     * {@code mongorestore} read. They stay rejected.
     *
     * @param filter which; a file holds the documents of one collection, so the filter has to name one if there are
     *     several
     * @param file the file to write; must not be there yet
     * @return how many were written
     * @throws DocrowsException {@code INVALID_OPTION} if the rejects are of several collections or the file cannot be
     *     written
     */
    public long export(RejectFilter filter, Path file) {
        if (Files.exists(file)) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, file + " is there already; name another file");
        }
        return ask(jooq -> {
            List<String> collections = jooq.selectDistinct(REJECT.COLLECTION)
                    .from(REJECT)
                    .where(where(filter))
                    .orderBy(REJECT.COLLECTION)
                    .fetch(REJECT.COLLECTION);
            if (collections.size() > 1) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "a .bson file holds one collection, but there are rejects of " + String.join(", ", collections)
                                + "; choose one");
            }
            // A cursor within a transaction: the documents pass through, however many there are.
            return jooq.transactionResult(configuration -> {
                long written = 0;
                try (DumpWriter writer = DumpWriter.create(file);
                        Cursor<Record1<byte[]>> documents = DSL.using(configuration)
                                .select(REJECT.DOCUMENT)
                                .from(REJECT)
                                .where(where(filter))
                                .orderBy(REJECT.ID)
                                .fetchSize(FETCH)
                                .fetchLazy()) {
                    for (Record1<byte[]> document : documents) {
                        writer.write(document.value1());
                        written++;
                    }
                } catch (IOException e) {
                    throw new DocrowsException(
                            ErrorCode.INVALID_OPTION, file + " cannot be written: " + e.getMessage(), e);
                }
                return written;
            });
        });
    }

    /**
     * Forgets rejects, documents and all. What was discarded is neither in the target nor here any more.
     *
     * @param filter which
     * @return how many were discarded
     */
    public long discard(RejectFilter filter) {
        return ask(jooq -> (long) jooq.deleteFrom(REJECT).where(where(filter)).execute());
    }

    private Condition where(RejectFilter filter) {
        Condition condition = REJECT.PIPELINE.eq(pipeline);
        if (!filter.collections().isEmpty()) {
            condition = condition.and(REJECT.COLLECTION.in(filter.collections()));
        }
        if (!filter.codes().isEmpty()) {
            condition = condition.and(
                    REJECT.CODE.in(filter.codes().stream().map(Enum::name).toList()));
        }
        if (!filter.numbers().isEmpty()) {
            condition = condition.and(REJECT.ID.in(filter.numbers()));
        }
        return condition;
    }

    private <T> T ask(Function<DSLContext, T> question) {
        try {
            return question.apply(DSL.using(target, SQLDialect.POSTGRES));
        } catch (DataAccessException e) {
            SQLException cause = TargetErrors.sqlCause(e);
            throw cause == null
                    ? new DocrowsException(ErrorCode.TARGET_FAILED, "the rejects could not be read", e)
                    : TargetErrors.translate(cause, "when working on rejects");
        }
    }
}
