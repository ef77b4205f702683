package io.docrows.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves metrics under {@code /metrics}, and nothing else, until it is closed. A client that sends or reads nothing
 * holds up no other one, and loses its connection after some seconds.
 */
final class MetricsServer implements AutoCloseable {

    private static final String PATH = "/metrics";

    /** Prometheus' text format (Prometheus documentation, "Exposition formats"). */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final int THREADS = 8;
    private static final int CONNECTIONS = 64;

    /** The server has its limits from here, in seconds; who starts Java may set others. */
    private static final Map<String, Integer> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", 5,
            "sun.net.httpserver.maxRspTime", 10,
            "sun.net.httpserver.idleInterval", 10,
            "jdk.httpserver.maxConnections", CONNECTIONS);

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Begins to serve.
     *
     * @throws DocrowsException {@code INVALID_OPTION} if it cannot listen there
     */
    static MetricsServer start(PrometheusMeterRegistry registry, String address, int port) {
        LIMITS.forEach((name, limit) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, limit.toString());
            }
        });
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
            server.createContext("/", exchange -> answer(exchange, registry));
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, MetricsServer::thread);
            server.setExecutor(threads);
            server.start();
            return new MetricsServer(server, threads);
        } catch (UnknownHostException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "--metrics-address: unknown address \"" + address + "\"", e);
        } catch (IOException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--metrics-port: cannot listen on " + address + ":" + port + " (" + e.getMessage()
                            + "); choose another port, or 0 for a free one",
                    e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "metrics");
        thread.setDaemon(true);
        return thread;
    }

    private static void answer(HttpExchange exchange, PrometheusMeterRegistry registry) throws IOException {
        try (exchange) {
            boolean found = exchange.getRequestURI().getPath().equals(PATH);
            String text = found ? registry.scrape() : "Metrics are at " + PATH + "\n";
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", found ? TEXT : "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(found ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    String url() {
        InetSocketAddress at = server.getAddress();
        String host = at.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort() + PATH;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
