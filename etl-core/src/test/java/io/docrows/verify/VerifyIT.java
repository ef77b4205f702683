package io.docrows.verify;

import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.EVERY_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionVerification;
import io.docrows.report.CollectionVerification.JoinRows;
import io.docrows.report.Difference;
import io.docrows.report.Difference.Column;
import io.docrows.report.Difference.Kind;
import io.docrows.report.VerifyReport;
import io.docrows.run.Cancellation;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.EveryTypeRecord;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

final class VerifyIT {

    private static final String DISPOSSESSED =
            "{_id: 10, title: 'Dispossessed', genre: 'science fiction', price: {$numberDecimal: '9.90'},"
                    + " at: {shelf: 'S', place: 1}, isbn: 'i1', author: 1, tags: ['used', 'new', 'used']}";
    private static final String SOLARIS = "{_id: 11, title: 'Solaris', author: 'b'}";

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'Ursula'}", "{_id: 'b', name: 'Stanisław'}")
            .with("books", DISPOSSESSED, SOLARIS)
            .with("employees", "{_id: 'e1'}", "{_id: 'e2', boss: 'e1'}");
    private final ConnectedPipeline pipeline =
            Bookshop.pipeline().source(source).target(database.target());

    private void load() {
        pipeline.run(RunOptions.defaults());
    }

    private VerifyReport verify() {
        return pipeline.verify(VerifyOptions.defaults());
    }

    private static CollectionVerification of(VerifyReport report, String collection) {
        return report.collections().stream()
                .filter(one -> one.collection().equals(collection))
                .findFirst()
                .orElseThrow();
    }

    private CollectionVerification books() {
        return of(verify(), "books");
    }

    @Test
    void whatWasLoadedIsEqual() {
        load();

        VerifyReport report = verify();

        assertThat(report.isEqual()).isTrue();
        assertThat(report.collections())
                .extracting(CollectionVerification::collection)
                .containsExactly("authors", "books", "employees");
        assertThat(of(report, "books"))
                .returns(2L, CollectionVerification::documents)
                .returns(2L, CollectionVerification::rows)
                .returns(2L, CollectionVerification::equal)
                .returns(List.of(), CollectionVerification::differences);
    }

    @ParameterizedTest
    @CsvSource({
        "title, UPDATE book SET title = 'Solariſ' WHERE mongo_id = '11'",
        "genre, UPDATE book SET genre = 'poetry' WHERE mongo_id = '10'",
        "price, UPDATE book SET price = NULL WHERE mongo_id = '10'",
        "place, UPDATE book SET place = 2 WHERE mongo_id = '10'",
        "author_id, UPDATE book SET author_id = (SELECT id FROM author WHERE mongo_id = 'b') WHERE mongo_id = '10'"
    })
    void aDifferenceInOneColumnIsFound(String column, String planted) {
        load();
        database.execute(planted);

        VerifyReport report = verify();

        assertThat(report.isEqual()).isFalse();
        assertThat(report.isAccountedFor()).isFalse();
        CollectionVerification books = of(report, "books");
        assertThat(books.equal()).isOne();
        assertThat(books.different()).isOne();
        assertThat(books.columns()).isEqualTo(Map.of(column, 1L));
        assertThat(books.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.DIFFERENT);
            assertThat(difference.key()).isEqualTo(planted.contains("'11'") ? "11" : "10");
            assertThat(difference.columns()).containsExactly(new Column(column, null, null));
        });
        assertThat(of(report, "authors").isEqual()).isTrue();
    }

    @Test
    void letterCaseOfCitextAndTheScaleOfANumericAreSeen() {
        CollectionMapping<EveryTypeRecord> things = CollectionMapping.of("things", EVERY_TYPE)
                .key(EVERY_TYPE.MONGO_ID, id("_id"))
                .map(EVERY_TYPE.A_CITEXT, string("word"))
                .map(EVERY_TYPE.A_NUMERIC, decimal("number"))
                .build();
        source.with("things", "{_id: 1, word: 'Word', number: {$numberDecimal: '1.50'}}");
        ConnectedPipeline one =
                Docrows.pipeline("things", things).source(source).target(database.target());
        one.run(RunOptions.defaults());
        assertThat(one.verify(VerifyOptions.defaults()).isEqual()).isTrue();
        database.execute("UPDATE every_type SET a_citext = 'word', a_numeric = 1.5");

        assertThat(of(one.verify(VerifyOptions.defaults()), "things").columns())
                .isEqualTo(Map.of("a_citext", 1L, "a_numeric", 1L));
    }

    @Test
    void aDocumentWithoutARowAndARowWithoutADocumentAreFound() {
        load();
        database.execute("DELETE FROM book WHERE mongo_id = '11'");
        database.execute("INSERT INTO author (mongo_id, name) VALUES ('c', 'nobody')");
        source.with("employees", "{_id: 'e1'}");

        VerifyReport report = verify();

        assertThat(of(report, "books"))
                .returns(1L, CollectionVerification::missing)
                .returns(1L, CollectionVerification::rows)
                .returns(List.of(new Difference(Kind.MISSING, "11", List.of())), CollectionVerification::differences);
        assertThat(of(report, "authors"))
                .returns(1L, CollectionVerification::extra)
                .returns(3L, CollectionVerification::rows)
                .returns(List.of(new Difference(Kind.EXTRA, "c", List.of())), CollectionVerification::differences);
        assertThat(of(report, "employees").extra()).isOne();
    }

    @Test
    void joinRowsThatAreMissingOrTooManyAreFound() {
        load();
        database.execute(
                "DELETE FROM book_tag j USING tag t WHERE t.id = j.tag_id AND t.name = 'used';"
                        + "INSERT INTO book_tag SELECT b.id, t.id FROM book b, tag t WHERE b.mongo_id = '11' AND t.name = 'new'");

        CollectionVerification books = books();

        assertThat(books.different()).isEqualTo(2);
        assertThat(books.columns()).isEmpty();
        assertThat(books.joins()).isEqualTo(Map.of("book_tag", new JoinRows(1, 1)));
        assertThat(books.differences())
                .extracting(
                        Difference::key,
                        difference -> difference.columns().get(0).name())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("10", "book_tag"),
                        org.assertj.core.groups.Tuple.tuple("11", "book_tag"));
    }

    @Test
    void valuesAreToldOnRequestOnly() {
        load();
        database.execute("UPDATE book SET title = 'Solariſ', genre = 'poetry', author_id ="
                + " (SELECT id FROM author WHERE mongo_id = '1') WHERE mongo_id = '11'");
        database.execute("DELETE FROM book_tag");

        assertThat(verify().toString()).doesNotContain("Solari");
        List<Difference> differences = of(
                        pipeline.verify(VerifyOptions.defaults().values(true)), "books")
                .differences();
        assertThat(differences)
                .containsExactly(
                        new Difference(Kind.DIFFERENT, "10", List.of(new Column("book_tag", "new, used", null))),
                        // The document has no genre, so that the row keeps whatever it has.
                        new Difference(
                                Kind.DIFFERENT,
                                "11",
                                List.of(new Column("title", "Solaris", "Solariſ"), new Column("author_id", "b", "1"))));
    }

    @Test
    void rejectedDocumentsAreAccountedForAsLongAsTheyAreKeptAsTheyAre() {
        source.with(
                "books",
                DISPOSSESSED,
                "{_id: 11, title: 'Eden', author: 'b', isbn: 'i1'}",
                "{_id: 12, title: 7, author: 1}");
        load();

        VerifyReport report = verify();
        assertThat(report.isEqual()).isFalse();
        assertThat(report.isAccountedFor()).isTrue();
        assertThat(of(report, "books"))
                .returns(2L, CollectionVerification::rejected)
                .returns(1L, CollectionVerification::equal)
                .returns(0L, CollectionVerification::missing);

        source.with(
                "books",
                DISPOSSESSED,
                "{_id: 11, title: 'Edem', author: 'b', isbn: 'i1'}",
                "{_id: 12, title: 8, author: 1}");
        CollectionVerification changed = books();
        assertThat(changed).returns(0L, CollectionVerification::rejected).returns(2L, CollectionVerification::missing);
        assertThat(changed.differences()).extracting(Difference::key).containsExactly("11", "12");
    }

    @Test
    void theRowOfADocumentThatIsRejectedNowIsOutdatedAndNotOneTooMany() {
        load();
        source.with("books", "{_id: 10, title: 7, author: 1}", "{_id: 11, title: 'Eden', author: 'b', isbn: 'i1'}");
        load();

        assertThat(books())
                .returns(2L, CollectionVerification::rejected)
                .returns(2L, CollectionVerification::outdated)
                .returns(2L, CollectionVerification::rows)
                .returns(true, CollectionVerification::isAccountedFor);
    }

    @Test
    void aReferenceThatWaitsIsNoDifferenceButOneThatWasForgottenIs() {
        source.with("employees", "{_id: 'e2', boss: 'e1'}");
        load();

        CollectionVerification waits = of(verify(), "employees");
        assertThat(waits.waiting()).isOne();
        assertThat(waits.isEqual()).isTrue();

        database.execute("DELETE FROM docrows.pending_reference");
        CollectionVerification forgotten = of(verify(), "employees");
        assertThat(forgotten.columns()).isEqualTo(Map.of("boss_id", 1L));
        assertThat(forgotten.waiting()).isZero();

        source.with("employees", "{_id: 'e1'}", "{_id: 'e2', boss: 'e1'}");
        load();
        database.execute("UPDATE employee SET boss_id = NULL");
        assertThat(of(verify(), "employees").columns()).isEqualTo(Map.of("boss_id", 1L));
    }

    @Test
    void ofDocumentsWithTheSameKeyTheLastOneCounts() {
        source.with("authors", "{_id: 1, name: 'first'}", "{_id: 'b', name: 'b'}", "{_id: 1, name: 'Ursula'}");
        load();

        assertThat(of(verify(), "authors"))
                .returns(3L, CollectionVerification::documents)
                .returns(1L, CollectionVerification::superseded)
                .returns(true, CollectionVerification::isEqual);
    }

    @Test
    void onlyWhatIsAskedForIsCompared() {
        load();
        database.execute("UPDATE book SET title = 'x'");
        database.execute("INSERT INTO author (mongo_id, name) VALUES ('c', 'nobody')");

        VerifyReport report = pipeline.verify(
                VerifyOptions.defaults().collections(Set.of("authors")).ids(List.of(new BsonInt32(1))));

        assertThat(report.collections()).singleElement().satisfies(authors -> {
            assertThat(authors.partial()).isTrue();
            assertThat(authors.documents()).isOne();
            assertThat(authors.rows()).isOne();
            assertThat(authors.isEqual()).isTrue();
        });
        assertThat(of(pipeline.verify(VerifyOptions.defaults().samples(1)), "books"))
                .returns(2L, CollectionVerification::different)
                .satisfies(books -> assertThat(books.differences()).hasSize(1));
    }

    @Test
    void aRoleThatMayOnlyReadAndMakeTemporaryTablesIsEnough() {
        source.with("books", DISPOSSESSED, "{_id: 12, title: 7}");
        load();
        PGSimpleDataSource reader = database.as("reader");
        database.execute("GRANT USAGE ON SCHEMA public, docrows TO reader;"
                + "GRANT SELECT ON ALL TABLES IN SCHEMA public, docrows TO reader");

        VerifyReport report = pipeline.target(reader).verify(VerifyOptions.defaults());

        assertThat(report.isAccountedFor()).isTrue();
        assertThat(of(report, "books").rejected()).isOne();
    }

    @Test
    void aTargetThatNoRunHasTouchedIsComparedToo() {
        VerifyReport report = verify();

        assertThat(report.collections())
                .allSatisfy(collection -> assertThat(collection.missing()).isEqualTo(2));
        assertThat(database.rows("SELECT to_regnamespace('docrows')")).containsExactly("-");
    }

    @Test
    void noRunChangesTheTargetMeanwhile() {
        RunListener verifying = new RunListener() {
            @Override
            public void collectionStarted(String collection, OptionalLong estimate, io.docrows.report.Counts done) {
                verify();
            }
        };
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(RunOptions.defaults().listener(verifying)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PIPELINE_LOCKED));
    }

    @Test
    void aComparisonCanBeStoppedWhileItReads() {
        load();
        Cancellation cancellation = new Cancellation();
        source.beforeEach(cancellation::request);

        VerifyReport report = pipeline.verify(VerifyOptions.defaults(), cancellation);

        assertThat(report.interrupted()).isTrue();
        assertThat(report.isEqual()).isFalse();
        assertThat(report.collections()).isEmpty();
    }
}
