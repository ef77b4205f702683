package io.docrows.benchmarks.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.docrows.benchmarks.replay.Wire.Command;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;

/** What is answered to a command: the bytes of a whole message. Thread-safe. */
final class Replies {

    /** The server's limit of a reply's documents (MongoDB manual, "Cursor Batches"). */
    private static final long LONGEST = 16 << 20;

    /** Documents of a first reply where the command does not say (the same). */
    private static final int DEFAULT_FIRST = 101;

    private final String database;
    private final Map<String, PreparedCollection> collections;
    private final boolean compressed;
    private final Map<Long, Cursor> cursors = new ConcurrentHashMap<>();
    private final Map<Stretch, byte[]> deflated;

    /** What a cursor has left. */
    private record Cursor(String name, int from, int to) {}

    /** What a reply holds; replies that hold the same are compressed once. */
    record Stretch(String name, String field, int from, int to) {}

    /** A command that is not replayed. */
    private static final class UnknownCommandException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Replies.
     *
     * @param compressed whether documents are sent compressed by zlib
     * @param deflated keeps what was compressed
     */
    Replies(
            String database,
            Map<String, PreparedCollection> collections,
            boolean compressed,
            Map<Stretch, byte[]> deflated) {
        this.database = database;
        this.collections = collections;
        this.compressed = compressed;
        this.deflated = deflated;
    }

    ByteBuffer[] to(Command command) {
        BsonDocument body = command.body();
        try {
            return switch (command.name()) {
                case "find" -> find(command, body);
                case "getMore" -> more(command, body);
                default -> new ByteBuffer[] {Wire.reply(command, answer(command.name(), body))};
            };
        } catch (UnknownCommandException unknown) {
            BsonDocument error = new BsonDocument("ok", new BsonDouble(0))
                    .append("errmsg", new BsonString("this is not replayed: " + body.toJson()))
                    .append("code", new BsonInt32(59))
                    .append("codeName", new BsonString("CommandNotFound"));
            return new ByteBuffer[] {Wire.reply(command, error)};
        }
    }

    private BsonDocument answer(String name, BsonDocument body) {
        return switch (name) {
            case "hello", "isMaster", "ismaster" -> hello(body);
            case "ping", "endSessions" -> ok();
            case "killCursors" -> {
                body.getArray("cursors")
                        .forEach(id -> cursors.remove(id.asNumber().longValue()));
                yield ok();
            }
            case "listCollections" -> cursor("$cmd.listCollections", listed());
            case "count" ->
                ok().append(
                                "n",
                                new BsonInt32(collection(body.getString("count").getValue())
                                        .size()));
            case "aggregate" -> cursor(body.getString("aggregate").getValue(), sample(body));
            // As a server answers that has an index on _id.
            case "explain" ->
                ok().append(
                                "queryPlanner",
                                new BsonDocument("winningPlan", new BsonDocument("stage", new BsonString("IXSCAN"))));
            default -> throw new UnknownCommandException();
        };
    }

    private static BsonDocument ok() {
        return new BsonDocument("ok", new BsonDouble(1));
    }

    /** A server of its own (specification "Server Discovery and Monitoring", "hello"). */
    private BsonDocument hello(BsonDocument asked) {
        BsonDocument hello = ok().append("helloOk", BsonBoolean.TRUE)
                .append("ismaster", BsonBoolean.TRUE)
                .append("isWritablePrimary", BsonBoolean.TRUE)
                .append("maxBsonObjectSize", new BsonInt32(16 << 20))
                .append("maxMessageSizeBytes", new BsonInt32(48_000_000))
                .append("maxWriteBatchSize", new BsonInt32(100_000))
                .append("minWireVersion", new BsonInt32(0))
                // MongoDB 7.0 (specification "Wire Version").
                .append("maxWireVersion", new BsonInt32(21));
        // Only what was offered (specification "OP_COMPRESSED"): connections that monitor offer nothing.
        return compressed && asked.containsKey("compression")
                ? hello.append("compression", new BsonArray(List.of(new BsonString("zlib"))))
                : hello;
    }

    private BsonArray listed() {
        BsonArray listed = new BsonArray();
        collections.keySet().stream()
                .sorted()
                .forEach(name -> listed.add(
                        new BsonDocument("name", new BsonString(name)).append("type", new BsonString("collection"))));
        return listed;
    }

    private BsonDocument cursor(String name, BsonArray documents) {
        return ok().append(
                        "cursor",
                        new BsonDocument("firstBatch", documents)
                                .append("id", new BsonInt64(0))
                                .append("ns", new BsonString(database + "." + name)));
    }

    private PreparedCollection collection(String name) {
        PreparedCollection collection = collections.get(name);
        if (collection == null) {
            throw new UnknownCommandException();
        }
        return collection;
    }

    /** {@code _id}s at even distances: the sample by which partitions are cut. */
    private BsonArray sample(BsonDocument command) {
        BsonValue stage = command.getArray("pipeline").get(0).asDocument().get("$sample");
        if (stage == null) {
            throw new UnknownCommandException();
        }
        PreparedCollection collection =
                collection(command.getString("aggregate").getValue());
        int size = stage.asDocument().getNumber("size").intValue();
        BsonArray sample = new BsonArray();
        for (int i = 0; i < size; i++) {
            int number = (int) ((long) i * collection.size() / size);
            sample.add(new BsonDocument("_id", new BsonObjectId(collection.id(number))));
        }
        return sample;
    }

