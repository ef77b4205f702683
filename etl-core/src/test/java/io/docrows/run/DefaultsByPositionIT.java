package io.docrows.run;

import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.SEAT;
import static io.docrows.testing.db.Tables.SEAT_EXTRA;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.SeatRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns with a default in rows that are known by their position, which are other elements' now and then. */
final class DefaultsByPositionIT {

    private static final CollectionMapping<SeatRecord> SEATS = CollectionMapping.of("seats", SEAT)
            .key(SEAT.MONGO_ID, id("_id"))
            .map(SEAT.PLACE, int32("place"))
            .children(
                    "extras",
                    SEAT_EXTRA,
                    extra -> extra.position(SEAT_EXTRA.NR)
                            .map(SEAT_EXTRA.NAME, string("name"))
                            .map(SEAT_EXTRA.PRICE, decimal("price"))
                            .map(SEAT_EXTRA.CODE, string("code"))
                            .map(SEAT_EXTRA.AMOUNT, int32("amount"))
                            .map(SEAT_EXTRA.TAGS, strings("tags"))
                            .map(SEAT_EXTRA.SINCE, instant("since")))
            .build();

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource();
    private final ConnectedPipeline pipeline =
            Docrows.pipeline("seats", SEATS).source(source).target(database.target());

    private Counts load(BulkLoad bulkLoad, String extras) {
        source.with("seats", "{_id: 1, place: 1, extras: [" + extras + "]}");
        return pipeline.run(RunOptions.defaults().bulkLoad(bulkLoad)).total();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void anElementWithoutAValueGetsTheDefaultWhateverWasInItsPlace(BulkLoad bulkLoad) {
        String full = "{name: 'lamp', price: 9.5, code: 'abc', amount: 7, tags: ['t'], since: {$date: 0}}, ";
        assertThat(load(bulkLoad, full + "{name: 'bare'}")).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertUnchanged(full + "{name: 'bare'}");

        assertThat(load(bulkLoad, "{name: 'bare'}")).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));

        assertThat(database.rows("SELECT nr, name, price, code, amount, tags FROM seat_extra"))
                .containsExactly("0|bare|0.00|x  |2|{}");
        assertThat(database.rows("SELECT extract(epoch FROM since)::integer FROM seat_extra"))
                .as("a default that is another one each time is not taken again")
                .containsExactly("0");
        assertUnchanged("{name: 'bare'}");
    }

    private void assertUnchanged(String extras) {
        assertThat(pipeline.plan(PlanOptions.defaults()).total().updated()).isZero();
        assertThat(load(BulkLoad.AUTO, extras)).isEqualTo(new Counts(1, 0, 0, 1, 0, 0));
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
    }
}
