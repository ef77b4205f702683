package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.docrows.ConnectedPipeline;
import io.docrows.error.DocrowsException;
import io.docrows.gigs.GigsPipeline;
import io.docrows.history.RunHistory;
import io.docrows.reject.Rejects;
import io.docrows.run.RejectFilter;
import io.docrows.run.RetryOptions;
import io.docrows.run.RunOptions;
import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.dump.DumpWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is printed and logged, over runs that end well and badly, searched for planted secrets and values.
 */
@Tag("long")
final class SecrecyIT {

    private static final String SECRET = "pLanted-secret";

    /** Part of every value of the documents, except for _ids. */
    private static final String VALUE = "pLanted-value";

    private static final Databases DATABASES = new Databases();

    @TempDir
    static Path directory;

    private static String target = "";
    private static int printed;

    @BeforeAll
    static void plant() throws SQLException, IOException {
        Databases.execute(
                DATABASES.address("postgres"),
                "CREATE ROLE pia LOGIN PASSWORD '" + SECRET + "'",
                "CREATE DATABASE pias OWNER pia");
        DATABASES.requirePassword("pia");
        Files.writeString(directory.resolve("password"), SECRET);
        target = "postgresql://pia:" + SECRET + "@localhost:" + DATABASES.port() + "/pias";
        write("users", users());
        write("gigs", List.of("{_id: 1, name: '" + VALUE + "', state: '" + VALUE + "'}"));
    }

    /** Sound, and refused by the mapping, a unique constraint, a check, and a trigger, each quoting what it can. */
    private static List<String> users() {
        List<String> users = new ArrayList<>();
        users.add("{_id: 1, name: 'A " + VALUE + "', email: '" + VALUE + "@example.com', other: '" + VALUE + "'}");
        users.add("{_id: 2, name: 'B " + VALUE + "', email: '" + VALUE + "@example.com'}");
        users.add("{_id: 3, name: 'C " + VALUE + "', email: '" + VALUE + "'}");
        users.add("{_id: 4, name: 'D\\u0000 " + VALUE + "'}");
        users.add("{_id: 5, name: {x: '" + VALUE + "'}}");
        users.add("{_id: 6, name: 'check " + VALUE + "'}");
        users.add("{_id: 7, name: 'trigger " + VALUE + "'}");
        users.add("{_id: 8, name: 'E " + VALUE + "', created: '" + VALUE + "'}");
        users.add("{_id: 9, name: 'F " + VALUE + "', skills: ['" + VALUE + "']}");
        return users;
    }

    private static void write(String collection, List<String> documents) throws IOException {
        Path dump = Files.createDirectories(directory.resolve("dump"));
        try (DumpWriter writer = DumpWriter.create(dump.resolve(DumpWriter.fileName(collection, false)))) {
            for (String json : documents) {
                BasicOutputBuffer buffer = new BasicOutputBuffer();
                new BsonDocumentCodec()
                        .encode(
                                new BsonBinaryWriter(buffer),
                                BsonDocument.parse(json),
                                EncoderContext.builder().build());
                writer.write(buffer.toByteArray());
            }
        }
    }

    @AfterAll
    static void stop() {
        DATABASES.close();
        System.out.println(printed + " characters of output searched for planted secrets and values");
    }

