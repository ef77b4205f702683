package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.SEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.PlanReport;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Parts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that exchange what is unique, and cannot be given up before another has it. */
final class ExchangedValuesIT {

    private static final String PARCELS = "SELECT id, mongo_id, name, weighed_by, twice FROM parcel ORDER BY mongo_id";

    private final Database database = Bookshop.database();
    private final Pipeline pipeline = Docrows.pipeline("parcels", Parts.PARCELS);

    private RunReport load(int batch, String... documents) {
        return bound(documents).run(RunOptions.defaults().batch(batch, 1 << 20));
    }

    private ConnectedPipeline bound(String... documents) {
        return pipeline.source(new MemorySource().with("parcels", documents)).target(database.target());
    }

    private void loadThree(int batch, String index) {
        database.execute("""
                ALTER TABLE parcel ADD COLUMN weighed_by text, ADD COLUMN twice text GENERATED ALWAYS AS (name || name) STORED;
                """ + index);
        load(
                batch,
                "{_id: 1, name: 'a', labels: [{code: 'x', stamps: ['s']}]}",
                "{_id: 2, name: 'b', labels: [{code: 'y'}]}",
                "{_id: 3, name: 'c'}");
        database.execute("UPDATE parcel SET weighed_by = 'scales ' || mongo_id");
    }

