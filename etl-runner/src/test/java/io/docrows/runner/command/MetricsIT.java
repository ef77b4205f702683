package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.EtlProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of a run that is at work: a table lock of the test holds it in the middle. */
@Timeout(120)
@Tag("long")
final class MetricsIT {

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> fetch(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    @Test
    void areServedOnThisMachineUntilTheRunEnds() throws Exception {
        String source = Etl.SAMPLES.resolve("gigs").toString();
        String target = Databases.shared().create();
        Etl.in(directory).run("migrate", "--target", target);
        try (Connection lock = Databases.connect(target)) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("LOCK TABLE gigs IN SHARE MODE");
            try (EtlProcess process =
                    EtlProcess.start(directory, "run", "--source", source, "--target", target, "--metrics-port", "0")) {
                String line = process.awaitLine("metrics are at");
                String url = line.replaceAll(".*(http://127\\.0\\.0\\.1:\\d+/metrics).*", "$1");
                process.awaitLine("users: 2,000 documents");

                HttpResponse<String> metrics = fetch(url);
                assertThat(metrics.statusCode()).isEqualTo(200);
                assertThat(metrics.headers().firstValue("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
                assertThat(metrics.body())
                        .contains(
                                "docrows_documents_total{collection=\"users\",outcome=\"inserted\",pipeline=\"gigs\"} 2000.0",
                                "docrows_run_active{pipeline=\"gigs\"} 1.0",
                                "docrows_batch_seconds_count{collection=\"users\",pipeline=\"gigs\"} ",
                                "jvm_memory_used_bytes");
                assertThat(fetch(url.replace("/metrics", "/")).statusCode()).isEqualTo(404);

                lock.rollback();
                assertThat(process.result().exitCode()).isZero();
                assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> fetch(url));
            }
        }
    }

    @Test
    void saySoWhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Etl.Result result = Etl.in(directory)
                    .run(
                            "run",
                            "--source",
                            "dump",
                            "--target",
                            "embedded",
                            "--metrics-port",
                            String.valueOf(taken.getLocalPort()));
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.errorLine()).contains("--metrics-port", "cannot listen on 127.0.0.1");
            assertThat(directory).isEmptyDirectory();
        }
    }
}
