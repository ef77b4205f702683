package io.docrows.reject;

import static io.docrows.testing.Bson.bson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RejectFilter;
import io.docrows.run.RetryOptions;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentReader;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Working through what was rejected. */
final class RejectsIT {

    private static final String LATE = "{_id: 1, title: 'A', author: 'late'}";
    private static final String NAMELESS = "{_id: 5}";

    @TempDir
    Path directory;

    private final Database database = Bookshop.database();
    private final Rejects rejects = Rejects.of(database.target(), "bookshop");
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'One'}", NAMELESS)
            .with("books", LATE, "{_id: 2, title: 'B', author: 1, price: -1}")
            .with("employees");

    private RunReport load(RunOptions options) {
        return Bookshop.pipeline().source(source).target(database.target()).run(options);
    }

    private RunReport retry(RejectFilter filter, RetryOptions options) {
        return Bookshop.pipeline().target(database.target()).retryRejects(filter, options);
    }

    private static Counts counts(RunReport report, String collection) {
        return report.collections().stream()
                .filter(loaded -> loaded.collection().equals(collection))
                .map(CollectionReport::counts)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whereNothingWasLoadedThereAreNoneAndLookingMakesNoSchema() {
        assertThat(rejects.count(RejectFilter.ALL)).isZero();
        assertThat(rejects.list(RejectFilter.ALL, 10)).isEmpty();
        assertThat(rejects.counts(RejectFilter.ALL)).isEmpty();
        assertThat(rejects.document(1)).isEmpty();
        assertThat(rejects.discard(RejectFilter.ALL)).isZero();
        assertThat(rejects.exportDirectory(RejectFilter.ALL, directory.resolve("none"), false))
                .isEmpty();
        assertThat(database.rows("SELECT to_regnamespace('docrows')")).containsExactly("-");
    }

    @Test
    void areFoundByWhateverIsKnownOfThem() {
        load(RunOptions.defaults());
        load(RunOptions.defaults().collections(Set.of("authors")));

        assertThat(rejects.list(RejectFilter.ALL, 10))
                .extracting(StoredReject::collection, StoredReject::key, StoredReject::code, StoredReject::lastRun)
                .containsExactly(
                        tuple("authors", "5", "MISSING_VALUE", 2L),
                        tuple("books", "1", "MISSING_REFERENCE", 1L),
                        tuple("books", "2", "CONSTRAINT_VIOLATION", 1L));
        assertThat(rejects.counts(RejectFilter.ALL.withCollections(Set.of("books"))))
                .containsExactly(
                        new RejectCount("books", "CONSTRAINT_VIOLATION", 1),
                        new RejectCount("books", "MISSING_REFERENCE", 1));
        assertThat(rejects.count(RejectFilter.ALL.withCodes(Set.of(RejectCode.MISSING_VALUE))))
                .isEqualTo(1);
        assertThat(rejects.count(new RejectFilter(Set.of(), Set.of(), Set.of(1L), Set.of(), Set.of())))
                .isEqualTo(2);
        assertThat(rejects.count(new RejectFilter(Set.of(), Set.of(), Set.of(), Set.of("5", "1"), Set.of())))
                .isEqualTo(2);
        StoredReject nameless = rejects.list(RejectFilter.ALL, 1).get(0);
        assertThat(rejects.count(RejectFilter.ALL.withNumbers(Set.of(nameless.number()))))
                .isEqualTo(1);
        assertThat(rejects.document(nameless.number()))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(bson(NAMELESS)));
    }

    @Test
    void areRetriedAndThoseThatLoadAreRejectsNoLonger() {
        load(RunOptions.defaults());
        database.execute("ALTER TABLE book DROP CONSTRAINT book_price_check");

        RunReport retried = retry(RejectFilter.ALL, RetryOptions.defaults());

        assertThat(counts(retried, "books")).isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
        assertThat(counts(retried, "authors")).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
        assertThat(rejects.list(RejectFilter.ALL, 10))
                .extracting(StoredReject::key)
                .containsExactly("5", "1");
    }

    @Test
    void onlyThoseChosenAreRetried() {
        load(RunOptions.defaults());

        RunReport retried =
                retry(RejectFilter.ALL.withCodes(Set.of(RejectCode.CONSTRAINT_VIOLATION)), RetryOptions.defaults());

        assertThat(retried.rejectsByCode()).isEqualTo(Map.of(RejectCode.CONSTRAINT_VIOLATION, 1L));
    }

    @Test
    void oneThatIsRejectedAgainKeepsItsNumberAndIsReadOnceWhateverTheBatch() {
        source.withRaw(
                "books",
                IntStream.range(0, 45)
                        .mapToObj(i -> bson("{_id: " + i + ", title: 'A', author: 'late'}"))
                        .toList());
        load(RunOptions.defaults());
        List<StoredReject> before = rejects.list(RejectFilter.ALL, 100);

        RunReport retried = retry(RejectFilter.ALL, RetryOptions.defaults().batch(3, 1 << 20));

        assertThat(counts(retried, "books")).isEqualTo(new Counts(45, 0, 0, 0, 45, 0));
        assertThat(rejects.list(RejectFilter.ALL, 100))
                .extracting(StoredReject::number, StoredReject::firstRun, StoredReject::lastRun)
                .containsExactlyElementsOf(before.stream()
                        .map(reject -> tuple(reject.number(), 1L, 2L))
                        .toList());
    }

    @Test
    void areExportedAsADumpThatCanBeReadBack() {
        load(RunOptions.defaults());
        Path dump = directory.resolve("new/dump");

        assertThat(rejects.exportDirectory(RejectFilter.ALL, dump, true)).isEqualTo(Map.of("authors", 1L, "books", 2L));

        try (DumpSource exported = DumpSource.open(dump)) {
            assertThat(exported.collections()).containsExactly("authors", "books");
            DocumentReader reader = exported.open(
                    exported.partitions("books", ReadRequest.everything()).get(0), null);
            assertThat(reader.read()).isEqualTo(bson(LATE));
        }
        assertThat(rejects.count(RejectFilter.ALL)).isEqualTo(3);
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> rejects.exportDirectory(RejectFilter.ALL, dump, true))
                .withMessageContaining("exists already");
        assertThat(dump.resolve("books.bson.gz")).exists();
    }

    @Test
    void areExportedUnderNamesThatMongorestoreUnderstands() {
        load(RunOptions.defaults());
        String cut = "Bücher & Hefte ".repeat(30);
        database.execute("UPDATE docrows.reject SET collection = '" + cut + "' WHERE collection = 'books'");
        database.execute("UPDATE docrows.reject SET collection = 'a+b c' WHERE collection = 'authors'");
        Path dump = directory.resolve("dump");

        rejects.exportDirectory(RejectFilter.ALL, dump, true);

        assertThat(dump.resolve("a%2Bb+c.bson.gz")).exists();
        assertThat(dump).isDirectoryContaining("glob:**.metadata.json.gz");
        try (DumpSource exported = DumpSource.open(dump)) {
            assertThat(exported.collections()).containsExactly(cut, "a+b c");
            DocumentReader reader = exported.open(
                    exported.partitions(cut, ReadRequest.everything()).get(0), null);
            assertThat(reader.read()).isEqualTo(bson(LATE));
        }
    }

    @Test
    void aFileHoldsOneCollectionOrIsNotMade() {
        load(RunOptions.defaults());
        Path file = directory.resolve("books.bson");

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> rejects.export(RejectFilter.ALL, file))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .withMessageContaining("holds one collection");
        assertThat(file).doesNotExist();
        assertThat(rejects.export(RejectFilter.ALL.withCollections(Set.of("books")), file))
                .isEqualTo(2);
        assertThat(file).hasBinaryContent(concat(rejects.document(2), rejects.document(3)));
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> rejects.export(
                        RejectFilter.ALL.withCollections(Set.of("books")), directory.resolve("no/such/books.bson")))
                .withMessageContaining("cannot be written");
        assertThat(rejects.export(RejectFilter.ALL.withCollections(Set.of("employees")), directory.resolve("e.bson")))
                .isZero();
        assertThat(Files.exists(directory.resolve("e.bson"))).isFalse();
    }

    @Test
    void areDiscarded() {
        load(RunOptions.defaults());

        assertThat(rejects.discard(RejectFilter.ALL.withCollections(Set.of("books"))))
                .isEqualTo(2);

        assertThat(rejects.list(RejectFilter.ALL, 10))
                .extracting(StoredReject::key)
                .containsExactly("5");
    }

    private static byte[] concat(java.util.Optional<byte[]> first, java.util.Optional<byte[]> second) {
        byte[] a = first.orElseThrow();
        byte[] b = second.orElseThrow();
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
