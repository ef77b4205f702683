package io.docrows.benchmarks.replay;

import io.docrows.benchmarks.replay.Wire.Command;
import io.docrows.source.dump.DumpSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Offers the documents of a dump as a MongoDB does, as fast as memory can be sent. Each reply is sent a round trip's
 * time after its command came, on every connection for itself.
 */
public final class ReplayServer implements AutoCloseable {

    private static final String DATABASE = "replayed";
    private static final int PACKET = 16 << 10;

    private final ServerSocketChannel listener;
    private final Replies replies;
    private final Link link;
    private long free;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    /**
     * How far away it is. Immutable.
     *
     * @param latency how long a round trip takes
     * @param megabits how many megabits a second all replies together have; 0 for as many as there are
     * @param compressed whether documents are compressed, by zlib
     */
    public record Link(Duration latency, int megabits, boolean compressed) {

        /** As near as can be. */
        public static final Link NONE = new Link(Duration.ZERO, 0, false);
    }

    /** Documents that lie ready to be sent; any number of servers may share them. Thread-safe. */
    public static final class Documents {

        private final Map<String, PreparedCollection> collections;
        private final Map<Replies.Stretch, byte[]> deflated = new ConcurrentHashMap<>();

        private Documents(Map<String, PreparedCollection> collections) {
            this.collections = Map.copyOf(collections);
        }

        /**
         * Reads a dump into memory.
         *
         * @param dump a mongodump directory; the {@code _id}s in it must be ObjectIds
         * @return its documents
         */
        public static Documents of(Path dump) {
            Map<String, PreparedCollection> collections = new HashMap<>();
            try (DumpSource source = DumpSource.open(dump)) {
                for (String collection : source.collections()) {
                    collections.put(collection, PreparedCollection.of(source, collection));
                }
            }
            return new Documents(collections);
        }
    }

    private ReplayServer(ServerSocketChannel listener, Replies replies, Link link) {
        this.listener = listener;
        this.replies = replies;
        this.link = link;
    }

    /**
     * Starts a server on a free port of this machine's own address.
     *
     * @param documents what it offers
     * @param link how far away it is
     * @return the server
     * @throws IOException if there is no port
     */
    public static ReplayServer start(Documents documents, Link link) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ReplayServer server = new ReplayServer(
                listener, new Replies(DATABASE, documents.collections, link.compressed(), documents.deflated), link);
        start("replay-accept", server::accept);
        return server;
    }

    /** Where it is: a connection string with a database. */
    public String uri() {
        try {
            return "mongodb://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort() + "/" + DATABASE
                    + (link.compressed() ? "?compressors=zlib" : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel connection = listener.accept();
                connections.add(connection);
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                start("replay", () -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            for (Command command = Wire.read(connection); command != null; command = Wire.read(connection)) {
                long due = System.nanoTime() + link.latency().toNanos();
                ByteBuffer[] reply = replies.to(command);
                await(due);
                send(connection, reply);
            }
        } catch (IOException cut) {
            // The other side has gone.
        } finally {
            connections.remove(connection);
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void send(SocketChannel connection, ByteBuffer[] reply) throws IOException {
        ByteBuffer last = reply[reply.length - 1];
        if (link.megabits() == 0) {
            while (last.hasRemaining()) {
                connection.write(reply);
            }
            return;
        }
        for (ByteBuffer part : reply) {
            while (part.hasRemaining()) {
                int size = Math.min(part.remaining(), PACKET);
                await(reserve(size));
                ByteBuffer packet = part.slice(part.position(), size);
                while (packet.hasRemaining()) {
                    connection.write(packet);
                }
                part.position(part.position() + size);
            }
        }
    }

    /** When the link has sent so many bytes behind all that was to be sent before. */
    private synchronized long reserve(int bytes) {
        long now = System.nanoTime();
        long begins = free - now > 0 ? free : now;
        free = begins + bytes * 8_000L / link.megabits();
        return free;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
