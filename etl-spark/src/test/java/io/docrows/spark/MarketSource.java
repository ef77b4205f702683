package io.docrows.spark;

import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A source that makes its documents as they are read, so that each process has the same: users, and gigs of which some
 * posters come late, some never. Some documents cannot be loaded.
 *
 * @param users how many users
 * @param gigs how many gigs
 */
record MarketSource(int users, int gigs) implements DocumentSource, SourceFactory {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    @Override
    public DocumentSource open() {
        return this;
    }

    @Override
    public String description() {
        return "market";
    }

    @Override
    public Set<String> collections() {
        return Set.of("gigs", "users");
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return OptionalLong.of(size(collection));
    }

    private int size(String collection) {
        return collection.equals("users") ? users : gigs;
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        long size = size(collection);
        int number = request.ids().isEmpty() ? request.partitions() : 1;
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            BsonDocument spec = new BsonDocument("from", new BsonInt32((int) (size * i / number)))
                    .append("to", new BsonInt32((int) (size * (i + 1) / number)))
                    .append("ids", new BsonArray(request.ids()));
            partitions.add(new Partition(collection, i, bytes(spec)));
        }
        return partitions;
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        BsonDocument spec = new org.bson.RawBsonDocument(partition.spec());
        int to = spec.getInt32("to").getValue();
        List<org.bson.BsonValue> ids = spec.getArray("ids").getValues();
        int start = after == null
                ? spec.getInt32("from").getValue()
                : ByteBuffer.wrap(after).getInt();
        return new DocumentReader() {
            private int next = start;

            @Override
            public byte @Nullable [] read() {
                while (next < to) {
                    int number = next++;
                    if (ids.isEmpty() || ids.contains(new BsonInt32(number))) {
                        return bytes(document(partition.collection(), number));
                    }
                }
                return null;
            }

            @Override
            public byte @Nullable [] position() {
                return ByteBuffer.allocate(Integer.BYTES).putInt(next).array();
            }

            @Override
            public void close() {}
        };
    }

    private BsonDocument document(String collection, int i) {
        return collection.equals("users") ? user(i) : gig(i);
    }

    private static BsonDocument user(int i) {
        BsonDocument user = new BsonDocument("_id", new BsonInt32(i))
                .append("created", new BsonDateTime(1_600_000_000_000L + i))
                .append("updated", new BsonDateTime(1_700_000_000_000L + i))
                .append("email", new BsonString("user" + i + "@example.com"))
                .append(
                        "skills",
                        new BsonArray(List.of(new BsonString("skill " + i % 7), new BsonString("skill " + i % 11))));
        return i % 97 == 13 ? user : user.append("name", new BsonString("User " + i));
    }

    private BsonDocument gig(int i) {
        return new BsonDocument("_id", new BsonInt32(i))
                .append("created", new BsonDateTime(1_600_000_000_000L + i))
                .append("updated", new BsonDateTime(1_700_000_000_000L + i))
                .append("title", new BsonString("Gig " + i))
                .append("description", new BsonString("What has to be done, for the " + i + "th time"))
                .append("state", new BsonString(i % 89 == 3 ? "no state" : "cancelled"))
                .append("budget", new BsonInt32(i))
                .append("poster", new BsonInt32((int) (i * 7919L % (users + 3))));
    }

    private static byte[] bytes(BsonDocument document) {
        try (BasicOutputBuffer out = new BasicOutputBuffer(256);
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }

    @Override
    public void close() {}
}
