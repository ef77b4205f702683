package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.REJECT;

import io.docrows.error.RejectCode;
import io.docrows.internal.db.tables.records.RejectRecord;
import io.docrows.internal.postgres.StoredText;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The table {@code docrows.reject}: the documents of a pipeline that are not in the target, and why. A document stands
 * there once, until it is loaded. Takes part in the caller's transaction.
 */
public final class RejectStore {

    private static final List<TableField<RejectRecord, ?>> WRITTEN = List.of(
            REJECT.PIPELINE,
            REJECT.COLLECTION,
            REJECT.DOCUMENT_KEY,
            REJECT.CODE,
            REJECT.PATH,
            REJECT.BSON_TYPE,
            REJECT.COLUMN_NAME,
            REJECT.SQLSTATE,
            REJECT.DETAIL,
            REJECT.DOCUMENT,
            REJECT.RUN_ID,
            REJECT.LAST_RUN_ID);

    private final String pipeline;
    private final String collection;
    private final long run;

    /**
     * A store for one collection.
     *
     * @param pipeline the pipeline's name
     * @param collection the collection's name
     * @param run the run's number
     */
    public RejectStore(String pipeline, String collection, long run) {
        this.pipeline = pipeline;
        this.collection = collection;
        this.run = run;
    }

    /**
     * Whether any document of the collection is rejected at present.
     *
     * @param connection the connection to use
     * @return true if there are rejects
     */
    public boolean any(Connection connection) {
        return Bookkeeping.on(connection)
                .fetchExists(REJECT, REJECT.PIPELINE.eq(pipeline), REJECT.COLLECTION.eq(collection));
    }

    /**
     * Why documents of the collection were rejected that this run has met.
     *
     * @param connection the connection to use
     * @return how many for each reason
     */
    public Map<RejectCode, Long> codes(Connection connection) {
        Map<RejectCode, Long> codes = new EnumMap<>(RejectCode.class);
        Bookkeeping.on(connection)
                .select(REJECT.CODE, DSL.count())
                .from(REJECT)
                .where(REJECT.PIPELINE.eq(pipeline), REJECT.COLLECTION.eq(collection), REJECT.LAST_RUN_ID.eq(run))
                .groupBy(REJECT.CODE)
                .forEach(row -> codes.put(RejectCode.valueOf(row.value1()), (long) row.value2()));
        return codes;
    }

    /**
     * Keeps rejected documents, byte for byte. One that was rejected before is brought up to date.
     *
     * @param connection the connection of the batch's transaction
     * @param rejects the documents
     */
    public void add(Connection connection, List<RejectedDocument<?>> rejects) {
        // Keyed, because a batch may hold the same _id twice; as in the target, the last one stays.
        Map<String, RejectedDocument<?>> byKey = new LinkedHashMap<>();
        rejects.forEach(reject -> byKey.put(DocumentId.ofDocument(reject.bson()), reject));
        if (byKey.isEmpty()) {
            return;
        }
        DSLContext jooq = Bookkeeping.on(connection);
        // One statement with values bound to it: a batch of statements would spell every document out in its text.
        BatchBindStep batch = jooq.batch(jooq.insertInto(REJECT)
                .columns(WRITTEN)
                .values(Collections.nCopies(WRITTEN.size(), null))
                .onConflict(REJECT.PIPELINE, REJECT.COLLECTION, REJECT.DOCUMENT_KEY)
                .doUpdate()
                .set(REJECT.CODE, DSL.excluded(REJECT.CODE))
                .set(REJECT.PATH, DSL.excluded(REJECT.PATH))
                .set(REJECT.BSON_TYPE, DSL.excluded(REJECT.BSON_TYPE))
                .set(REJECT.COLUMN_NAME, DSL.excluded(REJECT.COLUMN_NAME))
                .set(REJECT.SQLSTATE, DSL.excluded(REJECT.SQLSTATE))
                .set(REJECT.DETAIL, DSL.excluded(REJECT.DETAIL))
                .set(REJECT.DOCUMENT, DSL.excluded(REJECT.DOCUMENT))
                .set(REJECT.LAST_RUN_ID, DSL.excluded(REJECT.LAST_RUN_ID)));
        Object[][] rows = byKey.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .map(row -> WRITTEN.stream().map(row::get).toArray())
                .toArray(Object[][]::new);
        batch.bind(rows).execute();
    }

    /**
     * Forgets the rejects of documents that were loaded. Those that are rejected again keep their row, and with it
     * their number and the run that rejected them first.
     *
     * @param connection the connection of the batch's transaction
     * @param decoded raw documents of the batch
     * @param rejects those among them that were rejected after all
     * @throws SQLException if PostgreSQL cannot be asked
     */
    public void clear(Connection connection, Collection<byte[]> decoded, List<RejectedDocument<?>> rejects)
            throws SQLException {
        Set<String> loaded = decoded.stream().map(DocumentId::ofDocument).collect(Collectors.toSet());
        rejects.forEach(reject -> loaded.remove(DocumentId.ofDocument(reject.bson())));
        Bookkeeping.on(connection)
                .deleteFrom(REJECT)
                .where(isOneOf(storedKeys(connection, loaded.stream())))
                .execute();
    }