    private static void assertKeepsQuiet(String output) {
        printed += output.length();
        assertThat(output).doesNotContain(SECRET).doesNotContainIgnoringCase(VALUE);
        // As bytes, too: a document that is shown in hexadecimal is shown.
        assertThat(output.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(java.util.HexFormat.of().formatHex(VALUE.getBytes(StandardCharsets.UTF_8)));
    }

    /** Runs a command that tells as much as it can. */
    private static void run(int exitCode, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        boolean json = all.contains("json");
        all.addAll(List.of("--log-level", json ? "debug" : "trace", "--log-format", json ? "json" : "text"));
        Result result = Etl.in(directory).with("PGPASSWORD", SECRET).run(all.toArray(String[]::new));
        assertKeepsQuiet(result.out() + result.err());
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    }

    private static void asOwner(String... statements) throws SQLException {
        Databases.execute(DATABASES.address("pias"), statements);
    }

    private static void trigger(String sqlState) throws SQLException {
        asOwner(
                "CREATE OR REPLACE FUNCTION quote() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.name LIKE 'trigger%'"
                        + " THEN RAISE EXCEPTION 'not %', NEW.name USING ERRCODE = '" + sqlState
                        + "', DETAIL = NEW.name; END IF; RETURN NEW; END $$",
                "DROP TRIGGER IF EXISTS quote ON users",
                "CREATE TRIGGER quote BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION quote()");
    }

    @Test
    void noCommandShowsThem() throws SQLException, IOException {
        run(0, "migrate", "--target", target);
        asOwner("ALTER TABLE users ADD CONSTRAINT named CHECK (name NOT LIKE 'check%')");
        trigger("P0001");
        for (String output : new String[] {"text", "json"}) {
            run(1, "run", "--source", "dump", "--target", target, "--output", output);
            run(0, "status", "--target", target, "--output", output);
            run(0, "tables", "--target", target, "--output", output);
            run(0, "rejects", "list", "--limit", "100", "--target", target, "--output", output);
            for (int number = 1; number <= 3; number++) {
                run(0, "rejects", "show", String.valueOf(number), "--target", target, "--output", output);
            }
            run(1, "rejects", "retry", "--target", target, "--output", output);
            run(2, "rejects", "discard", "--all", "--target", target, "--output", output);
            run(5, "run", "--source", "dump", "--target", target, "--max-rejects", "1", "--output", output);
            run(4, "run", "--source", "dump", "--target", target.replace("pias", "nowhere"), "--output", output);
            run(4, "run", "--source", "dump", "--target", target.replace("pia:", "pia:x"), "--output", output);
            run(2, "run", "--source", "dump", "--traget", target, "--output", output);
            run(2, "run", "--source", "mongodb://m:" + SECRET + "@h:x/y", "--target", target, "--output", output);
            run(2, "status", "--target", target, "--target-password-file", "password", "--output", output);
        }
        run(
                3,
                "run",
                "--source",
                "mongodb://m:" + SECRET + "@localhost:1/y?serverSelectionTimeoutMS=200",
                "--target",
                target);

        // What is repeated because it was not understood: addresses in the wrong place, or mistyped, and passwords.
        String address = "m:" + SECRET + "@h/y";
        run(2, "run", "--source", "mongodb//" + address, "--target", target);
        run(2, "run", "--source", "mongodb:/" + address, "--target", target);
        run(2, "run", "--source", "dump", "--target", target, "--collections", "mongodb://" + address);
        run(2, "run", "--source", "dump", "--target", target, "--limit", SECRET);
        run(2, "run", "--source", "dump", "--target", target, "--overlap", SECRET);
        run(2, "run", "--source", "dump", "--target", target, "--max-rejects=" + SECRET);
        run(2, "mongodb://" + address);
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "target-password-file: *" + SECRET + "\n");
        run(2, "status", "--config", wrong.toString());

        // What ends the run, and quotes a row: a failure that is no document's fault.
        for (String sqlState : List.of("XX000", "42501", "57014")) {
            trigger(sqlState);
            run(4, "run", "--source", "dump", "--target", target, "--force");
        }
        asOwner("DROP TRIGGER quote ON users");
    }

    @Test
    void theLibraryLogsNothingOfThemHoweverMuchIsLogged() throws SQLException {
        String database = DATABASES.create();
        Etl.in(directory).run("migrate", "--target", database);
        DataSource connections = Databases.dataSource(database);
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
        // Its log at this level is its protocol, with every document in it; that is the service's own choice.
        context.getLogger("org.mongodb").setLevel(Level.INFO);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender(context, logged));
        try (DocumentSource source = DumpSource.open(directory.resolve("dump"))) {
            ConnectedPipeline pipeline = GigsPipeline.pipeline().source(source).target(connections);
            pipeline.run(RunOptions.defaults());
            pipeline.retryRejects(RetryOptions.defaults());
            RunHistory.of(connections).runs(5);
            Rejects rejects = Rejects.of(connections, "gigs");
            rejects.list(RejectFilter.ALL, 100).forEach(reject -> rejects.document(reject.number()));
            rejects.exportDirectory(RejectFilter.ALL, directory.resolve("library"), false);
            Databases.execute(database, "ALTER TABLE users DROP COLUMN name");
            StringWriter trace = new StringWriter();
            try {
                pipeline.run(RunOptions.defaults());
            } catch (DocrowsException e) {
                e.printStackTrace(new PrintWriter(trace));
            }
            assertThat(trace.toString()).contains("\tat ");
            assertKeepsQuiet(trace.toString());
        } finally {
            context.reset();
        }
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("DEBUG");
        assertKeepsQuiet(logged.toString(StandardCharsets.UTF_8));
    }

    private static OutputStreamAppender<ILoggingEvent> appender(LoggerContext context, ByteArrayOutputStream out) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d %-5level %logger %msg%n%ex");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(out);
        appender.start();
        return appender;
    }
}
