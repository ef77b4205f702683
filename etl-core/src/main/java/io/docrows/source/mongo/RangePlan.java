package io.docrows.source.mongo;

import com.mongodb.ExplainVerbosity;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.docrows.text.ForeignText;
import org.bson.BSONException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server finds the documents of a stretch of {@code _id}s: by an index, or by comparing every document with it,
 * which costs as much as reading all of them. Names of stages: MongoDB manual, "Explain Results"; a clustered
 * collection has {@code CLUSTERED_IXSCAN}.
 */
final class RangePlan {

    private static final Logger log = LoggerFactory.getLogger(RangePlan.class);

    private static final String INDEX = "IXSCAN";
    private static final String EVERYTHING = "COLLSCAN";

    private RangePlan() {}

    /**
     * Asks the server for its plan.
     *
     * @return false also where it does not say: not every server that speaks the protocol can
     */
    static boolean usesIndex(MongoCollection<RawBsonDocument> collection) {
        BsonDocument range =
                new BsonDocument("_id", new BsonDocument("$gt", new BsonObjectId(new ObjectId(new byte[12]))));
        try {
            return usesIndex(collection.find(range).explain(RawBsonDocument.class, ExplainVerbosity.QUERY_PLANNER));
        } catch (MongoException | BSONException refused) {
            log.debug(
                    "the plan for {} is not told ({})",
                    ForeignText.name(collection.getNamespace().getCollectionName()),
                    refused.getClass().getSimpleName());
            return false;
        }
    }

    /** Whether the plan that was chosen, on each shard, looks into an index. */
    static boolean usesIndex(BsonDocument explained) {
        return has(explained, INDEX) && !has(explained, EVERYTHING);
    }

    private static boolean has(BsonValue value, String kind) {
        if (value instanceof BsonDocument document) {
            return document.entrySet().stream().anyMatch(entry -> switch (entry.getKey()) {
                case "stage" ->
                    entry.getValue().isString()
                            && entry.getValue().asString().getValue().endsWith(kind);
                case "rejectedPlans" -> false;
                default -> has(entry.getValue(), kind);
            });
        }
        return value instanceof BsonArray array && array.stream().anyMatch(element -> has(element, kind));
    }
}
