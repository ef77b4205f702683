package io.docrows.inspect.testing;

import io.docrows.inspect.InspectOptions;
import io.docrows.inspect.Inspector;
import io.docrows.inspect.fact.Inspection;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are made when they are read, with maps and long arrays, so that nothing but the inspection takes
 * memory.
 */
public final class EndlessSource implements DocumentSource {

    private final int documents;

    public EndlessSource(int documents) {
        this.documents = documents;
    }

    /** Inspects as many documents as its argument says, in a JVM of its own. */
    public static void main(String[] args) {
        int documents = Integer.parseInt(args[0]);
        Inspection found = Inspector.of(new EndlessSource(documents))
                .inspect(InspectOptions.defaults().threads(2))
                .orElseThrow();
        boolean unique = found.collections().get(0).key("number").orElseThrow().unique();
        System.out.println(found.documents() + " documents, unique " + unique);
    }

    private static byte[] document(int number) {
        BsonArray readings = new BsonArray();
        for (int i = 0; i < number % 7; i++) {
            readings.add(new BsonDocument("at", new BsonInt32(i)).append("value", new BsonDouble(number + i / 8.0)));
        }
        return MemorySource.encode(new BsonDocument("_id", new BsonInt32(number))
                .append("number", new BsonInt64(1_000_000_000L + 7L * number))
                .append("text", new BsonString("text number " + number))
                .append(
                        "byUser",
                        new BsonDocument("user" + number, new BsonDocument("score", new BsonInt32(number % 9))))
                .append("readings", readings));
    }

    @Override
    public String description() {
        return "endless";
    }

    @Override
    public Set<String> collections() {
        return Set.of("things");
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return OptionalLong.of(documents);
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        return List.of(new Partition(collection, 0, new byte[0]), new Partition(collection, 1, new byte[0]));
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        return new DocumentReader() {
            private int next = partition.number();

            @Override
            public byte @Nullable [] read() {
                if (next >= documents) {
                    return null;
                }
                byte[] document = document(next);
                next += 2;
                return document;
            }

            @Override
            public byte @Nullable [] position() {
                return null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
