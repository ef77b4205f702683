package io.docrows.embedded;

import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB-compatible server in this JVM that keeps everything in memory, on a free port of the loopback interface.
 *
 * <p>It is good for the demo and for tests of what the two servers do alike; it is no proof of how MongoDB behaves.
 * Ranges and sorts by {@code _id} are full scans, and sessions, transactions and authentication are missing. Always set
 * a batch size when reading from it: it puts everything else into one reply, and replies over 48 MB fail.
 *
 * <p>Thread-safe.
 */
public final class MongoServer implements AutoCloseable {

    /** The wire version is MongoDB's own for 5.0; the library's constant of that name has the one of 4.2. */
    private static final MongoVersion RECENT = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    };

    private final de.bwaldvogel.mongo.MongoServer server;
    private final InetSocketAddress address;
    private final Backend backend;

    private MongoServer(de.bwaldvogel.mongo.MongoServer server, InetSocketAddress address, Backend backend) {
        this.server = server;
        this.address = address;
        this.backend = backend;
    }

    /** Starts an empty server. */
    public static MongoServer start() {
        return start(new Backend());
    }

    /**
     * Starts an empty server that introduces itself as MongoDB 5.0. Drivers of other languages refuse to talk to the
     * older one that the others claim to be.
     */
    public static MongoServer startForRecentDrivers() {
        Backend backend = new Backend();
        backend.version(RECENT);
        return start(backend);
    }

    /** Starts an empty server with change streams. It keeps all changes in memory: for small data only. */
    public static MongoServer startWithOplog() {
        Backend backend = new Backend();
        backend.enableOplog();
        return start(backend);
    }

    private static MongoServer start(Backend backend) {
        de.bwaldvogel.mongo.MongoServer server = new de.bwaldvogel.mongo.MongoServer(backend);
        server.bind("127.0.0.1", 0);
        return new MongoServer(server, server.getLocalAddress(), backend);
    }

    /** Forgets all changes until now, as a server does whose oplog is too small. */
    public void forgetChanges() {
        EmbeddedOplog oplog = backend.oplog;
        if (oplog != null) {
            oplog.forget();
        }
    }

    /** Returns the URI to give to a MongoDB driver; it names no database. */
    public String connectionString() {
        return "mongodb://127.0.0.1:" + port();
    }

    /** Returns the port the server listens on. */
    public int port() {
        return address.getPort();
    }

    /** Stops the server and forgets all documents. Closing twice is harmless. */
    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class Backend extends MemoryBackend {

        private final EmbeddedClock clock;
        private @Nullable EmbeddedOplog oplog;

        Backend() {
            this(new EmbeddedClock());
        }

        private Backend(EmbeddedClock clock) {
            super(clock);
            this.clock = clock;
        }

        @Override
        protected Oplog createOplog() {
            EmbeddedOplog made = new EmbeddedOplog(getCursorRegistry(), clock);
            oplog = made;
            return made;
        }
    }
}
