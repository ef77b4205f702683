package io.docrows.cli.option;

import io.docrows.cli.metrics.PublishedMetrics;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the metrics of a run go. */
public final class MetricsOptions implements SessionOption {

    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Serve metrics for Prometheus at http://ADDRESS:PORT/metrics until the run ends; 0 chooses a free"
                            + " port.")
    @Nullable Integer port;

    @Option(
            names = "--metrics-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}, for this machine only).")
    String address = "127.0.0.1";

    @Option(
            names = "--metrics-file",
            paramLabel = "FILE.prom",
            description =
                    "Write the metrics to this file when the run ends, for node_exporter's textfile collector or a"
                            + " Pushgateway: a short run is over before Prometheus scrapes it.")
    @Nullable Path file;

    /** No metrics, unless something is given. */
    public MetricsOptions() {}

    @Override
    public void check(Session session) {
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "--metrics-port: must be 0 to " + HIGHEST_PORT + ", not " + port);
        }
        path(session).ifPresent(path -> {
            Path directory = path.toAbsolutePath().getParent();
            if (directory == null
                    || !Files.isWritable(directory)
                    || (Files.exists(path) && !Files.isRegularFile(path))) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "--metrics-file: cannot write " + path + "; name a file in an existing directory");
            }
        });
    }

    /**
     * Begins to publish what is asked for.
     *
     * @param session what the command takes from its process
     * @param pipeline the name of the pipeline that is about to run
     * @return the metrics, to be closed when the run has ended; null if nothing is asked for
     * @throws DocrowsException {@code INVALID_OPTION} if it cannot listen there
     */
    public @Nullable PublishedMetrics publish(Session session, String pipeline) {
        Optional<Path> path = path(session);
        if (port == null && path.isEmpty()) {
            return null;
        }
        return new PublishedMetrics(pipeline, address, port == null ? OptionalInt.empty() : OptionalInt.of(port), path);
    }

    private Optional<Path> path(Session session) {
        return Optional.ofNullable(file).map(session.directory()::resolve);
    }
}
