package io.docrows.benchmarks.data;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Documents of the marketplace in memory, as raw BSON. */
public final class RawDocuments {

    private RawDocuments() {}

    /**
     * The first users.
     *
     * @param number how many
     * @return a document each
     */
    public static List<byte[]> users(int number) {
        Marketplace marketplace = new Marketplace(3 * number);
        return IntStream.range(0, number)
                .mapToObj(i -> DocumentEncoder.user(marketplace.user(i, false)))
                .toList();
    }

    /**
     * The first gigs.
     *
     * @param number how many
     * @return a document each
     */
    public static List<byte[]> gigs(int number) {
        Marketplace marketplace = new Marketplace(3 * number);
        return IntStream.range(0, number)
                .mapToObj(i -> DocumentEncoder.gig(marketplace.gig(i, false)))
                .toList();
    }

    /**
     * The same documents with fields that no mapping knows: two after the {@code _id}, a sub-document and an array at
     * the end; 150 bytes or so.
     *
     * @param documents raw BSON
     * @return as many documents
     */
    public static List<byte[]> withUnmappedFields(List<byte[]> documents) {
        return documents.stream().map(RawDocuments::withUnmappedFields).toList();
    }

    private static byte[] withUnmappedFields(byte[] document) {
        BsonDocument wider = new BsonDocument();
        for (Map.Entry<String, BsonValue> field : new RawBsonDocument(document).entrySet()) {
            wider.append(field.getKey(), field.getValue());
            if (field.getKey().equals("_id")) {
                wider.append("__v", new BsonInt32(3)).append("locale", new BsonString("pt_PT"));
            }
        }
        wider.append(
                "settings",
                new BsonDocument("newsletter", BsonBoolean.TRUE)
                        .append("theme", new BsonString("dark"))
                        .append("seen", new BsonDateTime(1_500_000_000_000L)));
        wider.append("tags", new BsonArray(List.of(new BsonString("early"), new BsonString("invited"))));
        BasicOutputBuffer buffer = new BasicOutputBuffer(1024);
        try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, wider, EncoderContext.builder().build());
        }
        return buffer.toByteArray();
    }
}
