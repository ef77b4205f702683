package io.docrows.cli.metrics;

import io.docrows.file.WholeFile;
import io.docrows.metrics.FollowMetrics;
import io.docrows.metrics.RunMetrics;
import io.docrows.run.FollowListener;
import io.docrows.run.RunListener;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of one run, where Prometheus can get them. Closed when the run has ended. */
public final class PublishedMetrics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedMetrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RunListener listener;
    private final FollowListener following;
    private final @Nullable MetricsServer server;
    private final Optional<Path> file;

    /**
     * Begins to publish.
     *
     * @param pipeline the pipeline that is about to run
     * @param address where to listen
     * @param port on which port, 0 for any that is free; empty not to listen at all
     * @param file where to leave the metrics when the run ends
     * @throws io.docrows.error.DocrowsException {@code INVALID_OPTION} if it cannot listen there
     */
    public PublishedMetrics(String pipeline, String address, OptionalInt port, Optional<Path> file) {
        this.file = file;
        this.listener = new RunMetrics(registry, pipeline);
        this.following = new FollowMetrics(registry, pipeline);
        if (port.isPresent()) {
            new JvmMemoryMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            server = MetricsServer.start(registry, address, port.getAsInt());
            LOG.info("metrics are at {} until the run ends", server.url());
        } else {
            server = null;
        }
    }

    /**
     * What makes the metrics.
     *
     * @return follows the run
     */
    public RunListener listener() {
        return listener;
    }

    /**
     * What makes the metrics of following.
     *
     * @return follows how far it is
     */
    public FollowListener following() {
        return following;
    }

    /** Stops listening, and leaves the file: replaced as a whole, as its readers expect. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        file.ifPresent(this::write);
        registry.close();
    }

    private void write(Path path) {
        try {
            WholeFile.write(path, registry.scrape());
        } catch (IOException e) {
            // The run is over, and its result stands.
            LOG.warn("the metrics could not be written to {}: {}", path, e.getMessage());
        }
    }
}
