package io.docrows.source;

import io.docrows.source.internal.BsonBytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * Documents whose {@code _id}s have every BSON type that an embedded server can store and compare. It compares neither
 * integers beyond 2^53 with infinities, nor UUIDs with other binary data, as MongoDB does.
 */
public final class MixedDocuments {

    private MixedDocuments() {}

    /** The {@code _id}s, in MongoDB's order but for NaN, which is first. */
    public static List<BsonValue> ids() {
        List<BsonValue> ids = new ArrayList<>(List.of(new BsonDouble(Double.NaN), new BsonMinKey(), BsonNull.VALUE));
        ids.add(new BsonDouble(Double.NEGATIVE_INFINITY));
        ids.add(new BsonInt64(-9_007_199_254_740_991L));
        ids.add(new BsonInt32(-5));
        ids.add(new BsonDouble(-0.5));
        ids.add(new BsonInt32(0));
        ids.add(new BsonInt32(1));
        ids.add(new BsonInt64(7));
        ids.add(new BsonDouble(7.5));
        ids.add(new BsonDecimal128(Decimal128.parse("8.25")));
        ids.add(new BsonInt64(9_007_199_254_740_991L));
        ids.add(new BsonDouble(Double.POSITIVE_INFINITY));
        ids.add(new BsonString(""));
        ids.add(new BsonString("1"));
        ids.add(new BsonString("a"));
        ids.add(new BsonString("b"));
        ids.add(new BsonString("é"));
        ids.add(new BsonDocument());
        ids.add(new BsonDocument("x", new BsonInt32(1)));
        ids.add(new BsonDocument("x", new BsonInt32(2)));
        ids.add(new BsonBinary(new UUID(1, 2)));
        ids.add(new BsonBinary(new UUID(3, 2)));
        for (int i = 0; i < 6; i++) {
            ids.add(new BsonObjectId(new ObjectId(1_700_000_000 + i, i)));
        }
        ids.add(BsonBoolean.FALSE);
        ids.add(BsonBoolean.TRUE);
        ids.add(new BsonDateTime(-62_135_596_800_001L));
        ids.add(new BsonDateTime(5));
        ids.add(new BsonTimestamp(5, 1));
        ids.add(new BsonTimestamp(5, 2));
        ids.add(new BsonMaxKey());
        return ids;
    }

    /** A document of varying size. */
    public static byte[] document(BsonValue id, int number) {
        return BsonBytes.encode(new BsonDocument("_id", id)
                .append("n", new BsonInt32(number))
                .append("text", new BsonString("x".repeat(number % 17))));
    }

    /** A document for each of the {@link #ids()}, shuffled. */
    public static List<byte[]> shuffled() {
        List<byte[]> documents = new ArrayList<>();
        List<BsonValue> ids = ids();
        for (int i = 0; i < ids.size(); i++) {
            documents.add(document(ids.get(i), i));
        }
        Collections.shuffle(documents, new Random(4));
        return documents;
    }
}
