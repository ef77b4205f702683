package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.source.dump.DumpWriter;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a heap of 256 MB must do, in a process that has no more. */
@Tag("long")
final class SmallHeapIT {

    private static final int LARGEST = 16 << 20;

    @TempDir
    Path directory;

    private final Database database = Shop.alone(Bookshop.database());

    @Test
    void loadsDocumentsOf16MBWithSeveralWriters() throws Exception {
        heavy("authors", 6, false);
        write("books", 0, 0);
        write("employees", 0, 0);

        assertThat(process(256, 4, "first")).contains("inserted=6");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    @Tag("slow")
    void loadsThirtyDocumentsOf16MB(int writers) throws Exception {
        heavy("authors", 30, false);
        write("books", 0, 0);
        write("employees", 0, 0);

        assertThat(process(256, writers, "first", "run", "plan", "verify")).contains("COMPLETED");
    }

    @Test
    @Tag("slow")
    void storesExportsAndRetriesRejectsOf15MB() throws Exception {
        heavy("authors", 40, true);
        write("books", 0, 0);
        write("employees", 0, 0);

        assertThat(process(256, 2, "run", "export", "retry", "verify")).contains("export {authors=40}");
    }

    @Test
    @Tag("slow")
    void countsFortyNamesOf12MBAndHundredThousandShortOnes() throws Exception {
        try (DumpWriter out = DumpWriter.create(directory.resolve("authors.bson"))) {
            for (int i = 0; i < 40; i++) {
                out.write(Bson.bytes(new BsonDocument("_id", new BsonInt32(i))
                        .append("name", new BsonString("A"))
                        .append(i + "n".repeat(12_000_000), BsonNull.VALUE)));
            }
            for (int i = 0; i < 100_000; i++) {
                out.write(Bson.bytes(new BsonDocument("_id", new BsonInt32(100 + i))
                        .append("name", new BsonString("A"))
                        .append("field" + i, BsonNull.VALUE)));
            }
        }
        write("books", 0, 0);
        write("employees", 0, 0);

        assertThat(process(256, 2, "run", "plan", "verify")).contains("inserted=100040");
    }

    @Test
    @Tag("slow")
    void storesExportsAndRetriesAMillionRejects() throws Exception {
        try (DumpWriter out = DumpWriter.create(directory.resolve("authors.bson"))) {
            for (int i = 0; i < 1_000_000; i++) {
                out.write(Bson.bytes(new BsonDocument("_id", new BsonInt32(i)).append("name", BsonNull.VALUE)));
            }
        }
        write("books", 0, 0);
        write("employees", 0, 0);

        assertThat(process(256, 2, "run", "export", "retry", "verify"))
                .contains("rejected=1000000", "export {authors=1000000}");
    }

    private void write(String collection, int from, int to) throws IOException {
        try (DumpWriter out = DumpWriter.create(directory.resolve(collection + ".bson"))) {
            for (int i = from; i < to; i++) {
                out.write(
                        Bson.bytes(new BsonDocument("_id", new BsonInt32(i)).append("name", new BsonString("A" + i))));
            }
        }
    }

    /** Names of the largest size that a document can have; what is rejected has its bytes in a field beside it. */
    private void heavy(String collection, int documents, boolean rejected) throws IOException {
        Files.deleteIfExists(directory.resolve(collection + ".bson"));
        String text = "x".repeat(LARGEST - 200);
        try (DumpWriter out = DumpWriter.create(directory.resolve(collection + ".bson"))) {
            for (int i = 0; i < documents; i++) {
                BsonDocument document = new BsonDocument("_id", new BsonInt32(i));
                document.append("name", rejected ? BsonNull.VALUE : new BsonString(text));
                if (rejected) {
                    document.append("rest", new BsonString(text));
                }
                out.write(Bson.bytes(document));
            }
        }
    }

    private String process(int megabytes, int writers, String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                HeavyLoader.class.getName(),
                directory.toString(),
                String.valueOf(writers)));
        command.addAll(List.of(what));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(Database.ADDRESS, database.address());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        System.out.println(out);
        return out;
    }
}
