package io.docrows.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a server, and cuts a connection when so many bytes have passed. */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile long every = Long.MAX_VALUE;
    private volatile boolean refusing;
    private volatile boolean bothWays;
    private volatile int commitsToLose = Integer.MAX_VALUE;
    private final AtomicInteger commits = new AtomicInteger();

    /** A proxy before a port of this machine. */
    public CuttingProxy(int target) throws IOException {
        this.target = target;
        Thread acceptor = new Thread(this::accept, "proxy-accept");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How often it has cut. */
    public int cuts() {
        return cuts.get();
    }

    /** Cuts whenever so many bytes of answers have passed. */
    public void cutEvery(long bytes) {
        every = bytes;
        left.set(bytes);
    }

    /** Cuts whenever so many bytes have passed in either direction. */
    public void cutEveryBothWays(long bytes) {
        bothWays = true;
        cutEvery(bytes);
    }

    /** Keeps every so many a PostgreSQL's answer to a COMMIT back, and cuts the connection instead. */
    public void loseEveryCommit(int number) {
        commitsToLose = number;
    }

    /** Lets nothing pass any more. */
    public void refuse() {
        refusing = true;
        every = 0;
        left.set(0);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                // Or the system waits 40 ms for more to send with the end of each message.
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                pump(client, server, false);
                pump(server, client, true);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        Thread pump = new Thread(
                () -> {
                    byte[] buffer = new byte[1_000];
                    try (from;
                            to) {
                        InputStream in = from.getInputStream();
                        OutputStream out = to.getOutputStream();
                        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                            if ((answers || bothWays) && left.addAndGet(-count) < 0) {
                                left.set(every);
                                cuts.incrementAndGet();
                                return;
                            }
                            if (answers
                                    && isAnswerToCommit(buffer, count)
                                    && commits.incrementAndGet() % commitsToLose == 0) {
                                cuts.incrementAndGet();
                                return;
                            }
                            out.write(buffer, 0, count);
                        }
                    } catch (IOException cut) {
                        // Cutting is what it is for.
                    }
                },
                "proxy-pump");
        pump.setDaemon(true);
        pump.start();
    }

    /** Whether the message CommandComplete for COMMIT is in it (PostgreSQL manual, "Message Formats"). */
    private static boolean isAnswerToCommit(byte[] buffer, int count) {
        return new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("C\0\0\0\013COMMIT\0");
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
