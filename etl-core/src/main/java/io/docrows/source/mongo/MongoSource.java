package io.docrows.source.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.ChangeReader;
import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.CollectionKind;
import io.docrows.source.internal.MissingCollection;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The collections of one MongoDB database, as raw BSON. Collections named {@code system.*}, views and time series are
 * not offered: documents of the latter two may share an {@code _id}, so that reading could not be taken up again.
 *
 * <p>Documents are read by {@code find}, sorted by {@code _id} on its index, 1,000 a reply, or about 1 MiB where that
 * is more and there are many. How large they are is told by the first ones that the server finds. Read preference and
 * read concern are those of the connection string or client. The next reply is asked for while the documents of the one
 * before are used, up to 2 MiB ahead of them, by a thread that each reader has. A collection of more than some 64 MiB
 * is cut into the partitions asked for, at {@code _id}s found by {@code $sample}; together the partitions are the whole
 * {@code _id} space, with {@code _id}s of every BSON type, whether or not the sample held it. Documents that are
 * inserted behind a reader, or moved by deleting and inserting, are seen or not as with any cursor.
 *
 * <p>Once changes are followed, documents are read as a majority of the members has them, and by members that have
 * heard of all that happened before the first change that is told: neither a member that lags nor a write that is
 * rolled back leaves anything behind.
 *
 * <p>A reader that loses its cursor or connection goes on behind the last document, with replies of half the size, up
 * to 8 attempts or about 30 seconds without progress. Nothing is used that MongoDB Atlas forbids: no {@code skip},
 * {@code splitVector}, {@code collStats}, {@code min} or {@code max}.
 *
 * <p>Thread-safe.
 */
public final class MongoSource implements ChangeSource {

    private static final int SELECTION_SECONDS = 10;
    private static final String APPLICATION = "docrows";

    /** Bytes of documents that one reader has read before a second is worth its queries and its connection. */
    private static final long SPLIT_BY_INDEX_ABOVE = 8 << 20;

    /** The same where the server compares every document with the stretch that a reader asks for, or may do so. */
    private static final long SPLIT_ABOVE = 64 << 20;

    /** Of fewer documents, replies of the usual size are few. */
    private static final long MEASURED_ABOVE = 1_000;

    private final MongoClient client;
    private final boolean owned;
    private final MongoPlace place;
    private final Supplier<Backoff> backoffs;
    private final long splitAbove;
    private volatile @Nullable Boolean rareTypes;

    /** Since when changes are told; what is loaded beside must hold all that happened before. */
    private volatile @Nullable BsonTimestamp followedFrom;

    private MongoSource(
            MongoClient client, boolean owned, MongoPlace place, Supplier<Backoff> backoffs, long splitAbove) {
        this.client = client;
        this.owned = owned;
        this.place = place;
        this.backoffs = backoffs;
        this.splitAbove = splitAbove;
    }

