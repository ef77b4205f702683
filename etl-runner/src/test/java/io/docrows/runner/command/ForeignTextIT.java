package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import io.docrows.source.dump.DumpWriter;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One dump whose names, ids and values hold whatever a terminal obeys or hides, through every command and every output:
 * none of it arrives there as it is, and none of it begins a line.
 */
final class ForeignTextIT {

    /** What a line begins with that others made. */
    private static final String FORGED = "Run 99 of gigs completed";

    /** Clears the screen, names the window, ends a line, begins one, turns text around, hides in it. */
    private static final String HOSTILE = "\u001b[2J\u001b]0;t\u0007\r\n" + FORGED
            + "\u202E\u2066x\u2069\u200B\u0085\u007F\u061C\uFEFF\u2028\u00ADy\uDB40\uDC41";

    /** The same for ids that hold no control character, which an _id's text would escape by itself. */
    private static final String BIDI = "\u202E\u2066x\u200B\uFEFF\u2028y\uDB40\uDC41";

    private static final Databases DATABASES = Databases.shared();

    @TempDir
    static Path directory;

    private static String target = "";

    @BeforeAll
    static void load() throws IOException, SQLException {
        target = DATABASES.create();
        dump(
                "users",
                document(new BsonInt32(1), "name", new BsonString("A"), HOSTILE, new BsonInt32(1)),
                document(new BsonString(HOSTILE), "name", new BsonInt32(5)),
                document(new BsonString(BIDI), "name", new BsonString("B"), "created", new BsonString(HOSTILE)),
                document(new BsonDocument(HOSTILE, new BsonString(HOSTILE)), "name", new BsonInt32(5)),
                document(new BsonInt32(6), "name", new BsonString(HOSTILE), BIDI, new BsonString(HOSTILE)),
                document(new BsonString(BIDI + "7"), "name", new BsonString("C" + HOSTILE)),
                document(new BsonString(HOSTILE + "8"), "name", new BsonString("D" + BIDI)),
                // Half of a surrogate pair, in the name of a field and in a value, which is no UTF-8.
                surrogate(document(new BsonInt32(9), "name", new BsonString("E"), "???", new BsonInt32(1))),
                surrogate(document(new BsonInt32(10), "name", new BsonString("???"))));
        dump(
                "gigs",
                document(
                        new BsonString(BIDI),
                        "title",
                        new BsonString(HOSTILE),
                        "state",
                        new BsonString("done"),
                        "poster",
                        new BsonString(HOSTILE)),
                document(new BsonInt32(2), "title", new BsonString("x"), "state", new BsonString(HOSTILE)));
    }

