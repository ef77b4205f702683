package io.docrows.cluster;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.report.Drift;
import io.docrows.report.RowCounts;
import io.docrows.run.BatchTiming;
import io.docrows.source.internal.BsonBytes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a partition did, beside the counts, which the target keeps. Immutable.
 *
 * @param end how it ended
 * @param rejectsByCode documents that were rejected, by reason
 * @param drift how documents differed from what their mapping expects
 * @param rows rows that were written, by {@code schema.table}
 * @param timing how long its batches took, added up
 * @param error why it failed, or null if it did not
 * @param message what the error says, without values and secrets; null if there is none
 */
public record PartitionOutcome(
        End end,
        Map<RejectCode, Long> rejectsByCode,
        Drift drift,
        Map<String, RowCounts> rows,
        BatchTiming timing,
        @Nullable ErrorCode error,
        @Nullable String message) {

    /** How an attempt ended. */
    public enum End {
        /** The partition was read to its end. */
        COMPLETE,
        /** It was asked to leave off. */
        STOPPED,
        /** A later attempt has taken the partition over; this one commits nothing more. */
        SUPERSEDED,
        /** It failed. */
        FAILED
    }

    /** Copies the maps. */
    public PartitionOutcome {
        rejectsByCode = Map.copyOf(rejectsByCode);
        rows = Map.copyOf(rows);
    }

    /**
     * Returns the outcome of an attempt that failed before anything was read.
     *
     * @param failure why
     * @return the outcome
     */
    public static PartitionOutcome failed(DocrowsException failure) {
        return new PartitionOutcome(
                End.FAILED, Map.of(), Drift.NONE, Map.of(), BatchTiming.NONE, failure.code(), failure.getMessage());
    }

    /**
     * Returns why the attempt failed.
     *
     * @return the failure, as it was said there; empty if it did not fail
     */
    public Optional<DocrowsException> failure() {
        return error == null
                ? Optional.empty()
                : Optional.of(new DocrowsException(error, message == null ? "" : message));
    }

    /**
     * Returns this outcome as bytes: a BSON document with a number for each field and table, and no document's value.
     *
     * @return the bytes
     */
    public byte[] encode() {
        BsonDocument outcome = new BsonDocument("end", new BsonString(end.name()))
                .append("rejects", document(rejectsByCode, Enum::name, BsonInt64::new))
                .append("unmapped", document(drift.unmappedFields(), Function.identity(), BsonInt64::new))
                .append(
                        "types",
                        document(
                                drift.types(),
                                Function.identity(),
                                types -> document(types, Function.identity(), BsonInt64::new)))
                .append("newValues", document(drift.newValues(), Function.identity(), BsonInt64::new))
                .append("rows", document(rows, Function.identity(), PartitionOutcome::rows))
                .append(
                        "timing",
                        new BsonDocument("reading", nanos(timing.reading()))
                                .append("decoding", nanos(timing.decoding()))
                                .append("readerWaiting", nanos(timing.readerWaiting()))
                                .append("writerWaiting", nanos(timing.writerWaiting()))
                                .append("writing", nanos(timing.writing())));
        if (error != null) {
            outcome.append("error", new BsonString(error.name()));
        }
        if (message != null) {
            outcome.append("message", new BsonString(message));
        }
        return BsonBytes.encode(outcome);
    }

    /**
     * Returns the outcome that was encoded.
     *
     * @param bytes what {@link #encode} returned, in a process with the same version of this library
     * @return the outcome
     */
    public static PartitionOutcome decode(byte[] bytes) {
        BsonDocument outcome = BsonBytes.decode(bytes);
        Map<RejectCode, Long> rejects = new TreeMap<>();
        numbers(outcome.getDocument("rejects")).forEach((code, n) -> rejects.put(RejectCode.valueOf(code), n));
        BsonDocument times = outcome.getDocument("timing");
        return new PartitionOutcome(
                End.valueOf(outcome.getString("end").getValue()),
                rejects,
                new Drift(
                        numbers(outcome.getDocument("unmapped")),
                        map(outcome.getDocument("types"), types -> numbers(types.asDocument())),
                        numbers(outcome.getDocument("newValues"))),
                map(outcome.getDocument("rows"), counts -> rows(counts.asDocument())),
                new BatchTiming(
                        duration(times, "reading"),
                        duration(times, "decoding"),
                        duration(times, "readerWaiting"),
                        duration(times, "writerWaiting"),
                        duration(times, "writing")),
                outcome.containsKey("error")
                        ? ErrorCode.valueOf(outcome.getString("error").getValue())
                        : null,
                outcome.containsKey("message") ? outcome.getString("message").getValue() : null);
    }

    private static <K, V> BsonDocument document(
            Map<K, V> map, Function<? super K, String> name, Function<? super V, BsonValue> value) {
        BsonDocument document = new BsonDocument();
        map.forEach((key, each) -> document.append(name.apply(key), value.apply(each)));
        return document;
    }

    private static <V> Map<String, V> map(BsonDocument document, Function<BsonValue, V> value) {
        Map<String, V> map = new LinkedHashMap<>();
        document.forEach((name, each) -> map.put(name, value.apply(each)));
        return map;
    }

    private static Map<String, Long> numbers(BsonDocument document) {
        return map(document, number -> number.asInt64().getValue());
    }

    private static BsonDocument rows(RowCounts counts) {
        return new BsonDocument("inserted", new BsonInt64(counts.inserted()))
                .append("updated", new BsonInt64(counts.updated()))
                .append("deleted", new BsonInt64(counts.deleted()));
    }

    private static RowCounts rows(BsonDocument counts) {
        return new RowCounts(
                counts.getInt64("inserted").getValue(),
                counts.getInt64("updated").getValue(),
                counts.getInt64("deleted").getValue());
    }

    private static BsonInt64 nanos(Duration time) {
        return new BsonInt64(time.toNanos());
    }

    private static Duration duration(BsonDocument times, String name) {
        return Duration.ofNanos(times.getInt64(name).getValue());
    }
}
