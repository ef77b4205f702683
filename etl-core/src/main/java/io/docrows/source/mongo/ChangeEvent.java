package io.docrows.source.mongo;

import io.docrows.source.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are asked for, and of them only what tells whose they are: events stay small, however large documents.
 */
final class ChangeEvent {

    private static final BsonInt32 YES = new BsonInt32(1);

    private ChangeEvent() {}

    /**
     * The stages that follow {@code $changeStream} on a database.
     *
     * @param splitting whether events that are too large to be told are told in parts; only servers since 6.0.9 can
     */
    static List<BsonDocument> pipeline(Set<String> collections, boolean splitting) {
        BsonArray names = new BsonArray();
        collections.stream().sorted().forEach(name -> names.add(new BsonString(name)));
        BsonArray ends = new BsonArray(List.of(new BsonString("dropDatabase"), new BsonString("invalidate")));
        BsonArray wanted = new BsonArray(List.of(
                new BsonDocument("ns.coll", new BsonDocument("$in", names)),
                new BsonDocument("to.coll", new BsonDocument("$in", names)),
                new BsonDocument("operationType", new BsonDocument("$in", ends))));
        // The token is the _id: a stage that changed it would end the stream (MongoDB manual, "Modify Change Stream
        // Output").
        BsonDocument fields = new BsonDocument("_id", YES)
                .append("operationType", YES)
                .append("documentKey", YES)
                .append("ns", YES)
                .append("to", YES)
                .append("clusterTime", YES);
        List<BsonDocument> stages = new ArrayList<>(List.of(
                new BsonDocument("$match", new BsonDocument("$or", wanted)), new BsonDocument("$project", fields)));
        if (splitting) {
            // Must be the last (MongoDB manual, "$changeStreamSplitLargeEvent").
            stages.add(new BsonDocument("$changeStreamSplitLargeEvent", new BsonDocument()));
        }
        return stages;
    }

    /** What an operation did to a document, or null if it is no operation on a document. */
    static Change.@Nullable Kind kind(String operation) {
        return switch (operation) {
            case "insert", "update", "replace" -> Change.Kind.CHANGED;
            case "delete" -> Change.Kind.DELETED;
            default -> null;
        };
    }

    /** Whether an operation leaves documents in place, or takes away what is not known document by document. */
    static boolean endsHistory(String operation) {
        return switch (operation) {
            case "drop", "rename", "dropDatabase", "invalidate" -> true;
            default -> false;
        };
    }
}
