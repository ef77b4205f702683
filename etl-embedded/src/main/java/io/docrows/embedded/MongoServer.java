package io.docrows.embedded;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

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

    private final de.bwaldvogel.mongo.MongoServer server;
    private final InetSocketAddress address;

    private MongoServer(de.bwaldvogel.mongo.MongoServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /** Starts an empty server. */
    public static MongoServer start() {
        de.bwaldvogel.mongo.MongoServer server = new de.bwaldvogel.mongo.MongoServer(new MemoryBackend());
        server.bind("127.0.0.1", 0);
        return new MongoServer(server, server.getLocalAddress());
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
}
