package io.docrows.source.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
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
                .hasMessageContaining("No dump exists at")
                .hasMessageContaining("Give a mongodump directory");
    }

    @Test
    void directoriesWithoutDocuments() throws IOException {
        fails(root, ErrorCode.SOURCE_UNAVAILABLE).hasMessageContaining("contains no .bson file");
        DumpFiles.write(root.resolve("shop/users.metadata.json"), new byte[0]);
        DumpFiles.write(root.resolve("notes.txt"), new byte[0]);
        fails(root, ErrorCode.SOURCE_UNAVAILABLE).hasMessageContaining("contains no .bson file");
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
                .hasMessageContaining("does not contain the database \"gig\"")
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
                .hasMessageContaining("contains no collection");
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
    void aSpaceAndAPlusSideBySide() {
        DumpFiles.write(root.resolve("a+b.bson"), ONE);
        DumpFiles.write(
                root.resolve("a%2Bb.bson"), DumpFiles.joined(DumpFiles.others().subList(0, 1)));
        DumpFiles.write(root.resolve("a%2Fb.bson"), new byte[0]);
        assertThat(DumpSource.open(root).collections()).containsExactly("a b", "a+b", "a/b");
        assertThat(DumpFiles.read(root, "a b").documents()).hasSize(3);
        assertThat(DumpFiles.read(root, "a+b").documents()).hasSize(1);
    }

    @Test
    void namesThatMongodumpCuts() {
        String name = "ünïcödé ".repeat(20);
        String other = name + "!";
        String third = name + "?";
        for (String one : List.of(name, other, third)) {
            DumpFiles.write(root.resolve(DumpWriter.fileName(one, false)), ONE);
        }
        describe(name, "{\"options\":{},\"indexes\":[],\"collectionName\":\"" + name + "\"}");
        describe(other, "not JSON");
        assertThat(DumpSource.open(root).collections()).hasSize(3).contains(name);
        for (String one : List.of(name, other, third)) {
            assertThat(DumpFiles.read(root, one).documents()).as(one).hasSize(3);
        }
        fails(() -> DumpFiles.read(root, name + "."), ErrorCode.SOURCE_COLLECTION_MISSING);
        Path file = root.resolve(DumpWriter.fileName(name, false));
        assertThat(DumpSource.open(file).collections()).containsExactly(name);
    }

    @Test
    void compressedBytesUnderAPlainName() {
        DumpFiles.write(root.resolve("shop/items.bson"), DumpFiles.gzip(ONE));
        assertThat(DumpFiles.read(root.resolve("shop"), "items").documents()).hasSize(3);
        DumpFiles.write(
                root.resolve("shop/all.bson"), new ArchiveFile().terminator().bytes());
        fails(() -> DumpFiles.read(root, "all"), ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("all.bson is an archive");
    }

    @Test
    void whatMacOsLeavesBesideFiles() {
        byte[] attributes = new byte[82];
        attributes[1] = 5;
        attributes[2] = 0x16;
        attributes[3] = 7;
        DumpFiles.write(root.resolve("shop/items.bson"), ONE);
        DumpFiles.write(root.resolve("shop/._items.bson"), attributes);
        DumpFiles.write(root.resolve("shop/._items.metadata.json"), attributes);
        DumpFiles.write(root.resolve("__MACOSX/._items.bson"), attributes);
        DumpFiles.write(root.resolve("shop/._real.bson"), ONE);
        assertThat(DumpSource.open(root).collections()).containsExactly("._real", "items");
    }

    @Test
    void aStrayFileInTheRoot() {
        DumpFiles.write(root.resolve("dump/shop/items.bson"), ONE);
        DumpFiles.write(root.resolve("dump/stray.bson"), ONE);
        Path dump = root.resolve("dump");
        fails(dump, ErrorCode.INVALID_OPTION).hasMessageContaining("Name the database to read: shop, or dump");
        assertThat(DumpSource.open(dump, "shop").collections()).containsExactly("items");
        assertThat(DumpSource.open(dump, "dump").collections()).containsExactly("stray");

        DumpFiles.write(root.resolve("dump/shop/items.metadata.json"), new byte[0]);
        assertThat(DumpSource.open(dump).collections()).containsExactly("items");
        fails(() -> DumpFiles.read(dump, "stray"), ErrorCode.SOURCE_COLLECTION_MISSING);
    }

    @Test
    void copiesWithinADatabaseAreNotTakenForIt() {
        DumpFiles.write(root.resolve("shop/items.bson"), ONE);
        DumpFiles.write(root.resolve("shop/items.metadata.json"), new byte[0]);
        DumpFiles.write(root.resolve("shop/old/items.bson"), new byte[0]);
        assertThat(DumpFiles.read(root.resolve("shop"), "items").documents()).hasSize(3);
    }

    @Test
    void aViewIsToldAsSuch() {
        DumpFiles.write(root.resolve("items.bson"), ONE);
        describe("cheap", "{\"options\":{\"viewOn\":\"items\",\"pipeline\":[]},\"type\":\"view\"}");
        describe("shown", "{\"options\":{},\"collectionName\":\"shown\",\"type\":\"view\"}");
        DumpFiles.write(root.resolve("shown.bson"), ONE);
        fails(() -> DumpFiles.read(root, "cheap"), ErrorCode.SOURCE_COLLECTION_MISSING)
                .hasMessageContaining("\"cheap\" in dump:" + root + " is a view");
        assertThat(DumpFiles.read(root, "shown").documents()).hasSize(3);
    }

    @Test
    void aTimeSeriesIsToldAsSuch() {
        DumpFiles.write(root.resolve("items.bson"), ONE);
        DumpFiles.write(root.resolve("system.buckets.weather.bson"), ONE);
        DumpFiles.write(root.resolve("new+buckets.bson"), ONE);
        DumpFiles.write(
                root.resolve("new+buckets.metadata.json.gz"),
                DumpFiles.gzip("{\"options\":{\"timeseries\":{\"timeField\":\"t\"}}}".getBytes(UTF_8)));
        assertThat(DumpSource.open(root).collections()).containsExactly("items");
        for (String name : List.of("weather", "new buckets")) {
            fails(() -> DumpFiles.read(root, name), ErrorCode.SOURCE_COLLECTION_MISSING)
                    .hasMessageContaining("is a time-series collection");
        }
    }

    @Test
    void viewsAndTimeSeriesOfAnArchiveAreToldAsSuch() {
        byte[] archive = new ArchiveFile()
                .collection("shop", "items")
                .collection("shop", "cheap", "view", "{\"options\":{\"viewOn\":\"items\"},\"type\":\"view\"}")
                .collection("shop", "shown", "view", "{\"options\":{},\"type\":\"view\"}")
                .collection("shop", "weather", "timeseries", "{\"options\":{\"timeseries\":{}}}")
                .terminator()
                .end("shop", "cheap")
                .block("shop", "shown", DumpFiles.others())
                .block("shop", "system.buckets.weather", DumpFiles.others())
                .end("shop", "shown")
                .end("shop", "system.buckets.weather")
                .end("shop", "items")
                .bytes();
        Path file = DumpFiles.write(root.resolve("a"), archive);
        assertThat(DumpFiles.read(file, "items").error()).isEmpty();
        assertThat(DumpFiles.read(file, "shown").documents()).hasSize(3);
        fails(() -> DumpFiles.read(file, "cheap"), ErrorCode.SOURCE_COLLECTION_MISSING)
                .hasMessageContaining("is a view");
        fails(() -> DumpFiles.read(file, "weather"), ErrorCode.SOURCE_COLLECTION_MISSING)
                .hasMessageContaining("is a time-series collection");
    }

    @Test
    void aFileThatIsNoneIsToldWhenItIsWanted() throws IOException {
        DumpFiles.write(root.resolve("items.bson"), ONE);
        Files.createSymbolicLink(root.resolve("lost.bson"), root.resolve("nowhere"));
        Files.createSymbolicLink(root.resolve("null.bson"), Path.of("/dev/null"));
        assertThat(DumpFiles.read(root, "items").documents()).hasSize(3);
        fails(() -> DumpFiles.read(root, "lost"), ErrorCode.SOURCE_UNAVAILABLE).hasMessageContaining("is not there");
        fails(() -> DumpFiles.read(root, "null"), ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("is not a regular file");
    }

    @Test
    void thousandsOfCollections() throws IOException {
        manyCollections(2_000);
    }

    @Test
    @Tag("slow")
    void aHundredThousandCollections() throws IOException {
        manyCollections(100_000);
    }

    private void manyCollections(int count) throws IOException {
        ArchiveFile archive = new ArchiveFile();
        Path shop = Files.createDirectory(root.resolve("shop"));
        String padding = "é".repeat(20);
        for (int i = 0; i < count; i++) {
            Files.createFile(shop.resolve(DumpWriter.fileName(padding + i, false)));
            archive.collection("shop", padding + i);
        }
        archive.terminator();
        for (int i = 0; i < count; i++) {
            archive.end("shop", padding + i);
        }
        Path file = DumpFiles.write(root.resolve("a"), archive.bytes());
        for (Path dump : List.of(shop, file)) {
            assertThat(DumpSource.open(dump).collections()).hasSize(count);
            assertThat(DumpFiles.read(dump, padding + 7).error()).isEmpty();
            fails(() -> DumpFiles.read(dump, padding), ErrorCode.SOURCE_COLLECTION_MISSING)
                    .hasMessageContaining("and " + (count - 10) + " more")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_000));
        }
    }

    @Test
    void namesInMessagesAreShortAndOnOneLine() {
        String long1 = "x".repeat(250);
        for (int i = 0; i < 40; i++) {
            DumpFiles.write(root.resolve("d" + i + "/" + long1 + ".bson"), ONE);
        }
        fails(root, ErrorCode.INVALID_OPTION)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
        fails(() -> DumpFiles.read(root.resolve("d1"), "y\n".repeat(100_000)), ErrorCode.SOURCE_COLLECTION_MISSING)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_000));
    }

    private void describe(String collection, String json) {
        DumpFiles.write(root.resolve(DumpName.stem(collection) + ".metadata.json"), json.getBytes(UTF_8));
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
        return fails(() -> DumpSource.open(path), code);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> fails(ThrowingCallable call, ErrorCode code) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageNotContaining("\n");
    }
}
