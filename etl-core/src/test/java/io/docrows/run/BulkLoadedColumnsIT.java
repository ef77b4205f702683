package io.docrows.run;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.date;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.int64;
import static io.docrows.mapping.Values.list;
import static io.docrows.mapping.Values.localDateTime;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.mapping.Values.time;
import static io.docrows.mapping.Values.uuid;
import static io.docrows.testing.db.Tables.BEACON;
import static io.docrows.testing.db.Tables.BEACON_COLOUR;
import static io.docrows.testing.db.Tables.BEACON_FLASH;
import static io.docrows.testing.db.Tables.BEACON_REMARK;
import static io.docrows.testing.db.Tables.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.BeaconRecord;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns that a bulk load has to number, to default or to refer to itself: it leaves what a merge leaves. */
final class BulkLoadedColumnsIT {

    private static final String NOTHING = "SELECT 1";

    private static List<String> loaded(
            CollectionMapping.Builder<BeaconRecord> beacons, List<String> documents, String... queries) {
        return BothWays.loaded(
                Docrows.pipeline("beacons", beacons.build()),
                new MemorySource().with("beacons", documents.toArray(String[]::new)),
                RunOptions.defaults(),
                NOTHING,
                "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1",
                queries);
    }

    private static CollectionMapping.Builder<BeaconRecord> beacons() {
        return CollectionMapping.of("beacons", BEACON).key(BEACON.MONGO_ID, id("_id"));
    }

    @Test
    void aTableWithTextsMayNumberItsRowsByAnIdentityThatIsAlwaysGenerated() {
        assertThat(loaded(
                        beacons().map(BEACON.HOST, string("host")),
                        List.of("{_id: 1, host: '10.0.0.1'}", "{_id: 2}"),
                        "SELECT mongo_id, host FROM beacon WHERE id > 0 ORDER BY 1"))
                .containsExactly("1|10.0.0.1", "2|127.0.0.1/8");
    }

    @Test
    void aDefaultMayBeWhatNoValueOfJavaIs() {
        String columns = "mongo_id, host, name, hosts, valid_to, seen, until, shut, height, watts";
        assertThat(loaded(
                        beacons()
                                .map(BEACON.HOST, string("host"))
                                .map(BEACON.NAME, string("name"))
                                .map(BEACON.HOSTS, list(string("hosts")))
                                .map(BEACON.VALID_TO, instant("to"))
                                .map(BEACON.SEEN, localDateTime(ZoneOffset.UTC, "seen"))
                                .map(BEACON.UNTIL, date("until"))
                                .map(BEACON.SHUT, time(ZoneOffset.UTC, "shut"))
                                .map(BEACON.HEIGHT, decimal("height"))
                                .map(BEACON.WATTS, int64("watts")),
                        List.of(
                                "{_id: 1}",
                                "{_id: 2, host: '::1', name: 'x', hosts: [], to: {$date: '2020-01-01T00:00:00Z'}, watts: 5}",
                                "{_id: 3}"),
                        "SELECT " + columns + " FROM beacon ORDER BY 1"))
                .containsExactly(
                        "1|127.0.0.1/8|Ærø|{::1,NULL}|infinity|-infinity|infinity|24:00:00|NaN|1",
                        "2|::1|x|{}|2020-01-01 00:00:00+00|-infinity|infinity|24:00:00|NaN|5",
                        "3|127.0.0.1/8|Ærø|{::1,NULL}|infinity|-infinity|infinity|24:00:00|NaN|1");
    }

    @Test
    void aForeignKeyMayBeOfAnotherTypeThanWhatItRefersTo() {
        List<String> documents = List.of("{_id: 1, flashes: [3, 5], colours: ['new', 'used']}", "{_id: 2}");
        assertThat(
                        loaded(
                                beacons()
                                        .children(
                                                "flashes",
                                                BEACON_FLASH,
                                                flash -> flash.position(BEACON_FLASH.PLACE)
                                                        .map(BEACON_FLASH.SECONDS, int32())),
                                documents,
                                "SELECT mongo_id, place, seconds FROM beacon JOIN beacon_flash ON beacon_id = id ORDER BY 1, 2"))
                .containsExactly("1|0|3", "1|1|5");
        assertThat(loaded(
                        beacons()
                                .manyToMany(
                                        strings("colours"),
                                        join(BEACON_COLOUR, BEACON_COLOUR.BEACON, BEACON_COLOUR.TAG)
                                                .lookup(TAG.NAME)),
                        documents,
                        "SELECT b.mongo_id, t.name FROM beacon b JOIN beacon_colour ON beacon = b.id"
                                + " JOIN tag t ON tag = t.id ORDER BY 1, 2"))
                .containsExactly("1|new", "1|used");
    }

    @Test
    void anIdThatIsTooLargeForTheForeignKeyCostsItsDocument() {
        CollectionMapping<?> beacons = beacons()
                .children(
                        "flashes",
                        BEACON_FLASH,
                        flash -> flash.position(BEACON_FLASH.PLACE).map(BEACON_FLASH.SECONDS, int32()))
                .build();
        assertThat(BothWays.loaded(
                        Docrows.pipeline("beacons", beacons),
                        new MemorySource().with("beacons", "{_id: 1, flashes: [3]}", "{_id: 2}"),
                        RunOptions.defaults(),
                        "ALTER TABLE beacon ALTER id RESTART WITH 4294967297",
                        NOTHING,
                        "SELECT mongo_id FROM beacon",
                        "SELECT document_key, code, sqlstate FROM docrows.reject",
                        "SELECT count(*) FROM beacon_flash"))
                .containsExactly("2", "1|OUT_OF_RANGE|22003", "0");
    }

    @Test
    void aRowBelowRefersToWhatTheColumnAboveTookAsItsDefault() {
        assertThat(
                        loaded(
                                beacons()
                                        .map(BEACON.PUBLIC_ID, uuid("public"))
                                        .children(
                                                "remarks",
                                                BEACON_REMARK,
                                                remark -> remark.position(BEACON_REMARK.PLACE)
                                                        .map(BEACON_REMARK.REMARK, string())),
                                List.of("{_id: 1, remarks: ['dim']}", "{_id: 2, remarks: ['bright', 'red']}"),
                                "SELECT mongo_id, place, remark FROM beacon JOIN beacon_remark USING (public_id) ORDER BY 1, 2"))
                .containsExactly("1|0|dim", "2|0|bright", "2|1|red");
    }
}