    private RunReport exchange(int batch) {
        return load(
                batch,
                "{_id: 1, name: 'b', labels: [{code: 'x', stamps: ['s']}]}",
                "{_id: 2, name: 'a', labels: [{code: 'y'}, {code: 'z'}]}",
                "{_id: 3, name: 'c'}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void whatAnIndexHoldsUniqueIsExchangedAndRowsKeepIdsAndWhatNobodyMaps(int batch) {
        loadThree(batch, "CREATE UNIQUE INDEX ON parcel (name)");

        RunReport report = exchange(batch);

        assertThat(report.total()).isEqualTo(new Counts(3, 0, 2, 1, 0, 0));
        assertThat(database.rows(PARCELS))
                .containsExactly("1|1|b|scales 1|bb", "2|2|a|scales 2|aa", "3|3|c|scales 3|cc");
        assertThat(database.rows("SELECT parcel_id, code FROM parcel_label ORDER BY 1, 2"))
                .containsExactly("1|x", "2|y", "2|z");
        assertThat(database.rows("SELECT count(*) FROM docrows.reject")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE UNIQUE INDEX ON parcel (lower(name))",
                "CREATE UNIQUE INDEX ON parcel (name) WHERE name <> 'c'",
                "ALTER TABLE parcel ADD EXCLUDE USING hash (name WITH =)"
            })
    void whatOnlyTheServerKnowsIsExchanged(String index) {
        loadThree(100, index);
        assertThat(bound(
                                "{_id: 1, name: 'b', labels: [{code: 'x', stamps: ['s']}]}",
                                "{_id: 2, name: 'a', labels: [{code: 'y'}, {code: 'z'}]}",
                                "{_id: 3, name: 'c'}")
                        .plan(PlanOptions.defaults())
                        .total()
                        .rejected())
                .isZero();

        assertThat(exchange(100).total()).isEqualTo(new Counts(3, 0, 2, 1, 0, 0));

        assertThat(database.rows("SELECT id, name FROM parcel ORDER BY mongo_id"))
                .containsExactly("1|b", "2|a", "3|c");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void guestsExchangeTheirSeatsThoughOneWantsATakenOne(int batch) {
        Pipeline seats = Docrows.pipeline(
                "seats",
                CollectionMapping.of("seats", SEAT)
                        .key(SEAT.MONGO_ID, id("_id"))
                        .map(SEAT.PLACE, int32("place"))
                        .map(SEAT.GUEST, string("guest"))
                        .build());
        RunOptions options = RunOptions.defaults().batch(batch, 1 << 20);
        MemorySource source = new MemorySource()
                .with(
                        "seats",
                        "{_id: 1, place: 1, guest: 'A'}",
                        "{_id: 2, place: 2, guest: 'B'}",
                        "{_id: 3, place: 3}");
        seats.source(source).target(database.target()).run(options);
        database.execute("UPDATE seat SET note = 'by the window' WHERE place = 1");
        source.with(
                "seats",
                "{_id: 1, place: 2, guest: 'B'}",
                "{_id: 2, place: 3, guest: 'A'}",
                "{_id: 3, place: 1}",
                "{_id: 4, place: 1}",
                "{_id: 5, place: 5, guest: 'E'}");
        PlanReport plan = seats.source(source)
                .target(database.target())
                .plan(PlanOptions.defaults().batch(batch, 1 << 20));

        RunReport report = seats.source(source).target(database.target()).run(options);

        assertThat(report.total()).isEqualTo(new Counts(5, 1, 3, 0, 1, 0));
        assertThat(report.rejectsByCode()).containsExactly(entry(RejectCode.DUPLICATE_VALUE, 1L));
        assertThat(database.rows("SELECT id, mongo_id, place, guest, note FROM seat WHERE mongo_id <> '5' ORDER BY id"))
                .containsExactly("1|1|2|B|by the window", "2|2|3|A|-", "3|3|1|-|-");
        if (batch == 100) {
            assertThat(plan.total().rejected()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHECK (place IS NOT NULL)", "CHECK (author_id IS NOT NULL AND place > 0)"})
    void whatMayNotBeNullAfterAllIsExchangedBesideReferences(String check) {
        MemorySource source = new MemorySource()
                .with("authors", "{_id: 1, name: 'N'}", "{_id: 2, name: 'M'}")
                .with("books", book(1, 1, 1), book(2, 1, 2));
        Docrows.pipeline("books", Bookshop.AUTHORS, Bookshop.BOOKS)
                .source(source)
                .target(database.target())
                .run(RunOptions.defaults());
        database.execute(
                "ALTER TABLE book_tag DROP CONSTRAINT book_tag_book_id_fkey, ADD FOREIGN KEY (book_id) REFERENCES book;"
                        + " ALTER TABLE book ADD " + check);
        source.with("books", book(1, 2, 2), book(2, 1, 1));

        RunReport report = Docrows.pipeline("books", Bookshop.AUTHORS, Bookshop.BOOKS)
                .source(source)
                .target(database.target())
                .run(RunOptions.defaults());

        assertThat(report.total()).isEqualTo(new Counts(4, 0, 2, 2, 0, 0));
        assertThat(database.rows("SELECT b.mongo_id, a.mongo_id, b.place FROM book b JOIN author a ON a.id = author_id"
                        + " ORDER BY 1"))
                .containsExactly("1|2|2", "2|1|1");
    }

    private static String book(int number, int author, int place) {
        return "{_id: " + number + ", title: 'A', author: " + author + ", at: {shelf: 'S', place: " + place + "}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE parcel_fee (parcel bigint REFERENCES parcel ON DELETE CASCADE)",
                "CREATE TRIGGER t AFTER DELETE ON parcel FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "CREATE TABLE parcel_fee (parcel text REFERENCES parcel (mongo_id) ON UPDATE CASCADE)",
                "CREATE TRIGGER t BEFORE UPDATE ON parcel FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "ALTER TABLE parcel ENABLE ROW LEVEL SECURITY",
                "CREATE TABLE parcel_abroad () INHERITS (parcel)",
                "CREATE PUBLICATION additions FOR TABLE parcel WITH (publish = 'insert, update')",
                "CREATE TRIGGER t BEFORE INSERT ON parcel EXECUTE FUNCTION suppress_redundant_updates_trigger()"
            })
    void rowsThatOthersWouldNoticeAreNotReplaced(String other) {
        loadThree(100, "CREATE UNIQUE INDEX ON parcel (name)");
        database.execute(other);
        List<String> before = database.rows(PARCELS);

        assertThat(exchange(100).rejectsByCode()).containsExactly(entry(RejectCode.DUPLICATE_VALUE, 2L));
        assertThat(database.rows(PARCELS)).isEqualTo(before);
    }
}
