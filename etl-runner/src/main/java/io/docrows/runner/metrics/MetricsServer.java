package io.docrows.runner.metrics;

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

/** Serves metrics under {@code /metrics}, and nothing else, until it is closed. */
final class MetricsServer implements AutoCloseable {

    private static final String PATH = "/metrics";

    /** Prometheus' text format (Prometheus documentation, "Exposition formats"). */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;

    private MetricsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @throws DocrowsException {@code INVALID_OPTION} if it cannot listen there
     */
    static MetricsServer start(PrometheusMeterRegistry registry, String address, int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
            server.createContext("/", exchange -> answer(exchange, registry));
            server.start();
            return new MetricsServer(server);
        } catch (UnknownHostException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "--metrics-address: there is no address \"" + address + "\"", e);
        } catch (IOException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--metrics-port: cannot listen on " + address + ":" + port + " (" + e.getMessage()
                            + "); choose another port, or 0 for any that is free",
                    e);
        }
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
    }
}