    /**
     * Connects, and checks that the server answers and takes the credentials.
     *
     * <p>The server is waited for 10 seconds unless the connection string has {@code serverSelectionTimeoutMS}, and is
     * told the application name "docrows" unless it has {@code appName}.
     *
     * @param uri a connection string with a database, as in {@code mongodb://user:password@host:27017/database}
     * @return the source; the caller closes it
     * @throws DocrowsException {@code INVALID_OPTION} if the connection string is not valid or names no database,
     *     {@code SOURCE_UNAVAILABLE} if the server cannot be reached or refuses the credentials
     */
    public static MongoSource connect(String uri) {
        ConnectionString parsed = MongoUri.parse(uri);
        MongoPlace place = MongoPlace.of(parsed, MongoUri.database(parsed));
        MongoClientSettings.Builder settings = MongoClientSettings.builder().applyConnectionString(parsed);
        if (parsed.getServerSelectionTimeout() == null) {
            settings.applyToClusterSettings(
                    cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS));
        }
        if (parsed.getApplicationName() == null) {
            settings.applicationName(APPLICATION);
        }
        MongoClient client;
        try {
            client = MongoClients.create(settings.build());
        } catch (MongoConfigurationException failure) {
            throw MongoFailure.connecting(failure, place, null);
        } catch (IllegalArgumentException contradiction) {
            throw MongoUri.invalid();
        }
        try {
            client.getDatabase(place.database()).runCommand(new BsonDocument("ping", new BsonInt32(1)));
            return new MongoSource(client, true, place, MongoSource::backoff, SPLIT_ABOVE);
        } catch (MongoException failure) {
            DocrowsException told = MongoFailure.connecting(failure, place, client.getClusterDescription());
            client.close();
            throw told;
        }
    }

    /**
     * Reads through a client that exists already.
     *
     * @param client the client; closing the source leaves it open
     * @param database the database's name
     * @return the source
     */
    public static MongoSource of(MongoClient client, String database) {
        return of(client, database, MongoSource::backoff, SPLIT_ABOVE);
    }

    /** The same, with another way to wait between attempts, and another size in bytes from which to split. */
    static MongoSource of(MongoClient client, String database, Supplier<Backoff> backoffs, long splitAbove) {
        MongoPlace place = MongoPlace.of(client.getClusterDescription().getClusterSettings(), database);
        return new MongoSource(client, false, place, backoffs, splitAbove);
    }

    private static Backoff backoff() {
        return new Backoff(Thread::sleep, System::nanoTime, new SplittableRandom());
    }

    @Override
    public String description() {
        return place.description();
    }

    @Override
    public Set<String> collections() {
        return offered(listed());
    }

    private static Set<String> offered(SortedMap<String, CollectionKind> listed) {
        Set<String> names = new TreeSet<>();
        listed.forEach((name, kind) -> {
            if (kind == CollectionKind.COLLECTION && !name.startsWith("system.")) {
                names.add(name);
            }
        });
        return Collections.unmodifiableSet(names);
    }

    private SortedMap<String, CollectionKind> listed() {
        SortedMap<String, CollectionKind> listed = new TreeMap<>();
        try {
            for (RawBsonDocument one : database().listCollections(RawBsonDocument.class)) {
                if (one.get("name") instanceof BsonString name) {
                    String type = one.get("type") instanceof BsonString text ? text.getValue() : "";
                    listed.put(name.getValue(), CollectionKind.of(type));
                }
            }
            return listed;
        } catch (MongoException failure) {
            throw unavailable(failure);
        }
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        try {
            return OptionalLong.of(collection(collection).estimatedDocumentCount());
        } catch (MongoException failure) {
            return OptionalLong.empty();
        }
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        SortedMap<String, CollectionKind> listed = listed();
        CollectionKind kind = listed.getOrDefault(collection, CollectionKind.COLLECTION);
        if (kind != CollectionKind.COLLECTION) {
            throw kind.error(collection, description());
        }
        Set<String> present = offered(listed);
        if (!present.contains(collection)) {
            throw MissingCollection.error(collection, description(), present);
        }
        List<IdInterval> intervals = List.of(IdInterval.EVERYTHING);
        int reply = MongoPartition.REPLY_DOCUMENTS;
        if (!request.ids().isEmpty()) {
            request.ids().forEach(MongoSource::checkId);
        } else if (request.changedSince().isEmpty()) {
            long count = estimatedCount(collection).orElse(0);
            if (count > MEASURED_ABOVE) {
                AverageSize size = AverageSize.of(collection(collection));
                reply = size.reply();
                if (request.partitions() > 1 && isSplit(collection, count * size.bytes())) {
                    intervals = PartitionBounds.cut(collection(collection), count, request.partitions());
                }
            }
        }
        List<Partition> partitions = new ArrayList<>();
        for (IdInterval interval : intervals) {
            byte[] spec = new MongoPartition(
                            interval,
                            request.ids(),
                            request.fields(),
                            request.changedSince().orElse(null),
                            reply)
                    .encode();
            partitions.add(new Partition(collection, partitions.size(), spec));
        }
        return partitions;
    }

    private boolean isSplit(String collection, long bytes) {
        return bytes > splitAbove || (bytes > SPLIT_BY_INDEX_ABOVE && RangePlan.usesIndex(collection(collection)));
    }

    /** In {@code $in}, a regular expression is a pattern for texts. */
    private static void checkId(BsonValue id) {
        if (id.getBsonType() == BsonType.REGULAR_EXPRESSION || id.getBsonType() == BsonType.ARRAY) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "An _id cannot be a regular expression or an array. Give the _ids themselves, one by one.");
        }
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        String name = partition.collection();
        MongoPartition rest = MongoPartition.decode(partition).behind(after, name);
        BsonTimestamp notBefore = followedFrom;
        if (notBefore != null) {
            return reader(majority(name, rest, notBefore), rest, after, name);
        }
        MongoCollection<RawBsonDocument> collection = collection(name);
        return reader(
                new CursorReplies(collection, null, place, rest, backoffs.get(), () -> knowsRareTypes(collection)),
                rest,
                after,
                name);
    }

    @Override
    public ChangeReader changes(Set<String> collections, byte @Nullable [] after) {
        SortedMap<String, CollectionKind> listed = listed();
        for (String name : collections) {
            CollectionKind kind = listed.getOrDefault(name, CollectionKind.COLLECTION);
            if (kind != CollectionKind.COLLECTION) {
                // A stream on the database would be silent about it.
                throw kind.error(name, description());
            }
        }
        MongoChangeReader reader =
                MongoChangeReader.open(database(), isSharded(), collections, place, backoffs.get(), after);
        BsonTimestamp begins = reader.begins();
        if (begins != null) {
            followedFrom = begins;
        }
        return reader;
    }

    private boolean isSharded() {
        return switch (client.getClusterDescription().getType()) {
            case SHARDED, LOAD_BALANCED -> true;
            default -> false;
        };
    }

    @Override
    public BsonTimestamp time() {
        Backoff backoff = backoffs.get();
        while (true) {
            try {
                return new MongoClock(database()).read().time();
            } catch (MongoException failure) {
                // The driver does not try a command again by itself.
                if (!MongoFailure.isTransient(failure) || !goesOn(backoff)) {
                    throw unavailable(failure);
                }
            }
        }
    }

    private static boolean goesOn(Backoff backoff) {
        try {
            return backoff.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads what a majority of the members has, in sessions that are causally after the change, so that no member
     * answers that has not heard of it. One query asks for as many documents as one reply brings: a server may compare
     * each of them with all {@code _id}s that a query names.
     */
    @Override
    public DocumentReader read(String collection, List<BsonValue> ids, BsonTimestamp notBefore) {
        List<Supplier<Replies>> queries = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MongoPartition.REPLY_DOCUMENTS) {
            List<BsonValue> some = ids.subList(from, Math.min(ids.size(), from + MongoPartition.REPLY_DOCUMENTS));
            MongoPartition wanted = MongoPartition.of(some);
            queries.add(() -> majority(collection, wanted, notBefore));
        }
        String name = ForeignText.name(collection);
        return new MongoReader(new RepliesAhead(new RepliesInTurn(queries.iterator()), name), null, name);
    }

    private CursorReplies majority(String collection, MongoPartition wanted, BsonTimestamp notBefore) {
        MongoCollection<RawBsonDocument> documents = collection(collection).withReadConcern(ReadConcern.MAJORITY);
        return new CursorReplies(
                documents, sessionAfter(notBefore), place, wanted, backoffs.get(), () -> knowsRareTypes(documents));
    }

    /** Of some documents, one reply is all there is. */
    private static DocumentReader reader(
            CursorReplies replies, MongoPartition wanted, byte @Nullable [] after, String collection) {
        String name = ForeignText.name(collection);
        return new MongoReader(wanted.ids().isEmpty() ? new RepliesAhead(replies, name) : replies, after, name);
    }

    /** Null where there are no sessions; there is one member only, then. */
    private @Nullable ClientSession sessionAfter(BsonTimestamp moment) {
        if (client.getClusterDescription().getLogicalSessionTimeoutMinutes() == null) {
            return null;
        }
        ClientSession session = client.startSession(
                ClientSessionOptions.builder().causallyConsistent(true).build());
        session.advanceOperationTime(moment);
        return session;
    }

    /** Asks the server once whether it knows the deprecated BSON types by name; one that does not cannot hold any. */
    private boolean knowsRareTypes(MongoCollection<RawBsonDocument> collection) {
        Boolean known = rareTypes;
        if (known == null) {
            BsonArray aliases = new BsonArray();
            for (IdBracket bracket : IdBracket.values()) {
                bracket.rareAliases().forEach(alias -> aliases.add(new BsonString(alias)));
            }
            BsonDocument filter = new BsonDocument("_id", new BsonDocument("$type", aliases));
            try {
                collection.find(filter).limit(1).first();
                known = true;
            } catch (MongoException failure) {
                if (!MongoFailure.isUnknownType(failure)) {
                    throw failure;
                }
                known = false;
            }
            rareTypes = known;
        }
        return known;
    }

    private MongoDatabase database() {
        return client.getDatabase(place.database());
    }

    private MongoCollection<RawBsonDocument> collection(String name) {
        try {
            return database().getCollection(name, RawBsonDocument.class);
        } catch (IllegalArgumentException notAName) {
            throw MissingCollection.error(name, description(), collections());
        }
    }

    private DocrowsException unavailable(MongoException failure) {
        return MongoFailure.connecting(failure, place, client.getClusterDescription());
    }

    /** Closes the connections, unless the client was given. */
    @Override
    public void close() {
        if (owned) {
            client.close();
        }
    }
}
