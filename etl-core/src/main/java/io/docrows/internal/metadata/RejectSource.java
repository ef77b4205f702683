package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.REJECT;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.run.RejectFilter;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The rejected documents of a pipeline as a source, so that loading them again is a run like any other: what loads
 * leaves the reject table with its batch, what does not stays.
 */
public final class RejectSource implements DocumentSource {

    private final DataSource target;
    private final String pipeline;
    private final RejectFilter filter;

    /**
     * The rejects as they are now.
     *
     * @param target where they are kept
     * @param pipeline the pipeline's name
     * @param filter which of them
     */
    public RejectSource(DataSource target, String pipeline, RejectFilter filter) {
        this.target = target;
        this.pipeline = pipeline;
        this.filter = filter;
    }

    @Override
    public String description() {
        return "rejects of " + pipeline;
    }

    @Override
    public Set<String> collections() {
        return ask(jooq -> jooq.selectDistinct(REJECT.COLLECTION)
                .from(REJECT)
                .where(RejectSelection.of(pipeline, filter))
                .fetchSet(REJECT.COLLECTION));
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return OptionalLong.of(ask(jooq -> jooq.fetchCount(REJECT, of(collection))));
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        if (!request.ids().isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "Rejects are retried whole. Load chosen _ids from their source instead.");
        }
        // What is rejected from now on does not belong to it: a retry would meet its own rejects again.
        long last = ask(jooq -> jooq.select(DSL.coalesce(DSL.max(REJECT.ID), 0L))
                .from(REJECT)
                .where(of(collection))
                .fetchSingle()
                .value1());
        return List.of(new Partition(collection, 0, encode(last)));
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        return new Reader(partition.collection(), decode(partition.spec()), after);
    }

    private static byte[] encode(long number) {
        return BsonBytes.encode(new BsonDocument("reject", new BsonInt64(number)));
    }

    private static long decode(byte[] document) {
        try {
            return BsonBytes.decode(document).getInt64("reject").getValue();
        } catch (BSONException foreign) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The stored position was made by another source than the rejects. Start over with --force.",
                    foreign);
        }
    }

    @Override
    public void close() {
        // The data source is the caller's.
    }

    private Condition of(String collection) {
        return RejectSelection.of(pipeline, filter).and(REJECT.COLLECTION.eq(collection));
    }

    private <T> T ask(Function<DSLContext, T> question) {
        try {
            return question.apply(Bookkeeping.on(target));
        } catch (DataAccessException e) {
            throw UnforeseenFailure.translate(e, "when reading rejects");
        }
    }

    private final class Reader implements DocumentReader {

        private final String collection;
        private final long end;
        private final Deque<RejectPage.Row> page = new ArrayDeque<>();
        private byte @Nullable [] position;
        private long last;

        private Reader(String collection, long end, byte @Nullable [] after) {
            this.collection = collection;
            this.end = end;
            this.position = after;
            this.last = after == null ? 0 : decode(after);
        }

        @Override
        public byte @Nullable [] read() {
            if (page.isEmpty()) {
                page.addAll(ask(jooq -> RejectPage.read(
                        jooq, of(collection).and(REJECT.ID.le(end)), last, RejectPage.DOCUMENTS, RejectPage.BYTES)));
            }
            RejectPage.Row reject = page.poll();
            if (reject == null) {
                return null;
            }
            last = reject.number();
            position = encode(last);
            return reject.document();
        }

        @Override
        public byte @Nullable [] position() {
            return position == null ? null : position.clone();
        }

        @Override
        public void close() {
            page.clear();
        }
    }
}
