package io.docrows.benchmarks.follow;

import com.mongodb.client.MongoCollection;
import io.docrows.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Writes at a rate, and looks how long some of the writes take until PostgreSQL shows them. */
final class LagProbe {

    /** One write in so many is looked for. */
    private static final int PROBED = 10;

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final MongoCollection<Document> orders;
    private final PostgresServer postgres;
    private final int documents;
    private final List<Double> lags = new ArrayList<>();
    private double rate;

    LagProbe(MongoCollection<Document> orders, PostgresServer postgres, int documents) {
        this.orders = orders;
        this.postgres = postgres;
        this.documents = documents;
    }

    private record Write(int id, String note, long at) {}

    void run(double writesPerSecond, int seconds) throws SQLException, InterruptedException {
        Queue<Write> sent = new ConcurrentLinkedQueue<>();
        long began = System.nanoTime();
        long end = began + TimeUnit.SECONDS.toNanos(seconds);
        Thread writer = new Thread(() -> write(writesPerSecond, began, end, sent), "writes");
        writer.start();
        look(sent, writer);
        writer.join();
    }

    private void write(double perSecond, long began, long end, Queue<Write> sent) {
        long number = 0;
        for (long now = began; now < end; now = System.nanoTime()) {
            long due = (long) ((now - began) / 1e9 * perSecond);
            for (; number < due; number++) {
                int id = (int) (number % documents);
                String note = "w" + number;
                orders.updateOne(new Document("_id", id), new Document("$set", new Document("note", note)));
                if (number % PROBED == 0) {
                    sent.add(new Write(id, note, System.nanoTime()));
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException stop) {
                return;
            }
        }
        rate = number / ((System.nanoTime() - began) / 1e9);
    }

    private void look(Queue<Write> sent, Thread writer) throws SQLException, InterruptedException {
        try (Connection connection = postgres.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT note FROM orders WHERE mongo_id = ?")) {
            Queue<Write> waiting = new ArrayDeque<>();
            while (writer.isAlive() || !sent.isEmpty() || !waiting.isEmpty()) {
                for (Write write = sent.poll(); write != null; write = sent.poll()) {
                    waiting.add(write);
                }
                for (Write first = waiting.peek(); first != null && isThere(query, first); first = waiting.peek()) {
                    lags.add((System.nanoTime() - first.at()) / 1e9);
                    waiting.remove();
                }
                Write first = waiting.peek();
                if (first != null && System.nanoTime() - first.at() > PATIENCE_NANOS) {
                    throw new SQLException("a write has not arrived within a minute");
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        Collections.sort(lags);
    }

    /** Whether it, or a later write to the same document, has arrived. */
    private static boolean isThere(PreparedStatement query, Write write) throws SQLException {
        query.setString(1, String.valueOf(write.id()));
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            String note = String.valueOf(rows.getString(1));
            return note.startsWith("w")
                    && Long.parseLong(note.substring(1))
                            >= Long.parseLong(write.note().substring(1));
        }
    }

    double rate() {
        return rate;
    }

    double medianSeconds() {
        return lags.isEmpty() ? Double.NaN : lags.get(lags.size() / 2);
    }

    double longestSeconds() {
        return lags.isEmpty() ? Double.NaN : lags.get(lags.size() - 1);
    }
}
