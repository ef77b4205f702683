package io.docrows.source.mongo;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.ChangedSince;
import io.docrows.source.Partition;
import io.docrows.source.internal.BsonBytes;
import io.docrows.text.ForeignText;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bson.BSONException;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What the specification of a collection's partition says. Immutable.
 *
 * @param interval the stretch of the {@code _id} space
 * @param ids the wanted {@code _id}s; empty for all
 * @param fields the wanted fields; empty for all
 * @param changed what was changed since then is enough; null for all
 * @param reply how many documents to ask for at a time
 */
record MongoPartition(
        IdInterval interval,
        List<BsonValue> ids,
        List<String> fields,
        @Nullable ChangedSince changed,
        int reply) {

    /** Documents a reply, where it is not known how large they are; the server also ends a reply at 16 MiB. */
    static final int REPLY_DOCUMENTS = 1_000;

    private static final String KIND = "mongo";
    private static final String AFTER = "after";
    private static final String UP_TO = "upTo";
    private static final String IDS = "ids";
    private static final String FIELDS = "fields";
    private static final String CHANGED = "changed";
    private static final String SINCE = "since";
    private static final String REPLY = "reply";
    private static final String LAST = "last";

    MongoPartition {
        ids = List.copyOf(ids);
        fields = List.copyOf(fields);
    }

    /** All of some documents. */
    static MongoPartition of(List<BsonValue> ids) {
        return new MongoPartition(IdInterval.EVERYTHING, ids, List.of(), null, REPLY_DOCUMENTS);
    }

    byte[] encode() {
        BsonDocument spec = new BsonDocument(KIND, new BsonString("_id"));
        BsonValue after = interval.after();
        if (after != null) {
            spec.append(AFTER, after);
        }
        BsonValue upTo = interval.upTo();
        if (upTo != null) {
            spec.append(UP_TO, upTo);
        }
        if (!ids.isEmpty()) {
            spec.append(IDS, new BsonArray(ids));
        }
        if (!fields.isEmpty()) {
            spec.append(FIELDS, strings(fields));
        }
        if (changed != null) {
            spec.append(CHANGED, strings(changed.path()));
            spec.append(SINCE, new BsonDateTime(changed.moment().toEpochMilli()));
        }
        if (reply != REPLY_DOCUMENTS) {
            spec.append(REPLY, new BsonInt32(reply));
        }
        return BsonBytes.encode(spec);
    }

    private static BsonArray strings(List<String> texts) {
        return new BsonArray(texts.stream().map(BsonString::new).toList());
    }

    private static List<String> strings(@Nullable BsonValue array) {
        return array instanceof BsonArray texts
                ? texts.stream().map(text -> text.asString().getValue()).toList()
                : List.of();
    }

    static MongoPartition decode(Partition partition) {
        BsonDocument spec = parse(partition.spec(), partition.collection());
        if (!spec.containsKey(KIND)) {
            throw foreign(partition.collection());
        }
        List<BsonValue> ids = spec.get(IDS) instanceof BsonArray array ? array.getValues() : List.of();
        @Nullable ChangedSince changed = spec.get(SINCE) instanceof BsonDateTime since
                ? new ChangedSince(strings(spec.get(CHANGED)), Instant.ofEpochMilli(since.getValue()))
                : null;
        int reply = spec.get(REPLY) instanceof BsonInt32 number ? number.getValue() : REPLY_DOCUMENTS;
        return new MongoPartition(
                new IdInterval(spec.get(AFTER), spec.get(UP_TO)), ids, strings(spec.get(FIELDS)), changed, reply);
    }

    /** A position is the last {@code _id}, its type kept. */
    static byte[] position(BsonValue last) {
        return BsonBytes.encode(new BsonDocument(LAST, last));
    }

    /** The same partition without what is before a position. */
    MongoPartition behind(byte @Nullable [] position, String collection) {
        if (position == null) {
            return this;
        }
        BsonValue last = parse(position, collection).get(LAST);
        if (last == null) {
            throw foreign(collection);
        }
        return behind(last);
    }

    /** The same partition without what is up to an {@code _id}. */
    MongoPartition behind(BsonValue last) {
        return new MongoPartition(interval.behind(last), ids, fields, changed, reply);
    }

    /**
     * What to ask for of each document; null for all of it. A name with a dot or a dollar sign would be taken for a
     * path or an operator, so documents with such come whole.
     */
    @Nullable BsonDocument projection() {
        if (fields.isEmpty() || fields.stream().anyMatch(MongoPartition::misread)) {
            return null;
        }
        BsonDocument projection = new BsonDocument("_id", new BsonInt32(1));
        fields.forEach(name -> projection.append(name, new BsonInt32(1)));
        return projection;
    }

    /** The filters to find the partition's documents with, one query each, in reading order. */
    List<BsonDocument> filters(BooleanSupplier rareTypes) {
        if (interval.equals(IdInterval.EVERYTHING)
                && !ids.isEmpty()
                && ids.stream().noneMatch(IdInterval::isNaN)) {
            // One query instead of two, which an index answers as it is.
            return List.of(withChanged(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids)))));
        }
        return interval.conditions(rareTypes).stream()
                .map(condition -> ids.isEmpty() ? condition : condition.append("$in", new BsonArray(ids)))
                .map(condition -> withChanged(new BsonDocument("_id", condition)))
                .toList();
    }

    /** A name that would be taken for a path or an operator cannot be asked for, so all documents come. */
    private BsonDocument withChanged(BsonDocument filter) {
        if (changed != null && changed.path().stream().noneMatch(MongoPartition::misread)) {
            filter.append(
                    String.join(".", changed.path()),
                    new BsonDocument("$gte", new BsonDateTime(changed.moment().toEpochMilli())));
        }
        return filter;
    }

    /** Whether an index on {@code _id} is the one to use: not where another one may lead to far fewer documents. */
    boolean readsAll() {
        return changed == null;
    }

    private static boolean misread(String name) {
        return name.contains(".") || name.startsWith("$");
    }

    private static BsonDocument parse(byte[] bytes, String collection) {
        try {
            return BsonBytes.decode(bytes);
        } catch (BSONException malformed) {
            throw foreign(collection);
        }
    }

    private static DocrowsException foreign(String collection) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The stored position of the collection \"" + ForeignText.name(collection)
                        + "\" comes from another kind of source than MongoDB. Use the source of the interrupted run"
                        + " again, or start over with --force.");
    }
}
