package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.EtlProcess;
import io.docrows.source.dump.DumpWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in a process whose memory does not suffice: they end, and say why. */
@Timeout(120)
final class EndsCommandIT {

    private static final Databases DATABASES = Databases.shared();

    @TempDir
    Path directory;

    private void dump(int documents, int bytes) throws Exception {
        for (String collection : List.of("users", "gigs")) {
            try (DumpWriter out = DumpWriter.create(directory.resolve(collection + ".bson"))) {
                for (int i = 0; i < (collection.equals("users") ? documents : 0); i++) {
                    BasicOutputBuffer buffer = new BasicOutputBuffer();
                    new BsonDocumentCodec()
                            .encode(
                                    new BsonBinaryWriter(buffer),
                                    new BsonDocument("_id", new BsonInt32(i))
                                            .append("name", new BsonString("x".repeat(bytes))),
                                    EncoderContext.builder().build());
                    out.write(buffer.toByteArray());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan", "verify"})
    @Tag("long")
    void aCommandWhoseMemoryDoesNotSufficeEndsAndSaysWhatToDo(String command) throws Exception {
        dump(3, 15_000_000);
        String target = DATABASES.create();
        Etl.in(directory).run("migrate", "--target", target);

        try (EtlProcess process = EtlProcess.start(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", "-Xmx40m"),
                command,
                "--source",
                directory.toString(),
                "--target",
                target)) {
            Etl.Result result = process.result();

            assertThat(result.exitCode()).as(result.err()).isEqualTo(70);
            assertThat(result.err().lines().filter(line -> line.startsWith("etl: ")))
                    .singleElement()
                    .asString()
                    .contains("out of memory", "40 MB", "-Xmx");
            assertThat(result.err()).doesNotContain("\tat ");
        }
        assertThat(Databases.text(
                        target,
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEqualTo("0");
    }

    @Test
    @Tag("long")
    void whatHasEndedARunIsWrittenDown() throws Exception {
        dump(3, 15_000_000);
        String target = DATABASES.create();
        Etl.in(directory).run("migrate", "--target", target);

        try (EtlProcess process = EtlProcess.start(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", "-Xmx40m"),
                "run",
                "--source",
                directory.toString(),
                "--target",
                target,
                "--output",
                "json")) {
            assertThat(process.result().json().at("/error/code").asString()).isEqualTo("INTERNAL");
        }
        assertThat(Etl.in(directory).run("status", "--target", target).out()).contains("failed (INTERNAL)");
    }
}
