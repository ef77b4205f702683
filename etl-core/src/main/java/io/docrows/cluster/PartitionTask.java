package io.docrows.cluster;

import io.docrows.source.internal.BsonBytes;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * One partition to load for a run of another process. Where the partition is, and how far it was loaded, is asked of
 * the target, which knows it better than a task that may have been given out twice. Immutable.
 *
 * @param pipeline the pipeline's name
 * @param run the run's number
 * @param owner the run's fencing token: a process that takes the run over draws another one, and from then on no task
 *     with this one commits anything
 * @param collection the collection's name
 * @param partition the partition's number
 * @param copying whether the collection's tables were empty and their constraints dropped
 * @param since which documents count: those that were changed since then; null for all
 * @param watermark the field with the date of the last change, for collections whose mapping names none
 * @param batchDocuments the most documents of a batch
 * @param batchBytes the most bytes of a batch
 * @param limit how many documents may be read; empty for all
 * @param parents about how many documents this process is going to load of the collection, so that it can read that
 *     many keys of parents beforehand; 0 if it need not
 * @param keeping whether to keep the connection for the next task of this collection
 */
public record PartitionTask(
        String pipeline,
        long run,
        UUID owner,
        String collection,
        int partition,
        boolean copying,
        @Nullable Instant since,
        List<String> watermark,
        int batchDocuments,
        long batchBytes,
        OptionalLong limit,
        long parents,
        boolean keeping) {

    /** Copies the list. */
    public PartitionTask {
        watermark = List.copyOf(watermark);
    }

    /**
     * Returns the same task with a connection that is kept or not.
     *
     * @param keep whether to keep the connection for the next task of this collection
     * @return the task
     */
    public PartitionTask keeping(boolean keep) {
        return new PartitionTask(
                pipeline,
                run,
                owner,
                collection,
                partition,
                copying,
                since,
                watermark,
                batchDocuments,
                batchBytes,
                limit,
                parents,
                keep);
    }

    /**
     * Returns this task as bytes: a BSON document of less than a kilobyte, without secrets.
     *
     * @return the bytes
     */
    public byte[] encode() {
        BsonDocument task = new BsonDocument("pipeline", new BsonString(pipeline))
                .append("run", new BsonInt64(run))
                .append("owner", new BsonString(owner.toString()))
                .append("collection", new BsonString(collection))
                .append("partition", new BsonInt32(partition))
                .append("copying", BsonBoolean.valueOf(copying))
                .append(
                        "watermark",
                        new BsonArray(watermark.stream().map(BsonString::new).toList()))
                .append("batchDocuments", new BsonInt32(batchDocuments))
                .append("batchBytes", new BsonInt64(batchBytes))
                .append("parents", new BsonInt64(parents))
                .append("keeping", BsonBoolean.valueOf(keeping));
        if (since != null) {
            task.append("since", new BsonDateTime(since.toEpochMilli()));
        }
        limit.ifPresent(documents -> task.append("limit", new BsonInt64(documents)));
        return BsonBytes.encode(task);
    }

    /**
     * Returns the task that was encoded.
     *
     * @param bytes what {@link #encode} returned, in a process with the same version of this library
     * @return the task
     */
    public static PartitionTask decode(byte[] bytes) {
        BsonDocument task = BsonBytes.decode(bytes);
        return new PartitionTask(
                task.getString("pipeline").getValue(),
                task.getInt64("run").getValue(),
                UUID.fromString(task.getString("owner").getValue()),
                task.getString("collection").getValue(),
                task.getInt32("partition").getValue(),
                task.getBoolean("copying").getValue(),
                task.containsKey("since")
                        ? Instant.ofEpochMilli(task.getDateTime("since").getValue())
                        : null,
                task.getArray("watermark").stream()
                        .map(name -> name.asString().getValue())
                        .toList(),
                task.getInt32("batchDocuments").getValue(),
                task.getInt64("batchBytes").getValue(),
                task.containsKey("limit")
                        ? OptionalLong.of(task.getInt64("limit").getValue())
                        : OptionalLong.empty(),
                task.getInt64("parents").getValue(),
                task.getBoolean("keeping").getValue());
    }

    @Override
    public String toString() {
        return "run " + run + " " + collection + "[" + partition + "]";
    }
}