    private ByteBuffer[] find(Command command, BsonDocument body) {
        String name = body.getString("find").getValue();
        PreparedCollection collection = collection(name);
        BsonDocument filter = body.getDocument("filter", new BsonDocument());
        BsonValue condition = filter.get("_id", new BsonDocument());
        if (filter.size() > (filter.containsKey("_id") ? 1 : 0) || body.containsKey("projection")) {
            throw new UnknownCommandException();
        }
        Cursor all = stretch(name, collection, condition.asDocument());
        return batch(command, "firstBatch", all, body);
    }

    /** The conditions by which the source reads partitions, for a collection whose {@code _id}s are ObjectIds. */
    private static Cursor stretch(String name, PreparedCollection collection, BsonDocument condition) {
        int from = 0;
        int to = collection.size();
        for (Map.Entry<String, BsonValue> each : condition.entrySet()) {
            BsonValue operand = each.getValue();
            switch (each.getKey()) {
                case "$gt" -> from = collection.upTo(operand.asObjectId().getValue());
                case "$lte" -> to = collection.upTo(operand.asObjectId().getValue());
                // Both are asked with NaN only, which is no ObjectId.
                case "$ne" -> {}
                case "$eq" -> to = 0;
                case "$type" -> to = operand.asArray().contains(new BsonString("objectId")) ? to : 0;
                default -> throw new UnknownCommandException();
            }
        }
        return new Cursor(name, Math.min(from, to), to);
    }

    private ByteBuffer[] more(Command command, BsonDocument body) {
        Cursor left = cursors.remove(body.getNumber("getMore").longValue());
        if (left == null) {
            throw new UnknownCommandException();
        }
        return batch(command, "nextBatch", left, body);
    }

    private ByteBuffer[] batch(Command command, String field, Cursor left, BsonDocument asked) {
        PreparedCollection collection = collection(left.name());
        int most = asked.getNumber("batchSize", new BsonInt32(field.equals("firstBatch") ? DEFAULT_FIRST : 0))
                .intValue();
        int limit = Math.abs(asked.getNumber("limit", new BsonInt32(0)).intValue());
        most = most == 0 ? Integer.MAX_VALUE - left.from() : most;
        most = limit == 0 ? most : Math.min(most, limit);
        int end = collection.end(left.from(), Math.min(left.to(), left.from() + most), LONGEST);
        long id = 0;
        if (end < left.to() && limit == 0) {
            // The same for the same stretch, so that it can be kept compressed: who reads twice at a time has two
            // servers.
            id = ((long) left.name().hashCode() << 32 | end) & Long.MAX_VALUE;
            cursors.put(id, new Cursor(left.name(), end, left.to()));
        }
        if (!compressed) {
            return message(command, field, id, left.name(), collection, left.from(), end);
        }
        long cursor = id;
        byte[] body = deflated.computeIfAbsent(
                new Stretch(left.name(), field, left.from(), end),
                stretch -> Wire.deflated(message(command, field, cursor, left.name(), collection, left.from(), end)));
        return new ByteBuffer[] {Wire.compressedReply(command, body)};
    }

    /** A document {@code {cursor: {firstBatch: […], id, ns}, ok: 1}} around elements as they lie ready. */
    private ByteBuffer[] message(
            Command command, String field, long id, String name, PreparedCollection collection, int from, int to) {
        byte[] ns = (database + "." + name).getBytes(US_ASCII);
        byte[] batch = field.getBytes(US_ASCII);
        byte[] cursor = "cursor".getBytes(US_ASCII);
        long array = 4 + collection.length(from, to) + 1;
        long inner = 4 + (2 + batch.length) + array + (4 + 8) + (4 + 4 + ns.length + 1) + 1;
        long outer = 4 + (2 + cursor.length) + inner + (4 + 8) + 1;
        ByteBuffer head = Wire.head(command, outer, 100);
        head.putInt((int) outer).put((byte) 3).put(cursor).put((byte) 0);
        head.putInt((int) inner).put((byte) 4).put(batch).put((byte) 0);
        head.putInt((int) array);
        ByteBuffer tail = Wire.buffer(100 + ns.length);
        tail.put((byte) 0);
        tail.put((byte) 0x12).put((byte) 'i').put((byte) 'd').put((byte) 0).putLong(id);
        tail.put((byte) 2).put((byte) 'n').put((byte) 's').put((byte) 0);
        tail.putInt(ns.length + 1).put(ns).put((byte) 0);
        tail.put((byte) 0);
        tail.put((byte) 1).put((byte) 'o').put((byte) 'k').put((byte) 0).putDouble(1);
        tail.put((byte) 0);
        List<ByteBuffer> message = new ArrayList<>();
        message.add(head.flip());
        message.addAll(collection.pieces(from, to));
        message.add(tail.flip());
        return message.toArray(ByteBuffer[]::new);
    }
}
