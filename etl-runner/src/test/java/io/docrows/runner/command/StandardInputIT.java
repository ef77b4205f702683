package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import io.docrows.runner.testing.EtlProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What another program writes is loaded and compared like a dump. */
@Timeout(120)
final class StandardInputIT {

    private static final Path SAMPLE = Etl.SAMPLES.resolve("gigs");

    @TempDir
    Path directory;

    private final InputStream before = System.in;

    @AfterEach
    void restore() {
        System.setIn(before);
    }

    private Result run(byte[] input, String... args) {
        System.setIn(new ByteArrayInputStream(input));
        return Etl.in(directory).run(args);
    }

    @Tag("long")
    @Test
    void anArchiveIsLoadedAndVerified() throws IOException, SQLException {
        String target = Databases.shared().create();
        byte[] archive = archive();

        assertThat(run(archive, "run", "--source", "-", "--target", target).exitCode())
                .isLessThan(2);
        assertThat(run(gzip(archive), "verify", "--source", "-", "--target", target, "--accept-rejects")
                        .exitCode())
                .isZero();
        Result plan = run(gzip(archive), "plan", "--source", "dump:-", "--target", target, "--output", "json");
        assertThat(plan.exitCode()).as(plan.err()).isLessThan(2);
        assertThat(plan.err()).contains("reading the pipe - into a temporary file");
    }

    @Test
    void whatStandsBehindAnArchiveIsRefusedEverywhere() throws IOException, SQLException {
        String target = Databases.shared().create();
        Etl.in(directory).run("migrate", "--target", target);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(archive());
        twice.writeBytes(archive());
        for (String command : List.of("plan", "verify", "run")) {
            Result result = run(twice.toByteArray(), command, "--source", "-", "--target", target);
            assertThat(result.exitCode()).as(command).isEqualTo(3);
            assertThat(result.errorLine()).contains("is damaged at byte " + archive().length, "another archive begins");
        }
    }

    @Test
    void documentsWithoutANameNeedOne() throws IOException, SQLException {
        String target = Databases.shared().create();
        byte[] users = Files.readAllBytes(SAMPLE.resolve("users.bson"));

        Result both = run(users, "run", "--source", "-", "--target", target);
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.errorLine()).contains("--collections");
        assertThat(run(users, "run", "--source", "-", "--target", target, "--collections", "users")
                        .exitCode())
                .isLessThan(2);
        assertThat(Databases.text(target, "SELECT count(*) > 0 FROM users")).isEqualTo("t");
    }

    @Test
    void nothingIsNoDump() throws SQLException {
        Result nothing = run(
                new byte[0],
                "run",
                "--source",
                "-",
                "--target",
                Databases.shared().create());
        assertThat(nothing.exitCode()).isEqualTo(3);
        assertThat(nothing.errorLine()).contains("The pipe delivered nothing:");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Tag("long")
    void thePathOfStandardInputIsAPipeToo() throws Exception {
        String target = Databases.shared().create();
        try (EtlProcess process =
                EtlProcess.start(directory, "run", "--source", "/dev/stdin", "--target", target, "--output", "json")) {
            try (OutputStream input = process.input()) {
                input.write(archive());
            }
            Result result = process.result();
            assertThat(result.exitCode()).as(result.err()).isLessThan(2);
            assertThat(result.json().get("collections")).hasSize(2);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** After {@code common/archive/spec.md} of mongo-tools. */
    private static byte[] archive() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        word(out, 0x8199e26d);
        document(out, new BsonDocument("version", new BsonString("0.1")));
        for (String collection : List.of("users", "gigs")) {
            document(out, namespace(collection).append("metadata", new BsonString("{}")));
        }
        word(out, -1);
        for (String collection : List.of("users", "gigs")) {
            document(out, namespace(collection).append("EOF", BsonBoolean.FALSE));
            out.write(Files.readAllBytes(SAMPLE.resolve(collection + ".bson")));
            word(out, -1);
            document(out, namespace(collection).append("EOF", BsonBoolean.TRUE));
            word(out, -1);
        }
        return out.toByteArray();
    }

    private static BsonDocument namespace(String collection) {
        return new BsonDocument("db", new BsonString("gigs")).append("collection", new BsonString(collection));
    }

    private static void word(ByteArrayOutputStream out, int word) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .array());
    }

    private static void document(ByteArrayOutputStream out, BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            out.writeBytes(buffer.toByteArray());
        }
    }
}
