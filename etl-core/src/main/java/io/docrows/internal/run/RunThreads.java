package io.docrows.internal.run;

import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The threads of a run, as many as there is work. What they log has the fields of the thread that gave them the work.
 */
final class RunThreads extends ThreadPoolExecutor {

    RunThreads(String pipeline) {
        super(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>());
        AtomicInteger number = new AtomicInteger();
        setThreadFactory(work -> {
            Thread worker = new Thread(work, "docrows-" + pipeline + "-" + number.incrementAndGet());
            worker.setDaemon(true);
            return worker;
        });
    }

    @Override
    public void execute(Runnable work) {
        @Nullable Map<String, String> fields = MDC.getCopyOfContextMap();
        super.execute(() -> {
            try {
                if (fields != null) {
                    MDC.setContextMap(fields);
                }
            } catch (RuntimeException | Error e) {
                // Somebody waits for the work, and nobody for the fields of its log lines.
                MDC.clear();
            }
            try {
                work.run();
            } finally {
                MDC.clear();
            }
        });
    }
}
