package io.docrows.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever reaches the port may connect and say nothing. */
@Timeout(60)
final class MetricsServerTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MetricsServer server = MetricsServer.start(registry, "127.0.0.1", 0);
    private final List<Socket> stalled = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : stalled) {
            socket.close();
        }
        server.close();
    }

    private void stall(String beginning) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
        stalled.add(socket);
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private void assertServes() throws Exception {
        registry.counter("documents").increment();
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(server.url())).build(), BodyHandlers.ofString())
                        .body())
                .contains("documents_total 1.0");
    }

    @Test
    void aClientThatStallsSilencesNobodyElse() throws Exception {
        stall("");
        stall("GET /metrics HTTP/1.1\r\nHost: x");
        stall("POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf");
        assertServes();
    }

    @Test
    @Tag("slow")
    void moreOfThemThanThereAreThreadsLoseTheirConnections() throws Exception {
        for (int i = 0; i < 40; i++) {
            stall("GET /metrics HTTP/1.1\r\nHost: x");
        }
        assertServes();
    }
}
