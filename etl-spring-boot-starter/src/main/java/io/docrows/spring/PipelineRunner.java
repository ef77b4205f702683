package io.docrows.spring;

import io.docrows.Pipeline;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowOptions;
import io.docrows.run.FollowProgress;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the application's pipelines, each at most once at a time: also among several instances of the application, by
 * the lock that Docrows holds in the target. When the application shuts down, runs finish and commit the batch in hand
 * before connections are closed; the next run goes on from there. Thread-safe.
 */
public final class PipelineRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PipelineRunner.class);

    /** How long between two lines of the log that say what is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SortedMap<String, Pipeline> pipelines = new TreeMap<>();
    private final DataSource target;
    private final PipelineSource source;
    private final DocrowsProperties properties;
    private final RunListeners listeners;
    private final FollowListeners following;

    /** How far those pipelines are that this application follows. */
    private final Map<String, FollowProgress> progress = new ConcurrentHashMap<>();

    private final Map<String, Cancellation> active = new HashMap<>();

    /** Why the last attempt of this application failed; a run that never began is in no history. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    private boolean running = true;

    /**
     * A runner.
     *
     * @param pipelines the pipelines, each with another name
     * @param target the database to load
     * @param source opens what they read
     * @param properties how they run
     * @param listeners follow the runs
     * @param following hear how far pipelines are that follow their source
     * @throws DocrowsException {@code INVALID_OPTION} if the properties name a pipeline that is not there
     */
    PipelineRunner(
            Collection<Pipeline> pipelines,
            DataSource target,
            PipelineSource source,
            DocrowsProperties properties,
            RunListeners listeners,
            FollowListeners following) {
        pipelines.forEach(pipeline -> this.pipelines.put(pipeline.name(), pipeline));
        properties.requireKnown(this.pipelines.keySet());
        this.target = target;
        this.source = source;
        this.properties = properties;
        this.listeners = listeners;
        this.following = following;
    }

    /**
     * The pipelines of this application.
     *
     * @return their names, sorted
     */
    public Set<String> pipelines() {
        return Collections.unmodifiableSet(pipelines.keySet());
    }

    /**
     * Runs a pipeline in this thread, with the options that the application's properties give it.
     *
     * @param pipeline its name
     * @return the report of a run that came to its end, or was interrupted
     * @throws DocrowsException {@code INVALID_OPTION} if there is no such pipeline, {@code PIPELINE_LOCKED} if it is
     *     running already, here or elsewhere, and otherwise as {@link io.docrows.ConnectedPipeline#run}
     */
    public RunReport run(String pipeline) {
        Pipeline known = known(pipeline);
        Cancellation cancellation = claim(pipeline)
                .orElseThrow(() -> new DocrowsException(
                        ErrorCode.PIPELINE_LOCKED,
                        "The pipeline " + pipeline + " is running already, in this application."));
        return run(known, cancellation);
    }

    /**
     * Starts a run in a thread of its own. How it ended is logged, and told by health, metrics and history.
     *
     * @param pipeline its name
     * @return false if it is running in this application already
     * @throws DocrowsException {@code INVALID_OPTION} if there is no such pipeline
     * @throws IllegalStateException if the application is shutting down
     */
    public boolean start(String pipeline) {
        Pipeline known = known(pipeline);
        Optional<Cancellation> claimed = claim(pipeline);
        claimed.ifPresent(
                cancellation -> new Thread(() -> runAndLog(known, cancellation), "docrows-" + pipeline).start());
        return claimed.isPresent();
    }

    /**
     * Lets a pipeline follow its source in a thread of its own, until it is cancelled or the application shuts down:
     * loads everything once, then applies changes. Begins again a while after a failure, or while another instance
     * follows; gives up when changes were missed, unless the properties say to load everything again.
     *
     * @param pipeline its name
     * @return false if it is at work in this application already
     * @throws DocrowsException {@code INVALID_OPTION} if there is no such pipeline
     * @throws IllegalStateException if the application is shutting down
     */
    public boolean follow(String pipeline) {
        Pipeline known = known(pipeline);
        Optional<Cancellation> claimed = claim(pipeline);
        claimed.ifPresent(cancellation -> new Thread(
                        () -> {
                            try {
                                followAndLog(known, cancellation);
                            } finally {
                                progress.remove(pipeline);
                                release(pipeline);
                            }
                        },
                        "docrows-" + pipeline)
                .start());
        return claimed.isPresent();
    }

    /**
     * How far a pipeline is that this application follows.
     *
     * @param pipeline its name
     * @return empty if it does not follow, or has not begun to apply changes
     */
    public Optional<FollowProgress> following(String pipeline) {
        return Optional.ofNullable(progress.get(pipeline));
    }

    private void followAndLog(Pipeline pipeline, Cancellation cancellation) {
        String name = pipeline.name();
        while (!cancellation.isRequested()) {
            try (DocumentSource documents = source.open(name)) {
                FollowOptions options = properties
                        .follow()
                        .options(properties.run(name).options().listener(listeners.of(name)))
                        .listener(FollowListener.all(following.of(name), progress(name)));
                RunReport report = pipeline.source(documents).target(target).follow(options, cancellation);
                failures.remove(name);
                log.info("pipeline {}: following {}, {}", name, report.status(), report.total());
            } catch (DocrowsException failure) {
                failed(name, failure);
                if (failure.code() == ErrorCode.PIPELINE_LOCKED) {
                    log.info("pipeline {}: another instance follows it", name);
                } else {
                    log.error("pipeline {}: {} {}", name, failure.code(), failure.getMessage(), failure);
                }
                if (failure.code() == ErrorCode.SOURCE_HISTORY_LOST
                        || failure.code() == ErrorCode.SOURCE_NOT_FOLLOWABLE) {
                    return;
                }
            } catch (RuntimeException failure) {
                failures.put(name, ErrorCode.INTERNAL.name());
                log.error("pipeline {}: {}", name, failure.getMessage(), failure);
            }
            progress.remove(name);
            pause(cancellation);
        }
    }

    private FollowListener progress(String pipeline) {
        return new FollowListener() {
            @Override
            public void progressed(FollowProgress how) {
                failures.remove(pipeline);
                progress.put(pipeline, how);
            }
        };
    }

    /** Waits before the next attempt, or until it is asked to stop. */
    private void pause(Cancellation cancellation) {
        long end = System.nanoTime() + properties.follow().retryAfter().toNanos();
        try {
            synchronized (active) {
                for (long left = end - System.nanoTime();
                        left > 0 && !cancellation.isRequested();
                        left = end - System.nanoTime()) {
                    active.wait(Math.max(1, Duration.ofNanos(left).toMillis()));
                }
            }
        } catch (InterruptedException stop) {
            cancellation.request();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks a run of this application, or following, to stop: it finishes and commits the batch in hand. Returns at
     * once.
     *
     * @param pipeline the pipeline's name
     * @return false if it is not running in this application
     * @throws DocrowsException {@code INVALID_OPTION} if there is no such pipeline
     */
    public boolean cancel(String pipeline) {
        known(pipeline);
        synchronized (active) {
            Cancellation cancellation = active.get(pipeline);
            if (cancellation == null) {
                return false;
            }
            cancellation.request();
            active.notifyAll();
            return true;
        }
    }

    /**
     * Whether a pipeline is running in this application.
     *
     * @param pipeline the pipeline's name
     * @return true if it is
     */
    public boolean isActive(String pipeline) {
        synchronized (active) {
            return active.containsKey(pipeline);
        }
    }

    private Pipeline known(String name) {
        Pipeline pipeline = pipelines.get(name);
        if (pipeline == null) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "There is no pipeline " + name + "; this application has " + String.join(", ", pipelines.keySet())
                            + ".");
        }
        return pipeline;
    }

    /** Marks a pipeline as running; empty if it is already. */
    private Optional<Cancellation> claim(String pipeline) {
        synchronized (active) {
            if (!running) {
                throw new IllegalStateException("The application is shutting down: no run is started.");
            }
            if (active.containsKey(pipeline)) {
                return Optional.empty();
            }
            Cancellation cancellation = new Cancellation();
            active.put(pipeline, cancellation);
            return Optional.of(cancellation);
        }
    }

    private void release(String pipeline) {
        synchronized (active) {
            active.remove(pipeline);
            active.notifyAll();
        }
    }

    private RunReport run(Pipeline pipeline, Cancellation cancellation) {
        String name = pipeline.name();
        try (DocumentSource documents = source.open(name)) {
            RunOptions options = properties.run(name).options().listener(listeners.of(name));
            RunReport report = pipeline.source(documents).target(target).run(options, cancellation);
            failures.remove(name);
            return report;
        } catch (DocrowsException failure) {
            failed(name, failure);
            throw failure;
        } catch (RuntimeException failure) {
            failures.put(name, ErrorCode.INTERNAL.name());
            throw failure;
        } finally {
            release(name);
        }
    }

    /** While another instance is at work, it is that one which tells how it goes. */
    private void failed(String pipeline, DocrowsException failure) {
        if (failure.code() == ErrorCode.PIPELINE_LOCKED) {
            failures.remove(pipeline);
        } else {
            failures.put(pipeline, failure.code().name());
        }
    }

    /** The code of the error that ended the last attempt of this application; empty if it did not fail. */
    Optional<String> failure(String pipeline) {
        return Optional.ofNullable(failures.get(pipeline));
    }

    private void runAndLog(Pipeline pipeline, Cancellation cancellation) {
        try {
            RunReport report = run(pipeline, cancellation);
            log.info("pipeline {}: run {} {}, {}", pipeline.name(), report.run(), report.status(), report.total());
        } catch (DocrowsException failure) {
            if (failure.code() == ErrorCode.PIPELINE_LOCKED) {
                log.info("pipeline {}: another instance runs it", pipeline.name());
            } else {
                log.error("pipeline {}: {} {}", pipeline.name(), failure.code(), failure.getMessage(), failure);
            }
        } catch (RuntimeException failure) {
            log.error("pipeline {}: {}", pipeline.name(), failure.getMessage(), failure);
        }
    }

    @Override
    public void start() {
        synchronized (active) {
            running = true;
        }
    }

    @Override
    public boolean isRunning() {
        synchronized (active) {
            return running;
        }
    }

    /** The first to stop: what runs need, such as connections, goes later. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    @Override
    public void stop() {
        synchronized (active) {
            running = false;
            active.values().forEach(Cancellation::request);
            active.notifyAll();
        }
        awaitEnd();
    }

    @Override
    public void stop(Runnable stopped) {
        new Thread(
                        () -> {
                            stop();
                            stopped.run();
                        },
                        "docrows-stop")
                .start();
    }

    private void awaitEnd() {
        try {
            synchronized (active) {
                while (!active.isEmpty()) {
                    log.info("waiting for {} to finish the batch in hand", active.keySet());
                    active.wait(PATIENCE.toMillis());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