    /**
     * What is kept of a rejected document.
     *
     * @param bson the document, as it was when it was rejected last
     * @param code the reason
     * @param ofThisRun whether this run has counted it
     */
    public record Kept(byte[] bson, RejectCode code, boolean ofThisRun) {}

    /**
     * Those of some documents that are rejected at present, in whatever version.
     *
     * @param connection the connection to use
     * @param documents raw documents
     * @return what is kept, by the documents' keys
     * @throws SQLException if PostgreSQL cannot be asked
     */
    public Map<String, Kept> kept(Connection connection, Collection<byte[]> documents) throws SQLException {
        String[] keys = storedKeys(connection, documents.stream().map(DocumentId::ofDocument));
        Map<String, Kept> kept = new HashMap<>();
        Bookkeeping.on(connection)
                .selectFrom(REJECT)
                .where(isOneOf(keys))
                .forEach(row -> kept.put(
                        row.getDocumentKey(),
                        new Kept(row.getDocument(), RejectCode.valueOf(row.getCode()), row.getLastRunId() == run)));
        return kept;
    }

    /** jOOQ does not convert what is within an array. */
    private static String[] storedKeys(Connection connection, Stream<String> keys) throws SQLException {
        StoredText text = StoredText.of(connection);
        return keys.map(text::stored).toArray(String[]::new);
    }

    /**
     * Looks each document up by itself. By {@code = ANY} PostgreSQL would compare every reject with each of thousands
     * of keys, which takes most of the time of a load with rejects. OFFSET keeps the look-up apart.
     */
    private Condition isOneOf(String[] keys) {
        Field<String> key = DSL.field(DSL.name("wanted", "key"), String.class);
        Table<?> found = DSL.lateral(DSL.select(REJECT.ID)
                        .from(REJECT)
                        .where(REJECT.PIPELINE.eq(pipeline))
                        .and(REJECT.COLLECTION.eq(collection))
                        .and(REJECT.DOCUMENT_KEY.eq(key))
                        .offset(DSL.inline(0)))
                .as("found", "id");
        return REJECT.ID.in(DSL.select(DSL.field(DSL.name("found", "id"), Long.class))
                .from(DSL.unnest(keys).as("wanted", "key"))
                .crossJoin(found));
    }

    /**
     * A document that was rejected because of other documents: what it refers to was missing, or a value was taken.
     *
     * @param number the reject's number
     * @param bson the document
     * @param code the reason
     * @param ofThisRun whether this run has counted it already
     */
    public record Waiting(long number, byte[] bson, RejectCode code, boolean ofThisRun) {}

    /**
     * Reads some of the documents that wait for others.
     *
     * @param connection the connection of a transaction
     * @param after the number of a reject; only those behind it are read
     * @param referencesOfThisRun whether to read also those that this run has rejected for a missing reference
     * @param documents read at most so many
     * @param bytes at most so many bytes of documents, unless the first has more
     * @return the documents, by number; none when there are no more
     */
    public List<Waiting> waiting(
            Connection connection, long after, boolean referencesOfThisRun, int documents, long bytes) {
        Condition missing = REJECT.CODE.eq(RejectCode.MISSING_REFERENCE.name());
        Condition which = REJECT.PIPELINE
                .eq(pipeline)
                .and(REJECT.COLLECTION.eq(collection))
                .and(REJECT.CODE
                        .in(RejectCode.DUPLICATE_VALUE.name(), RejectCode.DUPLICATE_KEY.name())
                        .or(referencesOfThisRun ? missing : missing.and(REJECT.LAST_RUN_ID.ne(run))));
        return RejectPage.read(Bookkeeping.on(connection), which, after, documents, bytes).stream()
                .map(row ->
                        new Waiting(row.number(), row.document(), RejectCode.valueOf(row.code()), row.lastRun() == run))
                .toList();
    }

    private RejectRecord row(String key, RejectedDocument<?> reject) {
        RejectRecord row = new RejectRecord();
        row.setPipeline(pipeline);
        row.setCollection(collection);
        row.setDocumentKey(key);
        row.setCode(reject.code().name());
        row.setPath(reject.path());
        row.setBsonType(reject.bsonType());
        row.setColumnName(reject.column());
        row.setSqlstate(reject.sqlState());
        row.setDetail(reject.detail());
        row.setDocument(reject.bson());
        row.setRunId(run);
        row.setLastRunId(run);
        return row;
    }
}
