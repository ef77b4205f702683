package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.REJECT;

import io.docrows.run.RejectFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record13;
import org.jooq.Record3;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** What the table {@code docrows.reject} is asked by whoever looks at rejects or does something about them. */
public final class RejectQueries {

    /** The table's name without the schema. */
    public static final String TABLE = REJECT.getName();

    private final DSLContext jooq;
    private final String pipeline;
    private final Condition which;

    /**
     * Queries on some rejects of a pipeline.
     *
     * @param jooq queries on the target
     * @param pipeline the pipeline's name
     * @param filter which rejects
     */
    public RejectQueries(DSLContext jooq, String pipeline, RejectFilter filter) {
        this.jooq = jooq;
        this.pipeline = pipeline;
        this.which = RejectSelection.of(pipeline, filter);
    }

    /**
     * How many there are.
     *
     * @return the number
     */
    public long count() {
        return jooq.fetchCount(REJECT, which);
    }

    /**
     * How many there are of each collection, for each reason.
     *
     * @return collection, code and number, in that order
     */
    public ResultQuery<Record3<String, String, Integer>> counts() {
        return jooq.select(REJECT.COLLECTION, REJECT.CODE, DSL.count())
                .from(REJECT)
                .where(which)
                .groupBy(REJECT.COLLECTION, REJECT.CODE)
                .orderBy(REJECT.COLLECTION, REJECT.CODE);
    }

    /**
     * Lists them without their documents, by number.
     *
     * @param after the number of a reject; only those behind it are listed
     * @param most at most so many
     * @return number, collection, {@code _id}, code, path, BSON type, column, SQLSTATE, detail, length of the document,
     *     first run, last run, and when it was rejected
     */
    public ResultQuery<
                    Record13<
                            Long,
                            String,
                            String,
                            String,
                            String,
                            String,
                            String,
                            String,
                            String,
                            Integer,
                            Long,
                            Long,
                            Instant>>
            list(long after, int most) {
        return jooq.select(
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
                .where(which, REJECT.ID.gt(after))
                .orderBy(REJECT.ID)
                .limit(most);
    }

    /**
     * Reads a document back.
     *
     * @param number the reject's number
     * @return the document, byte for byte, or empty if the pipeline has no such reject
     */
    public Optional<byte[]> document(long number) {
        return jooq.select(REJECT.DOCUMENT)
                .from(REJECT)
                .where(REJECT.PIPELINE.eq(pipeline), REJECT.ID.eq(number))
                .fetchOptional(REJECT.DOCUMENT);
    }

    /**
     * The collections that they are of.
     *
     * @return names, in order
     */
    public List<String> collections() {
        return jooq.selectDistinct(REJECT.COLLECTION)
                .from(REJECT)
                .where(which)
                .orderBy(REJECT.COLLECTION)
                .fetch(REJECT.COLLECTION);
    }

    /**
     * Reads some documents of a collection, by number.
     *
     * @param collection the collection's name
     * @param after the number of a reject; only those behind it are read
     * @return a page; none when there are no more
     */
    public List<RejectPage.Row> page(String collection, long after) {
        return RejectPage.read(
                jooq, which.and(REJECT.COLLECTION.eq(collection)), after, RejectPage.DOCUMENTS, RejectPage.BYTES);
    }

    /**
     * Forgets them.
     *
     * @return how many there were
     */
    public long delete() {
        return jooq.deleteFrom(REJECT).where(which).execute();
    }
}
