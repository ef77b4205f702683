package io.docrows.benchmarks.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonObjectId;
import org.bson.types.ObjectId;

/**
 * The documents of a collection in the order of their {@code _id}s, laid out as elements of a BSON array: any stretch
 * of them can be sent as it lies there. The {@code _id}s must be ObjectIds. Immutable, outside the heap.
 *
 * <p>An element's key is its place in a thousand, not in its reply. Keys are as long as a server's, and drivers pass
 * over them.
 */
final class PreparedCollection {

    private static final int CHUNK = 64 << 20;
    private static final int KEYS = 1_000;

    private final ObjectId[] ids;
    private final List<ByteBuffer> chunks;

    /** Where each document begins, and behind the last one where it ends: the chunk, and the place in it. */
    private final int[] chunk;

    private final int[] place;

    /** Bytes of all elements before each, and at the end of all. */
    private final long[] before;

    private record Document(ObjectId id, byte[] bytes) {}

    private PreparedCollection(List<Document> documents) {
        int count = documents.size();
        ids = new ObjectId[count];
        chunks = new ArrayList<>();
        chunk = new int[count + 1];
        place = new int[count + 1];
        before = new long[count + 1];
        ByteBuffer open = ByteBuffer.allocateDirect(CHUNK);
        for (int i = 0; i < count; i++) {
            byte[] key = Integer.toString(i % KEYS).getBytes(US_ASCII);
            byte[] bytes = documents.get(i).bytes();
            if (open.remaining() < 2 + key.length + bytes.length) {
                chunks.add(open.flip());
                open = ByteBuffer.allocateDirect(CHUNK);
            }
            ids[i] = documents.get(i).id();
            chunk[i] = chunks.size();
            place[i] = open.position();
            open.put((byte) 3).put(key).put((byte) 0).put(bytes);
            before[i + 1] = before[i] + 2 + key.length + bytes.length;
        }
        chunk[count] = chunks.size();
        place[count] = open.position();
        chunks.add(open.flip());
    }

    /** Reads all documents of a collection. */
    static PreparedCollection of(DocumentSource source, String collection) {
        List<Document> documents = new ArrayList<>();
        for (Partition partition : source.partitions(collection, ReadRequest.everything())) {
            try (DocumentReader reader = source.open(partition, null)) {
                for (byte[] document = reader.read(); document != null; document = reader.read()) {
                    if (BsonBytes.id(document) instanceof BsonObjectId id) {
                        documents.add(new Document(id.getValue(), document));
                    } else {
                        throw new IllegalArgumentException("only documents whose _id is an ObjectId are replayed; \""
                                + collection + "\" has others");
                    }
                }
            }
        }
        documents.sort((one, other) -> one.id().compareTo(other.id()));
        return new PreparedCollection(documents);
    }

    int size() {
        return ids.length;
    }

    ObjectId id(int number) {
        return ids[number];
    }

    /** How many documents have an {@code _id} up to this one. */
    int upTo(ObjectId id) {
        int found = Arrays.binarySearch(ids, id);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** The end of the longest stretch that takes no more than some bytes, but is not empty unless there is none. */
    int end(int from, int most, long bytes) {
        int found = Arrays.binarySearch(before, from, most + 1, before[from] + bytes);
        return Math.max(Math.min(most, from + 1), found < 0 ? -found - 2 : found);
    }

    /** Bytes of a stretch of elements. */
    long length(int from, int to) {
        return before[to] - before[from];
    }

    /** A stretch of elements; to be sent by one thread. */
    List<ByteBuffer> pieces(int from, int to) {
        List<ByteBuffer> pieces = new ArrayList<>(2);
        for (int number = chunk[from]; number <= chunk[to]; number++) {
            ByteBuffer whole = chunks.get(number);
            int begin = number == chunk[from] ? place[from] : 0;
            int end = number == chunk[to] ? place[to] : whole.limit();
            pieces.add(whole.slice(begin, end - begin).order(ByteOrder.LITTLE_ENDIAN));
        }
        return pieces;
    }
}
