package io.docrows.testing.cluster;

import io.docrows.testing.cluster.Wire.Command;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;

/** One process of a fake cluster: a port, and a thread for each connection. */
final class FakeMember implements AutoCloseable {

    private final FakeCluster cluster;
    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    FakeMember(FakeCluster cluster) throws IOException {
        this.cluster = cluster;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fake-member");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
            for (Command command = Wire.read(in); command != null; command = Wire.read(in)) {
                BsonDocument answer = cluster.answer(this, command.name(), command.body());
                if (answer == null) {
                    // Cut off instead of an answer.
                    return;
                }
                if (command.answered()) {
                    Wire.write(connection.getOutputStream(), command, answer);
                }
            }
        } catch (IOException cut) {
            // The other side has gone.
        } finally {
            connections.remove(connection);
        }
    }

    /** Cuts all connections, as a member does that steps down (specification "SDAM"); it can be reached again. */
    void cut() {
        connections.forEach(FakeMember::close);
    }

    /** The process ends. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
        cut();
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }
}
