package io.docrows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.PipelineProvider;
import io.docrows.cli.program.Program;
import io.docrows.cli.testing.CommandLine;
import io.docrows.cli.testing.CommandLine.Result;
import io.docrows.cli.testing.LibraryPipeline;
import io.docrows.embedded.PostgresServer;
import io.docrows.error.DocrowsException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every command, for a pipeline that this module knows nothing of. The shipped one is not on the class path. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AnyPipelineIT {

    private static PostgresServer server;

    @TempDir
    Path directory;

    private CommandLine etl;

    @BeforeAll
    static void start() {
        server = PostgresServer.temporary();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void writeADump() throws IOException {
        dump("readers", "{_id: 1, name: 'Ada'}", "{_id: 2, name: 'Bob'}", "{_id: 3}");
        dump("loans", "{_id: 'a', title: 'Solaris', reader: 1}", "{_id: 'b', title: 'Kafka', reader: 9}");
        etl = etl(List.of(new LibraryPipeline()));
    }

    private CommandLine etl(List<PipelineProvider> pipelines) {
        return new CommandLine(
                directory, Map.of("DB_URL_MONGO", "dump", "DB_URL_PSQL", server.connectionUri()), pipelines);
    }

    private void dump(String collection, String... documents) throws IOException {
        Path dump = Files.createDirectories(directory.resolve("dump"));
        try (OutputStream out = Files.newOutputStream(dump.resolve(collection + ".bson"))) {
            for (String json : documents) {
                RawBsonDocument bson = new RawBsonDocument(BsonDocument.parse(json), new BsonDocumentCodec());
                out.write(
                        bson.getByteBuffer().array(),
                        bson.getByteBuffer().asNIO().position(),
                        bson.getByteBuffer().remaining());
            }
        }
    }

    private static Result ended(Result result, int exitCode) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    @Test
    @Order(1)
    void migratesPlansRunsVerifiesAndShows() throws SQLException {
        ended(etl.run("migrate"), 0);
        assertThat(ended(etl.run("plan"), 1).out()).contains("readers", "loans", "MISSING_VALUE");
        assertThat(ended(etl.run("run"), 1).out()).contains("readers", "loans", "MISSING_REFERENCE");
        assertThat(ended(etl.run("verify", "--accept-rejects"), 0).out()).contains("readers");
        assertThat(ended(etl.run("tables"), 0).out()).contains("readers", "loans", "schema version 1");
        assertThat(ended(etl.run("status"), 0).out()).contains("library");
        assertThat(ended(etl.run("tables", "--output", "json"), 0).out()).contains("\"pipeline\":\"library\"");
        assertThat(rows()).isEqualTo("2 readers, 1 loans");
    }

    @Test
    @Order(2)
    void worksThroughRejects() throws IOException, SQLException {
        assertThat(ended(etl.run("rejects", "list"), 0).out()).contains("MISSING_REFERENCE", "loans");
        assertThat(ended(etl.run("rejects", "show", "1"), 0).out()).contains("readers");
        dump("readers", "{_id: 1, name: 'Ada'}", "{_id: 2, name: 'Bob'}", "{_id: 9, name: 'Eve'}");
        ended(etl.run("run", "--collections", "readers"), 0);
        ended(etl.run("rejects", "retry", "--collections", "loans"), 0);
        assertThat(rows()).isEqualTo("3 readers, 2 loans");
        ended(etl.run("rejects", "export", "out"), 0);
        ended(etl.run("rejects", "discard", "--all", "--yes"), 0);
    }

    @Test
    void showsItsSettings() {
        assertThat(ended(etl.run("config"), 0).out()).contains("DB_URL_MONGO");
    }

    @Test
    void saysWhichCollectionsThereAre() {
        assertThat(ended(etl.run("run", "--collections", "gulls"), 2).err()).contains("readers, loans");
    }

    @Test
    void asksForOneOfSeveralPipelines() {
        CommandLine several = etl(List.of(new LibraryPipeline("north"), new LibraryPipeline("south")));

        assertThat(ended(several.run("tables"), 2).err())
                .contains("there are several pipelines; name one with --pipeline: north, south");
        assertThat(ended(several.run("tables", "--pipeline", "east"), 2).err())
                .contains("\"east\"", "choose from north, south");
    }

    @Test
    void takesThePipelineAndItsSettingsFromTheFile() throws IOException {
        Files.writeString(directory.resolve("etl.yaml"), """
            pipeline: north
            run:
              batch-size: 100
            pipelines:
              north:
                run:
                  batch-size: 10
              south:
                batch-size: 20
            """);
        CommandLine several = etl(List.of(new LibraryPipeline("north"), new LibraryPipeline("south")));

        assertThat(ended(several.run("config"), 0).out()).containsPattern("run.batch-size +10 ");
        assertThat(ended(several.run("config", "--pipeline", "south"), 0).out()).containsPattern("batch-size +20 ");
        assertThat(ended(
                                etl(List.of(new LibraryPipeline("north"), new LibraryPipeline("west")))
                                        .run("config"),
                                2)
                        .err())
                .contains("etl.yaml:8: pipelines.south: is not a pipeline of this program; choose from north, west");
    }

    @Test
    void needsAPipeline() {
        assertThat(ended(etl(List.of()).run("tables"), 2).err())
                .contains("META-INF/services/io.docrows.PipelineProvider");
        assertThatThrownBy(() -> Program.of(List.of(new LibraryPipeline(), new LibraryPipeline())))
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("two pipelines have the name library");
    }

    @Test
    void hasNoSamplesOfItsOwn() {
        assertThat(ended(etl.run("run", "--source", "embedded"), 2).err())
                .contains("this program has no sample documents");
    }

    private static String rows() throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement();
                java.sql.ResultSet rows = statement.executeQuery(
                        "SELECT (SELECT count(*) FROM readers) || ' readers, ' || (SELECT count(*) FROM loans) || '"
                                + " loans'")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
