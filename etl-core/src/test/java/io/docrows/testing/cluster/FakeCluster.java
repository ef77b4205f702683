package io.docrows.testing.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A replica set, a sharded cluster or a server of its own, with one database. What its applications write it tells in
 * change streams; elections, lost history and errors come when a test asks for them. Thread-safe.
 */
public final class FakeCluster implements AutoCloseable {

    /** Its only database. */
    public static final String DATABASE = "shop";

    private static final int EPOCH = 1_800_000_000;
    private static final long PATIENCE_MILLIS = 10;

    private enum Kind {
        REPLICA_SET,
        SHARDED,
        STANDALONE
    }

    private final Kind kind;
    private final List<FakeMember> members = new ArrayList<>();
    private final BsonTimestamp[] latest;
    private final Oplog oplog = new Oplog();
    private final Map<String, Map<String, BsonDocument>> collections = new TreeMap<>();
    private final Map<String, String> kinds = new TreeMap<>();
    private final Map<Long, Stream> streams = new HashMap<>();
    private final Map<Long, Found> found = new HashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<BsonDocument> commands = new ArrayList<>();
    private BsonTimestamp now = new BsonTimestamp(EPOCH, 1);
    private FakeMember primary;
    private int elections = 1;
    private long cursors = 1_000;
    private boolean startAfterKnown = true;
    private boolean splitKnown = true;
    private boolean diskUseKnown = true;

    /** MongoDB 7.0 (specification "Wire Version"). */
    private int wireVersion = 21;

    private boolean mayFollow = true;
    private int inTransaction = -1;
    private final List<HeldAnswer> held = new ArrayList<>();

