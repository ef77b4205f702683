package io.docrows.internal.bookkeeping;

import static io.docrows.internal.db.Tables.REJECT;

import io.docrows.DocrowsException;
import io.docrows.ErrorCode;
import io.docrows.internal.target.TargetErrors;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The rejected documents of a pipeline as a source, so that loading them again is a run like any other: what loads
 * leaves the reject table with its batch, what does not stays.
 */
public final class RejectSource implements DocumentSource {

    /** An empty BSON document: its length and its end. */
    private static final byte[] EMPTY = {5, 0, 0, 0, 0};

    private final DataSource target;
    private final String pipeline;

    /**
     * The rejects as they are now.
     *
     * @param target where they are kept
     * @param pipeline the pipeline's name
     */
    public RejectSource(DataSource target, String pipeline) {
        this.target = target;
        this.pipeline = pipeline;
    }

    @Override
    public String description() {
        return "rejects of " + pipeline;
    }

    @Override
    public Set<String> collections() {
        return ask(jooq -> jooq.selectDistinct(REJECT.COLLECTION)
                .from(REJECT)
                .where(REJECT.PIPELINE.eq(pipeline))
                .fetchSet(REJECT.COLLECTION));
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return OptionalLong.of(
                ask(jooq -> jooq.fetchCount(REJECT, REJECT.PIPELINE.eq(pipeline), REJECT.COLLECTION.eq(collection))));
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        if (!request.ids().isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "rejects are retried whole; load chosen _ids from their source instead");
        }
        return List.of(new Partition(collection, 0, EMPTY));
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        return new Reader(
                partition.collection(),
                after == null ? 0 : ByteBuffer.wrap(after).getLong());
    }

    @Override
    public void close() {
        // The data source is the caller's.
    }

    private <T> T ask(Function<DSLContext, T> question) {
        try {
            return question.apply(DSL.using(target, SQLDialect.POSTGRES));
        } catch (DataAccessException e) {
            SQLException cause = TargetErrors.sqlCause(e);
            throw cause == null
                    ? new DocrowsException(ErrorCode.SOURCE_FAILED, "the rejects could not be read", e)
                    : TargetErrors.translate(cause, "when reading rejects");
        }
    }

    private final class Reader implements DocumentReader {

        /** A document may have 16 MiB, so not many are held at once. */
        private static final int PAGE = 20;

        private final String collection;
        private final Deque<Record2<Long, byte[]>> page = new ArrayDeque<>();
        private long last;

        private Reader(String collection, long last) {
            this.collection = collection;
            this.last = last;
        }

        @Override
        public byte @Nullable [] read() {
            if (page.isEmpty()) {
                Result<Record2<Long, byte[]>> next = ask(jooq -> jooq.select(REJECT.ID, REJECT.DOCUMENT)
                        .from(REJECT)
                        .where(REJECT.PIPELINE.eq(pipeline), REJECT.COLLECTION.eq(collection), REJECT.ID.gt(last))
                        .orderBy(REJECT.ID)
                        .limit(PAGE)
                        .fetch());
                page.addAll(next);
            }
            Record2<Long, byte[]> reject = page.poll();
            if (reject == null) {
                return null;
            }
            last = reject.value1();
            return reject.value2();
        }

        @Override
        public byte[] position() {
            return ByteBuffer.allocate(Long.BYTES).putLong(last).array();
        }

        @Override
        public void close() {
            page.clear();
        }
    }
}
