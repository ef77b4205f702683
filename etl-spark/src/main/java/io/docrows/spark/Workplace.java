package io.docrows.spark;

import io.docrows.PartitionWorker;
import io.docrows.source.DocumentSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the tasks of one load share in an executor: the open source, what is known of the tables, memory for batches.
 * Opened by the first task; closed when there was none for some seconds, for Spark tells executors nothing of the end
 * of a load. Thread-safe.
 */
final class Workplace {

    /**
     * Longer than it takes from one collection to the next when its constraints are rebuilt aside, or a task is late.
     */
    private static final long IDLE_SECONDS = 15;

    private static final Map<UUID, Workplace> OPEN = new HashMap<>();

    private static final ScheduledExecutorService CLOSING = closing();

    private final UUID load;
    private final DocumentSource source;
    private final PartitionWorker worker;
    private int users;
    private long uses;

    private Workplace(UUID load, DocumentSource source, PartitionWorker worker) {
        this.load = load;
        this.source = source;
        this.worker = worker;
    }

    private static ScheduledExecutorService closing() {
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "docrows-idle");
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Joins the others that are at work on this load, or is the first. */
    static Use of(Equipment equipment) {
        synchronized (OPEN) {
            Workplace place = OPEN.computeIfAbsent(equipment.load(), load -> open(equipment));
            place.users++;
            place.uses++;
            return place.new Use();
        }
    }

    private static Workplace open(Equipment equipment) {
        DocumentSource source = equipment.source().open();
        try {
            return new Workplace(
                    equipment.load(),
                    source,
                    equipment
                            .pipeline()
                            .pipeline()
                            .source(source)
                            .target(equipment.target().dataSource())
                            .worker());
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /** Ends what this process has of a load, if none of its tasks is at work any more. */
    static void close(UUID load) {
        Workplace place;
        synchronized (OPEN) {
            place = OPEN.get(load);
            if (place == null || place.users > 0) {
                return;
            }
            OPEN.remove(load);
        }
        place.close();
    }

    private void close() {
        worker.close();
        source.close();
    }

    private void leave() {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                long last = uses;
                CLOSING.schedule(() -> closeUnlessUsedSince(last), IDLE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void closeUnlessUsedSince(long last) {
        synchronized (OPEN) {
            if (uses != last || !OPEN.remove(load, this)) {
                return;
            }
        }
        close();
    }

    /** A task's part in it. */
    final class Use implements AutoCloseable {

        private Use() {}

        PartitionWorker worker() {
            return worker;
        }

        @Override
        public void close() {
            leave();
        }
    }
}