    private FakeCluster(Kind kind, int processes, int shards) {
        this.kind = kind;
        this.latest = new BsonTimestamp[shards];
        Arrays.fill(latest, now);
        try {
            for (int i = 0; i < processes; i++) {
                members.add(new FakeMember(this));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        primary = members.get(0);
    }

    private record Fault(String command, AtomicInteger passed, int code, String name, List<String> labels) {}

    /** What a cursor of {@code find} has left. */
    private record Found(String name, List<BsonDocument> documents) {}

    /** An answer that is on its way until a test lets it arrive. */
    public static final class HeldAnswer {

        private final String command;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch arrival = new CountDownLatch(1);

        private HeldAnswer(String command) {
            this.command = command;
        }

        /** Waits until the command has come. */
        public void awaitAsked() throws InterruptedException {
            asked.await();
        }

        /** Lets the answer arrive. */
        public void arrive() {
            arrival.countDown();
        }
    }

    private static final class Stream {

        private final FakeMember member;
        private final BsonArray stages;
        private final boolean splits;
        private String after;
        private String mark;
        private boolean interrupted;
        private boolean ended;

        private Stream(FakeMember member, BsonArray stages, String after) {
            this.member = member;
            this.stages = stages;
            this.splits = stages.stream().anyMatch(stage -> stage.asDocument().containsKey(SPLIT));
            this.after = after;
            this.mark = after;
        }
    }

    private static final String SPLIT = "$changeStreamSplitLargeEvent";

    /** A replica set; the first member is the primary. */
    public static FakeCluster replicaSet(int members) {
        return new FakeCluster(Kind.REPLICA_SET, members, 1);
    }

    /** A sharded cluster, reached through one router. */
    public static FakeCluster sharded(int shards) {
        return new FakeCluster(Kind.SHARDED, 1, shards);
    }

    /** A server that is no member of anything. */
    public static FakeCluster standalone() {
        return new FakeCluster(Kind.STANDALONE, 1, 1);
    }

    /** Where it is. */
    public String uri() {
        return uri("");
    }

    /** Where it is, for a user. */
    public String uri(String credentials) {
        List<String> hosts = members.stream().map(FakeMember::address).toList();
        return "mongodb://" + credentials + String.join(",", hosts) + "/" + DATABASE
                + "?serverSelectionTimeoutMS=5000&heartbeatFrequencyMS=500"
                + (kind == Kind.REPLICA_SET ? "&replicaSet=rs" : "");
    }

    // What applications do.

    /** Stores a document in the place of the one with its {@code _id}. */
    public synchronized void put(String collection, BsonDocument document) {
        put(collection, document, 0);
    }

    /** The same, on one of the shards. */
    public synchronized void put(String collection, BsonDocument document, int shard) {
        BsonValue id = document.get("_id");
        BsonDocument before =
                collections.computeIfAbsent(collection, name -> new TreeMap<>()).put(String.valueOf(id), document);
        happen(shard, false, Oplog.change(before == null ? "insert" : "replace", DATABASE, collection, id));
    }

    /** Changes a document so much that telling it takes more than 16 MB. */
    public synchronized void changeMuch(String collection, BsonDocument document) {
        collections
                .computeIfAbsent(collection, name -> new TreeMap<>())
                .put(String.valueOf(document.get("_id")), document);
        happen(0, true, Oplog.change("update", DATABASE, collection, document.get("_id")));
    }

    /** Deletes a document. */
    public synchronized void delete(String collection, BsonValue id) {
        Map<String, BsonDocument> documents = collections.get(collection);
        if (documents != null && documents.remove(String.valueOf(id)) != null) {
            happen(0, false, Oplog.change("delete", DATABASE, collection, id));
        }
    }

    /**
     * Does several things in one transaction: their events have the same cluster time (manual, "Change Events",
     * clusterTime).
     */
    public synchronized void transaction(Runnable writes) {
        tick();
        inTransaction = 0;
        writes.run();
        inTransaction = -1;
        notifyAll();
    }

    /** Drops a collection. */
    public synchronized void drop(String collection) {
        collections.remove(collection);
        happen(0, false, Oplog.change("drop", DATABASE, collection, null));
    }

    /** Renames a collection (manual, "rename Event"). */
    public synchronized void rename(String collection, String to) {
        Map<String, BsonDocument> documents = collections.remove(collection);
        collections.put(to, documents == null ? new TreeMap<>() : documents);
        BsonDocument event = Oplog.change("rename", DATABASE, collection, null);
        happen(
                0,
                false,
                event.append(
                        "to", new BsonDocument("db", new BsonString(DATABASE)).append("coll", new BsonString(to))));
    }

    /** Drops the database: that is told, then the stream is invalidated (manual, "dropDatabase Event"). */
    public synchronized void dropDatabase() {
        collections.clear();
        happen(0, false, Oplog.change("dropDatabase", DATABASE, "", null));
        happen(0, false, Oplog.change("invalidate", DATABASE, "", null));
    }

    /** Makes a view or a time series; streams are silent about them. */
    public synchronized void define(String name, String type) {
        kinds.put(name, type);
    }

    /** Something happens on a shard that no stream tells, as the entries that every member writes from time to time. */
    public synchronized void noop(int shard) {
        tick();
        latest[shard] = now;
        notifyAll();
    }

    private void happen(int shard, boolean large, BsonDocument fields) {
        if (inTransaction < 0) {
            tick();
        }
        latest[shard] = now;
        oplog.add(now, inTransaction < 0 ? 0 : inTransaction++, shard, large, fields);
        notifyAll();
    }

    private void tick() {
        now = new BsonTimestamp(now.getTime(), now.getInc() + 1);
    }

    /** Lets time pass without anything being written. */
    public synchronized void pass(int seconds) {
        now = new BsonTimestamp(now.getTime() + seconds, 1);
        if (kind == Kind.REPLICA_SET) {
            Arrays.fill(latest, now);
        }
    }

    /** The time by the cluster's clock. */
    public synchronized BsonTimestamp now() {
        return now;
    }

    // What operators and accidents do.

    /** Makes another member the primary. Streams on the old one are interrupted. */
    public synchronized void elect(int member) {
        FakeMember before = primary;
        primary = members.get(member);
        elections++;
        streams.values().stream()
                .filter(stream -> stream.member == before)
                .forEach(stream -> stream.interrupted = true);
        notifyAll();
    }

    /** Ends a member's process. */
    public void stop(int member) {
        members.get(member).close();
    }

    /** Cuts all connections. */
    public void cut() {
        members.forEach(FakeMember::cut);
    }

    /** Loses all that happened until now from the oplog. */
    public synchronized void forget() {
        oplog.forget();
    }

    /** Lets the next command of a name fail. */
    public synchronized void fail(String command, int code, String name, String... labels) {
        failLater(command, 0, code, name, labels);
    }

    /** Lets a command of a name fail when so many of them have passed. */
    public synchronized void failLater(String command, int passed, int code, String name, String... labels) {
        faults.add(new Fault(command, new AtomicInteger(passed), code, name, List.of(labels)));
    }

    /** Keeps the answer to the next command of a name back. */
    public synchronized HeldAnswer hold(String command) {
        HeldAnswer answer = new HeldAnswer(command);
        held.add(answer);
        return answer;
    }

    /** Cuts the connection in place of the answer to the next command of a name. */
    public synchronized void cutInPlaceOf(String command) {
        faults.add(new Fault(command, new AtomicInteger(), 0, "", List.of()));
    }

    /** From now on it is a server without {@code startAfter}, as MongoDB was before 4.2. */
    public synchronized void withoutStartAfter() {
        startAfterKnown = false;
    }

    /** From now on it is of a version that cannot split events (before 6.0.9). */
    public synchronized void withoutSplitting() {
        splitKnown = false;
    }

    /** From now on it says that it speaks the protocol up to this version (specification "Wire Version"). */
    public synchronized void speaks(int newest) {
        wireVersion = newest;
    }

    /** From now on it is of a version whose {@code find} knows no {@code allowDiskUse} (before 4.4). */
    public synchronized void withoutDiskUse() {
        diskUseKnown = false;
    }

    /** Takes the right to follow from its users. */
    public synchronized void forbidFollowing() {
        mayFollow = false;
    }

    /** The commands of a name that came until now. */
    public synchronized List<BsonDocument> commands(String name) {
        return commands.stream()
                .filter(command -> command.getFirstKey().equals(name))
                .toList();
    }

    /** What the first stage of the latest stream said about where to begin. */
    public synchronized BsonDocument latestStream() {
        List<BsonDocument> opened = commands("aggregate");
        return opened.get(opened.size() - 1)
                .getArray("pipeline")
                .get(0)
                .asDocument()
                .getDocument("$changeStream");
    }

    // Answers.

    @Nullable BsonDocument answer(FakeMember member, String command, BsonDocument body) {
        BsonDocument answer = answerNow(member, command, body);
        Optional<HeldAnswer> late = takeHeld(command);
        if (late.isPresent()) {
            late.get().asked.countDown();
            try {
                late.get().arrival.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return answer;
    }

    private synchronized Optional<HeldAnswer> takeHeld(String command) {
        Optional<HeldAnswer> late =
                held.stream().filter(answer -> answer.command.equals(command)).findFirst();
        late.ifPresent(held::remove);
        return late;
    }

    private @Nullable BsonDocument answerNow(FakeMember member, String command, BsonDocument body) {
        synchronized (this) {
            try {
                return told(answerTo(member, command, body));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    /** Members tell their time with every answer (specification "Causal Consistency"). */
    private @Nullable BsonDocument told(@Nullable BsonDocument answer) {
        if (answer == null || kind == Kind.STANDALONE) {
            return answer;
        }
        BsonDocument signature =
                new BsonDocument("hash", new BsonBinary(new byte[20])).append("keyId", new BsonInt64(0));
        return answer.append("operationTime", now)
                .append("$clusterTime", new BsonDocument("clusterTime", now).append("signature", signature));
    }

    private @Nullable BsonDocument answerTo(FakeMember member, String command, BsonDocument body)
            throws InterruptedException {
        boolean greeting = command.equalsIgnoreCase("isMaster") || command.equals("hello");
        if (greeting) {
            return hello(member);
        }
        commands.add(body);
        for (Fault fault : faults) {
            if (fault.command().equals(command) && fault.passed().getAndDecrement() == 0) {
                faults.remove(fault);
                return fault.code() == 0 ? null : error(fault.code(), fault.name(), fault.labels());
            }
        }
        return switch (command) {
            case "ping", "endSessions", "killCursors" -> ok();
            case "saslStart" ->
                ok().append("conversationId", new BsonInt32(1))
                        .append("done", BsonBoolean.TRUE)
                        .append("payload", new BsonBinary(new byte[0]));
            case "listCollections" -> cursor(0, "$cmd.listCollections", "firstBatch", listed());
            case "count" ->
                ok().append(
                                "n",
                                new BsonInt32(documents(body.getString("count").getValue())
                                        .size()));
            case "find", "aggregate" -> {
                if (kind == Kind.REPLICA_SET && member != primary) {
                    // Manual, "Error Codes": NotPrimaryNoSecondaryOk.
                    yield error(13435, "NotPrimaryNoSecondaryOk", List.of());
                }
                yield command.equals("find") ? find(body) : open(member, body);
            }
            case "getMore" -> more(body);
            default -> error(59, "CommandNotFound", List.of());
        };
    }

    private static BsonDocument ok() {
        return new BsonDocument("ok", new BsonDouble(1));
    }

    private static BsonDocument error(int code, String name, List<String> labels) {
        BsonDocument error = new BsonDocument("ok", new BsonDouble(0))
                .append("errmsg", new BsonString("a message with a value in it: secret"))
                .append("code", new BsonInt32(code))
                .append("codeName", new BsonString(name));
        if (!labels.isEmpty()) {
            error.append(
                    "errorLabels",
                    new BsonArray(labels.stream().map(BsonString::new).toList()));
        }
        return error;
    }

    /** What a process says of itself (specification "Server Discovery and Monitoring", "hello"). */
    private BsonDocument hello(FakeMember member) {
        BsonDocument hello = ok().append("helloOk", BsonBoolean.TRUE)
                .append("maxBsonObjectSize", new BsonInt32(16 << 20))
                .append("maxMessageSizeBytes", new BsonInt32(48_000_000))
                .append("maxWriteBatchSize", new BsonInt32(100_000))
                .append("localTime", new BsonDateTime(now.getTime() * 1_000L))
                .append("minWireVersion", new BsonInt32(0))
                .append("maxWireVersion", new BsonInt32(wireVersion));
        boolean writable = kind != Kind.REPLICA_SET || member == primary;
        hello.append("ismaster", BsonBoolean.valueOf(writable))
                .append("isWritablePrimary", BsonBoolean.valueOf(writable));
        if (kind != Kind.STANDALONE) {
            hello.append("logicalSessionTimeoutMinutes", new BsonInt32(30));
        }
        if (kind == Kind.SHARDED) {
            hello.append("msg", new BsonString("isdbgrid"));
        }
        if (kind == Kind.REPLICA_SET) {
            hello.append("setName", new BsonString("rs"))
                    .append("setVersion", new BsonInt32(1))
                    .append("secondary", BsonBoolean.valueOf(!writable))
                    .append(
                            "hosts",
                            new BsonArray(members.stream()
                                    .map(each -> new BsonString(each.address()))
                                    .toList()))
                    .append("me", new BsonString(member.address()))
                    .append("primary", new BsonString(primary.address()));
            if (writable) {
                hello.append("electionId", new BsonObjectId(new ObjectId("%024x".formatted(elections))));
            }
        }
        return hello;
    }

    private static BsonDocument cursor(long id, String name, String batch, BsonArray documents) {
        return ok().append(
                        "cursor",
                        new BsonDocument("id", new BsonInt64(id))
                                .append("ns", new BsonString(DATABASE + "." + name))
                                .append(batch, documents));
    }

    private BsonArray listed() {
        BsonArray listed = new BsonArray();
        collections.keySet().forEach(name -> listed.add(listed(name, "collection")));
        kinds.forEach((name, type) -> listed.add(listed(name, type)));
        return listed;
    }

    private static BsonDocument listed(String name, String type) {
        return new BsonDocument("name", new BsonString(name)).append("type", new BsonString(type));
    }

    private List<BsonDocument> documents(String collection) {
        return List.copyOf(collections.getOrDefault(collection, Map.of()).values());
    }

    private BsonDocument find(BsonDocument command) {
        String name = command.getString("find").getValue();
        BsonDocument concern = command.getDocument("readConcern", new BsonDocument());
        if (concern.get("afterClusterTime") instanceof BsonTimestamp after && after.compareTo(now) > 0) {
            // MongoDB's source: afterClusterTime must not be greater than the current clusterTime.
            return error(72, "InvalidOptions", List.of());
        }
        if (command.containsKey("allowDiskUse") && !diskUseKnown) {
            // MongoDB 4.2's source, query_request.cpp: an unrecognized field.
            return error(9, "FailedToParse", List.of());
        }
        List<BsonDocument> matching = documents(name).stream()
                .filter(document -> Query.matches(document, command.getDocument("filter", new BsonDocument())))
                .sorted((one, other) -> Query.ORDER.compare(one.get("_id"), other.get("_id")))
                .limit(command.getNumber("limit", new BsonInt32(Integer.MAX_VALUE))
                        .intValue())
                .toList();
        return batch(name, "firstBatch", matching, command.containsKey("limit") ? matching.size() : batchSize(command));
    }

    private BsonDocument batch(String name, String field, List<BsonDocument> left, int size) {
        int end = Math.min(left.size(), size);
        long id = end == left.size() ? 0 : ++cursors;
        if (id != 0) {
            found.put(id, new Found(name, left.subList(end, left.size())));
        }
        return cursor(id, name, field, new BsonArray(left.subList(0, end)));
    }

    private BsonDocument open(FakeMember member, BsonDocument command) {
        BsonArray stages = command.getArray("pipeline");
        BsonDocument options = stages.isEmpty()
                ? new BsonDocument()
                : stages.get(0).asDocument().getDocument("$changeStream", new BsonDocument());
        boolean splits = stages.stream().anyMatch(stage -> stage.asDocument().containsKey(SPLIT));
        if (kind == Kind.STANDALONE) {
            // Specification "Change Streams", "Single Server Topologies"; the server's own words and code.
            return error(40573, "Location40573", List.of());
        }
        if (!mayFollow) {
            // Manual, "Change Streams", "Access Control".
            return error(13, "Unauthorized", List.of());
        }
        if (splits && !splitKnown) {
            return error(40324, "Location40324", List.of());
        }
        if (options.containsKey("startAfter") && !startAfterKnown) {
            return error(40415, "Location40415", List.of());
        }
        String after = Oplog.mark(now);
        if (options.get("startAtOperationTime") instanceof BsonTimestamp start) {
            // At or after that time (specification "Change Streams", "startAtOperationTime").
            after = Oplog.mark(start);
        }
        for (String option : List.of("startAfter", "resumeAfter")) {
            if (options.get(option) instanceof BsonDocument token) {
                String data = token.getString("_data", new BsonString("")).getValue();
                BsonDocument refusal = refusal(data, option, splits);
                if (refusal != null) {
                    return refusal;
                }
                after = Oplog.ofEvent(data);
            }
        }
        if (!oplog.remembers(after)) {
            return error(286, "ChangeStreamHistoryLost", List.of("NonResumableChangeStreamError"));
        }
        Stream stream = new Stream(member, stages, after);
        long id = ++cursors;
        streams.put(id, stream);
        // A router only establishes cursors (specification "Change Streams", prose test 14).
        return answer(id, stream, "firstBatch", kind == Kind.SHARDED ? 0 : batchSize(command.getDocument("cursor")));
    }

    private @Nullable BsonDocument refusal(String token, String option, boolean splits) {
        if (!Oplog.isToken(token)) {
            // MongoDB's source, resume_token.cpp.
            return error(40649, "Location40649", List.of());
        }
        if (Oplog.isFragment(token) && !splits) {
            // MongoDB's source: to resume from a split event, the pipeline must have the stage.
            return error(280, "ChangeStreamFatalError", List.of("NonResumableChangeStreamError"));
        }
        Oplog.Event event = oplog.at(token);
        boolean invalidate = event != null
                && event.fields().getString("operationType").getValue().equals("invalidate");
        // Manual, "invalidate Event": resumeAfter cannot go on behind one, startAfter can.
        return invalidate && option.equals("resumeAfter") ? error(260, "InvalidResumeToken", List.of()) : null;
    }

    private static int batchSize(BsonDocument options) {
        return options.containsKey("batchSize") ? options.getNumber("batchSize").intValue() : 101;
    }

    private BsonDocument more(BsonDocument command) throws InterruptedException {
        long id = command.getNumber("getMore").longValue();
        Found rest = found.remove(id);
        if (rest != null) {
            return batch(rest.name(), "nextBatch", rest.documents(), batchSize(command));
        }
        Stream stream = streams.get(id);
        if (stream == null) {
            return error(43, "CursorNotFound", List.of());
        }
        if (visible(stream).isEmpty() && !stream.interrupted) {
            TimeUnit.MILLISECONDS.timedWait(this, PATIENCE_MILLIS);
        }
        if (stream.interrupted) {
            streams.remove(id);
            // Labelled by servers since 4.4 (specification "Change Streams", "Resumable Error").
            return error(11602, "InterruptedDueToReplStateChange", List.of("ResumableChangeStreamError"));
        }
        return answer(id, stream, "nextBatch", batchSize(command));
    }

    /** Events that are told: of a shard only when all others are known to be further (specification, tests' README). */
    private List<Oplog.Event> visible(Stream stream) {
        List<Oplog.Event> visible = new ArrayList<>();
        for (Oplog.Event event : oplog.after(stream.after)) {
            for (int shard = 0; shard < latest.length; shard++) {
                if (shard != event.shard() && latest[shard].compareTo(event.time()) <= 0) {
                    return visible;
                }
            }
            visible.add(event);
        }
        return visible;
    }

    private BsonDocument answer(long id, Stream stream, String batch, int most) {
        BsonArray told = new BsonArray();
        for (Oplog.Event event : visible(stream)) {
            if (told.size() >= most || stream.ended) {
                break;
            }
            if (event.large() && !stream.splits) {
                if (!told.isEmpty()) {
                    break;
                }
                streams.remove(id);
                // Manual, "$changeStreamSplitLargeEvent".
                return error(10334, "BSONObjectTooLarge", List.of());
            }
            stream.after = event.token();
            stream.mark = event.large() ? Oplog.fragment(event.token(), 1) : event.token();
            BsonDocument passed = Query.run(stream.stages, event.fields());
            if (passed != null) {
                tell(event, passed, told);
                stream.ended |= passed.getString("operationType").getValue().equals("invalidate");
            }
        }
        String reached =
                Oplog.mark(Arrays.stream(latest).min(BsonTimestamp::compareTo).orElse(now));
        if (told.isEmpty() && most > 0 && reached.compareTo(stream.mark) > 0) {
            // Nothing up to there is kept back: the high-water mark moves on without an event.
            stream.mark = reached;
        }
        BsonDocument answer = cursor(stream.ended ? 0 : id, "$cmd.aggregate", batch, told);
        // Specification "Change Streams", "Response Format": since 4.0.7 with every answer.
        answer.getDocument("cursor").append("postBatchResumeToken", Oplog.document(stream.mark));
        return answer;
    }

    /** An event, or its fragments: fields that tell what it is about come with the first (manual). */
    private static void tell(Oplog.Event event, BsonDocument passed, BsonArray told) {
        if (!event.large()) {
            told.add(passed);
            return;
        }
        for (int number = 1; number <= 2; number++) {
            BsonDocument fragment = new BsonDocument("_id", Oplog.document(Oplog.fragment(event.token(), number - 1)));
            if (number == 1) {
                passed.forEach(fragment::putIfAbsent);
            }
            told.add(fragment.append(
                    "splitEvent", new BsonDocument("fragment", new BsonInt32(number)).append("of", new BsonInt32(2))));
        }
    }

    @Override
    public void close() {
        members.forEach(FakeMember::close);
    }
}
