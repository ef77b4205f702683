package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.REJECT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Some rejected documents, in the order of their numbers. A document may have 16 MiB, and there may be a million of
 * them: a page is bounded by its bytes and by its documents, but holds one document at least. PostgreSQL adds the
 * lengths up without reading the documents.
 */
public final class RejectPage {

    /** The most bytes of a page's documents, unless a single one has more. */
    public static final long BYTES = 16L << 20;

    /** The most documents of a page. */
    public static final int DOCUMENTS = 1_000;

    private static final Field<Long> ID = field(name("page", "id"), Long.class);
    private static final Field<byte[]> DOCUMENT = field(name("page", "document"), byte[].class);
    private static final Field<String> CODE = field(name("page", "code"), String.class);
    private static final Field<Long> LAST_RUN = field(name("page", "last_run_id"), Long.class);
    private static final Field<Long> LENGTH = field(name("page", "length"), Long.class);
    private static final Field<Long> SUM = field(name("page", "sum"), Long.class);

    private RejectPage() {}

    /**
     * A rejected document.
     *
     * @param number the reject's number
     * @param document the document, byte for byte
     * @param code the reason
     * @param lastRun the run that rejected it last
     */
    public record Row(long number, byte[] document, String code, long lastRun) {}

    /**
     * Reads a page.
     *
     * @param jooq queries on the target
     * @param which which rejects
     * @param after the number of a reject; only those behind it are read
     * @param documents at most so many
     * @param bytes at most so many bytes of documents, unless the first has more
     * @return the rejects, by number; none when there are no more
     */
    public static List<Row> read(DSLContext jooq, Condition which, long after, int documents, long bytes) {
        Field<Integer> length = DSL.octetLength(REJECT.DOCUMENT.coerce(String.class));
        return jooq.select(ID, DOCUMENT, CODE, LAST_RUN)
                .from(DSL.select(
                                REJECT.ID,
                                REJECT.DOCUMENT,
                                REJECT.CODE,
                                REJECT.LAST_RUN_ID,
                                length.as(LENGTH),
                                DSL.sum(length).over(DSL.orderBy(REJECT.ID)).as(SUM))
                        .from(REJECT)
                        .where(which, REJECT.ID.gt(after))
                        .orderBy(REJECT.ID)
                        .limit(documents)
                        .asTable("page"))
                .where(SUM.le(bytes).or(SUM.eq(LENGTH)))
                .orderBy(ID)
                .fetch(row -> new Row(row.value1(), row.value2(), row.value3(), row.value4()));
    }
}