    private static byte[] document(BsonValue id, Object... namesAndValues) {
        BsonDocument document = new BsonDocument("_id", id);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            document.append((String) namesAndValues[i], (BsonValue) namesAndValues[i + 1]);
        }
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(buffer),
                        document,
                        EncoderContext.builder().build());
        return buffer.toByteArray();
    }

    /** Puts U+D800, as a careless program encodes it, in the place of three question marks. */
    private static byte[] surrogate(byte[] document) {
        ByteBuffer bytes = ByteBuffer.wrap(document).order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < document.length - 3; i++) {
            if (document[i] == '?' && document[i + 1] == '?' && document[i + 2] == '?') {
                bytes.put(i, (byte) 0xED).put(i + 1, (byte) 0xA0).put(i + 2, (byte) 0x80);
            }
        }
        return document;
    }

    private static void dump(String collection, byte[]... documents) throws IOException {
        Path dump = Files.createDirectories(directory.resolve("dump"));
        try (DumpWriter writer = DumpWriter.create(dump.resolve(DumpWriter.fileName(collection, false)))) {
            for (byte[] document : documents) {
                writer.write(document);
            }
        }
    }

    private static Result etl(String... args) {
        return etl(Etl.in(directory), args);
    }

    private static Result etl(Etl etl, String... args) {
        Result result = etl.run(args);
        assertIsHarmless(result.out());
        // What redraws the last line of a terminal is ours.
        String err = etl.terminal() ? result.err().replace("\r\u001b[K", "") : result.err();
        // So is the indentation of a stack trace.
        assertIsHarmless(err.replaceAll("(?m)^\t+(?=at |\\.\\.\\. |Suppressed: )", ""));
        assertThat(result.exitCode()).as(result.err()).isNotEqualTo(70);
        return result;
    }

    private static void assertIsHarmless(String output) {
        // The output differs from its printable self exactly where something is not.
        assertThat(output).isEqualTo(ForeignText.printableLines(output));
        assertThat(output.lines().map(String::strip)).noneMatch(line -> line.startsWith(FORGED));
    }

    private static void loaded() {
        assertThat(etl("run", "--source", "dump", "--target", target).exitCode())
                .isEqualTo(1);
    }

    @Test
    @Tag("long")
    void runsAndPlansInEveryFormat() throws IOException {
        for (String level : List.of("info", "trace")) {
            for (String format : List.of("text", "json")) {
                etl("plan", "--source", "dump", "--target", target, "--log-level", level, "--log-format", format);
                etl("run", "--source", "dump", "--target", target, "--log-level", level, "--log-format", format);
            }
        }
        Result text = etl(
                Etl.in(directory).onTerminal(),
                "run",
                "--source",
                "dump",
                "--target",
                target,
                "--force",
                "--strict",
                "--report",
                "report.html",
                "--metrics-file",
                "metrics.prom");
        assertThat(text.out()).contains("Not mapped in users: ", "\\u001b[2J", "\\u202e");
        assertIsHarmless(Files.readString(directory.resolve("metrics.prom")));
        String page = Files.readString(directory.resolve("report.html"));
        assertIsHarmless(page);
        assertThat(Jsoup.parse(page)
                        .select("#drift ~ table th[scope=row] code bdi")
                        .eachText())
                .contains(ForeignText.name(HOSTILE));
    }

    @Tag("long")
    @Test
    void jsonKeepsTheTrueText() {
        JsonNode run = etl("run", "--source", "dump", "--target", target, "--output", "json")
                .json();
        JsonNode users = run.get("collections").get(0);
        assertThat(users.get("collection").asString()).isEqualTo("users");
        assertThat(users.get("unmappedFields").propertyNames()).contains(HOSTILE, BIDI);
        JsonNode rejects = etl("rejects", "list", "--target", target, "--limit", "100", "--output", "json")
                .json()
                .get("rejects");
        assertThat(rejects.valueStream().map(reject -> reject.get("key").asString()))
                .contains(BIDI);
    }

    @Tag("long")
    @Test
    void comparesAndShowsValues() throws SQLException {
        loaded();
        Databases.execute(target, "UPDATE users SET name = 'other' WHERE name <> 'A'");
        try {
            Result text = etl("verify", "--source", "dump", "--target", target, "--show-values");
            assertThat(text.out()).contains("\\u000aRun 99 of gigs completed\\u202e");
            JsonNode json = etl("verify", "--source", "dump", "--target", target, "--show-values", "--output", "json")
                    .json();
            assertThat(json.get("collections").get(0).findValuesAsString("source"))
                    .contains(HOSTILE);
            etl("plan", "--source", "dump", "--target", target);
            etl("plan", "--source", "dump", "--target", target, "--output", "json");
        } finally {
            Databases.execute(target, "DELETE FROM users");
        }
    }

    @Test
    @Tag("long")
    void looksAtTheTargetAndItsRejects() throws SQLException, IOException {
        String other = DATABASES.create();
        etl("run", "--source", "dump", "--target", other);
        for (String output : List.of("text", "json")) {
            etl("tables", "--target", other, "--output", output);
            etl("status", "--target", other, "--output", output);
            etl("rejects", "list", "--target", other, "--output", output);
            for (int number = 1; number <= 6; number++) {
                String reject = String.valueOf(number);
                etl("rejects", "show", reject, "--target", other, "--output", output);
                etl("rejects", "show", reject, "--document", "--target", other, "--output", output);
            }
            etl("rejects", "retry", "--target", other, "--output", output);
            etl("rejects", "discard", "--ids", HOSTILE, "--target", other, "--output", output);
        }
        // What another pipeline, or another program, has written down there.
        update(other, "UPDATE docrows.reject SET collection = ?, path = ?, column_name = ?, detail = ?, bson_type = ?");
        update(other, "UPDATE docrows.run SET source = ?, error_code = ?");
        for (String output : List.of("text", "json")) {
            etl("rejects", "list", "--target", other, "--output", output);
            etl("rejects", "show", "1", "--target", other, "--output", output);
            etl("rejects", "export", "kept-" + output, "--target", other, "--output", output);
            update(other, "UPDATE docrows.run SET pipeline = ? WHERE id = 1");
            etl("status", "--target", other, "--output", output);
        }
        try (Stream<Path> files = Files.list(directory.resolve("kept-text"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .isNotEmpty()
                    .allSatisfy(ForeignTextIT::assertIsHarmless);
        }
    }

    private static void update(String database, String sql) throws SQLException {
        try (Connection connection = Databases.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= sql.chars().filter(c -> c == '?').count(); i++) {
                statement.setString(i, HOSTILE);
            }
            statement.executeUpdate();
        }
    }

    @Test
    void saysWhatIsWrongInOneLine() throws IOException, SQLException {
        Path odd = Files.createDirectories(directory.resolve("odd"));
        Files.write(odd.resolve(HOSTILE + ".bson"), document(new BsonInt32(1)));
        Path broken = directory.resolve(HOSTILE + "users.bson");
        Files.write(broken, new byte[] {100, 0, 0, 0, 16, 'a'});
        Files.createDirectories(directory.resolve("several/" + BIDI));
        Files.write(directory.resolve("several/" + BIDI + "/a.bson"), document(new BsonInt32(1)));
        Files.createDirectories(directory.resolve("several/b"));
        Files.write(directory.resolve("several/b/a.bson"), document(new BsonInt32(1)));
        List<List<String>> wrong = List.of(
                List.of("run", "--source", "odd", "--target", target),
                List.of("run", "--source", broken.toString(), "--target", target),
                List.of("run", "--source", "several", "--target", target),
                List.of("run", "--source", "several", "--database", HOSTILE, "--target", target),
                List.of("run", "--source", HOSTILE, "--target", target),
                List.of("run", "--source", "dump", "--target", HOSTILE),
                List.of("run", "--source", "dump", "--target", "postgresql://" + BIDI + "@localhost:1/" + BIDI),
                List.of("run", "--source", "dump", "--target", target, "--collections", HOSTILE),
                List.of("run", "--source", "dump", "--target", target, "--ids", "{" + HOSTILE),
                List.of("run", "--source", "dump", "--target", target, "--max-rejects", HOSTILE),
                List.of("run", "--source", "dump", "--target", target, "--overlap", HOSTILE),
                List.of("run", "--source", "dump", "--target", target, "--limit", HOSTILE),
                List.of("run", "--source", "dump", "--target", target, "--report", HOSTILE + "/x"),
                List.of("run", "--source", "dump", "--target", target, "--target-password-file", HOSTILE),
                List.of("run", "--source", "dump", "--target", target, "--" + HOSTILE),
                List.of("status", "--target", "embedded:" + HOSTILE),
                List.of("rejects", "list", "--codes", HOSTILE, "--target", target),
                List.of(HOSTILE),
                List.of("status", "--config", HOSTILE));
        for (List<String> args : wrong) {
            for (String format : List.of("text", "json")) {
                List<String> all = new ArrayList<>(args);
                if (!args.get(0).equals(HOSTILE)) {
                    all.addAll(List.of("--log-format", format));
                }
                Result result = etl(all.toArray(String[]::new));
                assertThat(result.exitCode()).as(String.join(" ", all)).isBetween(2, 4);
                if (format.equals("text") && !args.contains("--config")) {
                    result.errorLine();
                }
                all.addAll(List.of("--log-level", "debug"));
                etl(all.toArray(String[]::new));
            }
        }
    }

    @Test
    void readsAConfigurationOfOthers() throws IOException {
        Path place = Files.createDirectories(directory.resolve("configured"));
        String yaml = "\"collections\": \"" + json(BIDI) + "\"\n\"" + json(HOSTILE) + "\": 1\n";
        Files.writeString(place.resolve("etl.yaml"), yaml);
        Result wrong = etl(Etl.in(place), "config");
        assertThat(wrong.exitCode()).isEqualTo(2);
        Files.writeString(place.resolve("etl.yaml"), "report: \"" + json(HOSTILE) + ".html\"\n");
        for (String output : List.of("text", "json")) {
            assertThat(etl(Etl.in(place), "config", "--output", output).exitCode())
                    .isZero();
        }
    }

    /** In YAML's double quotes, whose escapes are those of JSON. */
    private static String json(String text) {
        return ForeignText.printable(text);
    }

    @Test
    void theLogOfAProgramIsReadAsItIsWritten() {
        Result result = etl("run", "--source", "odd-" + HOSTILE, "--target", target, "--log-format", "json");
        assertThat(result.err().lines().map(JsonMapper.shared()::readTree))
                .allSatisfy(line -> assertIsHarmless(line.get("message").asString()));
    }
}
