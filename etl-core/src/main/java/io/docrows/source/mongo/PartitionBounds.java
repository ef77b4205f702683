package io.docrows.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.docrows.source.internal.BsonBytes;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the {@code _id} space into stretches with about as many documents each, at {@code _id}s that the server samples.
 * The server sorts the sample, so a collection's collation is honoured, and types mix as they do in the collection.
 */
final class PartitionBounds {

    private static final Logger log = LoggerFactory.getLogger(PartitionBounds.class);

    /** Sampled {@code _id}s for each partition: parts are then within a third of each other, nearly always. */
    private static final int SAMPLES = 40;

    /** Up to 5 % of a collection, the server takes random documents instead of reading it all; this stays below. */
    private static final int SMALLEST_SHARE = 25;

    private PartitionBounds() {}

    /**
     * Cuts a collection.
     *
     * @param count about how many documents it has
     * @param parts how many stretches are welcome
     * @return at least one stretch; together they are everything
     */
    static List<IdInterval> cut(MongoCollection<RawBsonDocument> collection, long count, int parts) {
        List<BsonValue> sample = List.of();
        try {
            sample = sample(collection, (int) Math.min((long) parts * SAMPLES, count / SMALLEST_SHARE));
        } catch (MongoException refused) {
            log.debug(
                    "{} cannot be sampled ({}), so it is one partition",
                    ForeignText.name(collection.getNamespace().getCollectionName()),
                    refused.getClass().getSimpleName());
        }
        return intervals(sample, parts);
    }

    private static List<BsonValue> sample(MongoCollection<RawBsonDocument> collection, int size) {
        BsonDocument byId = new BsonDocument("_id", new BsonInt32(1));
        List<BsonValue> ids = new ArrayList<>();
        for (RawBsonDocument document : collection.aggregate(List.of(
                new BsonDocument("$sample", new BsonDocument("size", new BsonInt32(size))),
                new BsonDocument("$project", byId),
                new BsonDocument("$sort", byId)))) {
            // An _id of any depth may be sampled; a bound has to be one that can be decoded and sent back.
            ids.addAll(bound(document));
        }
        return ids;
    }

    private static List<BsonValue> bound(RawBsonDocument document) {
        try {
            BsonValue id = BsonBytes.id(BsonBytes.of(document));
            return id == null ? List.of() : List.of(id);
        } catch (BSONException malformed) {
            return List.of();
        }
    }

    /** The stretches between evenly spaced members of a sorted sample. */
    static List<IdInterval> intervals(List<BsonValue> sample, int parts) {
        List<IdInterval> intervals = new ArrayList<>();
        BsonValue after = null;
        for (int part = 1; part < parts && !sample.isEmpty(); part++) {
            BsonValue bound = sample.get((int) ((long) part * sample.size() / parts));
            if (isBound(bound) && !bound.equals(after)) {
                intervals.add(new IdInterval(after, bound));
                after = bound;
            }
        }
        intervals.add(new IdInterval(after, null));
        return intervals;
    }

    private static boolean isBound(@Nullable BsonValue id) {
        return id != null
                && !IdInterval.isNaN(id)
                && id.getBsonType() != BsonType.ARRAY
                && id.getBsonType() != BsonType.REGULAR_EXPRESSION;
    }
}
