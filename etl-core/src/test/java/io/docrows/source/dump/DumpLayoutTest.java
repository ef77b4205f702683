package io.docrows.source.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which paths are dumps, what they hold, and what is said of the others. */
final class DumpLayoutTest {

    private static final byte[] ONE = DumpFiles.joined(DumpFiles.others());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void aPathThatIsNotThere() {
        fails(root.resolve("nowhere"), ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("There is no dump at")
                .hasMessageContaining("Give a mongodump directory");
    }

    @Test
    void directoriesWithoutDocuments() throws IOException {
        fails(root, ErrorCode.SOURCE_UNAVAILABLE).hasMessageContaining("holds no .bson file");
        DumpFiles.write(root.resolve("shop/users.metadata.json"), new byte[0]);
        DumpFiles.write(root.resolve("notes.txt"), new byte[0]);
        fails(root, ErrorCode.SOURCE_UNAVAILABLE).hasMessageContaining("holds no .bson file");
        fails(root.resolve("notes.txt"), ErrorCode.SOURCE_UNAVAILABLE).hasMessageContaining("neither BSON nor");
        Files.write(root.resolve("log.gz"), DumpFiles.gzip(new byte[100]));
        fails(root.resolve("log.gz"), ErrorCode.SOURCE_UNAVAILABLE).hasMessageContaining("neither BSON nor");
    }

    @Test
    void oneDatabaseBesideThoseOfTheServer() {
        DumpFiles.write(root.resolve("dump/admin/system.version.bson"), ONE);
        DumpFiles.write(root.resolve("dump/config/settings.bson"), ONE);
        DumpFiles.write(root.resolve("dump/gigs/users.bson"), ONE);
        DumpFiles.write(root.resolve("dump/oplog.bson"), ONE);
        assertThat(DumpSource.open(root.resolve("dump")).collections()).containsExactly("users");
        assertThat(DumpSource.open(root.resolve("dump"), "config").collections())
                .containsExactly("settings");
        assertThat(DumpSource.open(root.resolve("dump/gigs"), "gigs").collections())
                .containsExactly("users");
        assertThatThrownBy(() -> DumpSource.open(root.resolve("dump"), "gig"))
                .hasMessageContaining("does not hold the database \"gig\"")
                .hasMessageContaining("gigs");
        assertThatThrownBy(() -> DumpSource.open(root.resolve("dump/gigs"), "shop"))
                .hasMessageContaining("is that of the database \"gigs\"");
    }

    @Test
    void severalDatabases() {
        DumpFiles.write(root.resolve("gigs/users.bson"), ONE);
        DumpFiles.write(root.resolve("shop/items.bson.gz"), DumpFiles.gzip(ONE));
        fails(root, ErrorCode.INVALID_OPTION)
                .hasMessageContaining("several databases: gigs, shop")
                .hasMessageContaining(root.resolve("gigs").toString());
        assertThat(DumpSource.open(root, "shop").collections()).containsExactly("items");
    }

    @Test
    void severalDatabasesInAnArchive() {
        byte[] archive = new ArchiveFile()
                .collection("gigs", "users")
                .collection("shop", "items")
                .terminator()
                .block("gigs", "users", DumpFiles.others())
                .block("shop", "items", DumpFiles.others().subList(0, 1))
                .end("gigs", "users")
                .end("shop", "items")
                .bytes();
        Path file = DumpFiles.write(root.resolve("all.archive"), archive);
        fails(file, ErrorCode.INVALID_OPTION).hasMessageContaining("several databases: gigs, shop");
        assertThat(DumpSource.open(file, "shop").collections()).containsExactly("items");
        assertThatThrownBy(() -> DumpSource.open(file, "none")).hasMessageContaining("gigs, shop");
    }

    @Test
    void viewsAndTimeSeriesOfOlderArchives() {
        byte[] archive = new ArchiveFile()
                .collection("shop", "items", "", "{\"options\":{}}")
                .collection("shop", "view", "", "{\"options\":{\"viewOn\":\"items\",\"pipeline\":[]}}")
                .collection("shop", "weather", "timeseries", "not read")
                .collection("shop", "odd", "", "not JSON")
                .collection("", "oplog", "", "")
                .terminator()
                .end("shop", "items")
                .end("shop", "odd")
                .bytes();
        Path file = DumpFiles.write(root.resolve("a"), archive);
        assertThat(DumpSource.open(file).collections()).containsExactly("items", "odd");
        assertThat(DumpFiles.read(file, "items").documents()).isEmpty();
        assertThat(DumpFiles.read(file, "items").error()).isEmpty();
        byte[] none = new ArchiveFile().terminator().bytes();
        fails(DumpFiles.write(root.resolve("b"), none), ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("holds no collection");
    }

    @Test
    void singleFiles() {
        Path plain = DumpFiles.write(root.resolve("users.bson"), ONE);
        assertThat(DumpSource.open(plain).collections()).containsExactly("users");
        assertThat(DumpSource.open(plain, "any").collections()).containsExactly("users");
        assertThat(DumpFiles.read(plain, "users").documents()).hasSize(3);
        Path gzip = DumpFiles.write(root.resolve("gigs.bson.gz"), DumpFiles.gzip(ONE));
        assertThat(DumpFiles.read(gzip, "gigs").documents()).hasSize(3);
        Path misnamed = DumpFiles.write(root.resolve("packed.bson"), DumpFiles.gzip(ONE));
        assertThat(DumpFiles.read(misnamed, "packed").documents()).hasSize(3);
        Path empty = DumpFiles.write(root.resolve("empty.bson"), new byte[0]);
        assertThat(DumpFiles.read(empty, "empty").documents()).isEmpty();
        assertThat(DumpSource.open(empty).estimatedCount("empty")).hasValue(0);
        assertThat(DumpSource.open(gzip).estimatedCount("gigs")).isEmpty();
        Path notGzip = DumpFiles.write(root.resolve("plain.bson.gz"), ONE);
        assertThat(DumpFiles.read(notGzip, "plain").error()).contains("this is not gzip data");
    }

    @Test
    void aPlainFileThatBeginsLikeGzip() {
        byte[] large = DumpFiles.documentOf(0x088b1f);
        assertThat(large[0]).isEqualTo((byte) 0x1f);
        assertThat(large[1]).isEqualTo((byte) 0x8b);
        Path file = DumpFiles.write(root.resolve("large.bson"), large);
        DumpFiles.Outcome outcome = DumpFiles.read(file, "large");
        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.documents()).hasSize(1);
    }

    @Test
    void aCollectionTwice() {
        DumpFiles.write(root.resolve("users.bson"), ONE);
        DumpFiles.write(root.resolve("users.bson.gz"), DumpFiles.gzip(ONE));
        fails(root, ErrorCode.INVALID_OPTION).hasMessageContaining("twice");
    }

    @Test
    void namesThatMongodumpEncodes() {
        assertThat(DumpDirectory.collectionOf("a%2Fb.bson")).isEqualTo("a/b");
        assertThat(DumpDirectory.collectionOf("%C3%A9.bson.gz")).isEqualTo("é");
        assertThat(DumpDirectory.collectionOf("a+b.bson")).isEqualTo("a+b");
        assertThat(DumpDirectory.collectionOf("100%.bson")).isEqualTo("100%");
        assertThat(DumpDirectory.collectionOf("a%zz.bson")).isEqualTo("a%zz");
    }

    @Test
    void manyCollectionsAreNotAllListed() {
        List<String> names = new ArrayList<>();
        for (int i = 10; i < 25; i++) {
            DumpFiles.write(root.resolve("c" + i + ".bson"), ONE);
            names.add("c" + i);
        }
        assertThatThrownBy(() -> DumpSource.open(root).estimatedCount("zebra"))
                .isInstanceOfSatisfying(
                        DocrowsException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_COLLECTION_MISSING))
                .hasMessageContaining(String.join(", ", names.subList(0, 10)) + " and 5 more.")
                .hasMessageNotContaining("mean");
        assertThat(DumpSource.open(root).description()).isEqualTo("dump:" + root);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> fails(Path path, ErrorCode code) {
        return assertThatThrownBy(() -> DumpSource.open(path))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageNotContaining("\n");
    }
}
