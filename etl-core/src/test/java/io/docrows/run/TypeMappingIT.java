package io.docrows.run;

import static io.docrows.mapping.Values.date;
import static io.docrows.mapping.Values.enumeration;
import static io.docrows.mapping.Values.json;
import static io.docrows.mapping.Values.legacyUuid;
import static io.docrows.mapping.Values.localDateTime;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Value;
import io.docrows.mapping.Values;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.Differences;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.enums.Genre;
import io.docrows.testing.db.tables.records.WideRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.UuidRepresentation;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each kind of value makes of each BSON type in each PostgreSQL type: written by a run, read back as the text that
 * PostgreSQL itself makes of it. The zone of the process and of its sessions must not matter.
 */
final class TypeMappingIT {

    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final ZoneId ST_JOHNS = ZoneId.of("America/St_Johns");
    private static final String UUID_BYTES = "ABEiM0RVZneImaq7zN3u/w==";

    private static final Database DATABASE = Bookshop.database();

    private static final List<Trip<?>> TRIPS = List.of(
            trip(WIDE.A_TEXT, Values::string)
                    .keeps("''", "", "'text'", "text", "'naïve 日本 𝄞'", "naïve 日本 𝄞", "' a '", " a ", "null", null)
                    .keeps(
                            "{$symbol: 'old'}",
                            "old",
                            "'a\\\\b\\t\\n\\u2028'",
                            "a\\b\t\n\u2028",
                            "{$undefined: true}",
                            null)
                    .rejects("1", "TYPE_MISMATCH", "'\\u0000'", "NUL_CHARACTER", "['a']", "TYPE_MISMATCH"),
            trip(WIDE.A_TEXT, Values::id)
                    .keeps("{$oid: '65A1B2C3d4e5f60718293a4b'}", "65a1b2c3d4e5f60718293a4b", "1", "1", "'1'", "\"1\"")
                    .keeps(
                            "{$numberDecimal: '1.00'}",
                            "1",
                            "1.5",
                            "1.5",
                            "true",
                            "true",
                            "'true'",
                            "\"true\"",
                            "null",
                            null)
                    .keeps(
                            "{$uuid: '00112233-4455-6677-8899-aabbccddeeff'}",
                            "{\"$uuid\":\"00112233-4455-6677-8899-aabbccddeeff\"}")
                    .keeps("{b: 1, a: [null]}", "{\"b\":1,\"a\":[null]}", "{$minKey: 1}", "{\"$minKey\":1}")
                    .keeps("{$date: '2020-02-29T23:59:59.9Z'}", "{\"$date\":\"2020-02-29T23:59:59.900Z\"}"),
            trip(WIDE.A_VARCHAR, Values::string)
                    .keeps("'12345'", "12345", "'𝄞𝄞𝄞𝄞𝄞'", "𝄞𝄞𝄞𝄞𝄞", "'12   '", "12   ")
                    .rejects("'123456'", "TOO_LONG", "'12345 '", "TOO_LONG"),
            trip(WIDE.A_CHAR, Values::string)
                    .keeps("'abc'", "abc", "'a'", "a", "''", "")
                    .rejects("'abcd'", "TOO_LONG"),
            trip(WIDE.A_CITEXT, Values::string).keeps("'Text'", "Text", "'É'", "É"),
            trip(WIDE.A_CODE, Values::string).keeps("'abcd'", "abcd").rejects("'abcde'", "TOO_LONG"),
            trip(WIDE.A_DEFAULT, Values::string).keeps("'given'", "given", "null", "none", "''", ""),
            trip(WIDE.A_SMALLINT, Values::int16)
                    .keeps("32767", "32767", "{$numberLong: '-32768'}", "-32768", "7.0", "7", "-0.0", "0")
                    .keeps("{$numberDecimal: '7.00'}", "7", "{$numberDecimal: '3E+2'}", "300", "null", null)
                    .rejects("32768", "OUT_OF_RANGE", "7.5", "OUT_OF_RANGE", "{$numberDecimal: '0.5'}", "OUT_OF_RANGE")
                    .rejects("'7'", "TYPE_MISMATCH", "true", "TYPE_MISMATCH", "{$numberDouble: 'NaN'}", "OUT_OF_RANGE"),
            trip(WIDE.AN_INTEGER, Values::int32)
                    .keeps(
                            "2147483647",
                            "2147483647",
                            "{$numberLong: '-2147483648'}",
                            "-2147483648",
                            "1e9",
                            "1000000000")
                    .rejects("2147483648", "OUT_OF_RANGE", "{$numberDouble: '-Infinity'}", "OUT_OF_RANGE"),
            trip(WIDE.A_BIGINT, Values::int64)
                    .keeps(
                            "{$numberLong: '9223372036854775807'}",
                            "9223372036854775807",
                            "-9.223372036854775808e18",
                            "-9223372036854775808")
                    .keeps("{$numberDecimal: '9223372036854775807'}", "9223372036854775807")
                    .rejects(
                            "9.223372036854775808e18",
                            "OUT_OF_RANGE",
                            "{$numberDecimal: '9223372036854775808'}",
                            "OUT_OF_RANGE"),
            trip(WIDE.A_NUMERIC, Values::decimal)
                    .keeps(
                            "{$numberDecimal: '1.50'}",
                            "1.50",
                            "{$numberDecimal: '-0'}",
                            "0",
                            "0.1",
                            "0.1",
                            "1e22",
                            "10000000000000000000000")
                    .keeps(
                            "{$numberDecimal: '1E-30'}",
                            "0." + "0".repeat(29) + "1",
                            "{$numberDecimal: '1E+40'}",
                            "1" + "0".repeat(40))
                    .keeps(
                            "{$numberDecimal: '-9999999999999999999999999999999999'}",
                            "-9999999999999999999999999999999999")
                    .keeps(
                            "5e-324",
                            "0." + "0".repeat(323) + "5",
                            "{$numberDecimal: '9E+6144'}",
                            "9" + "0".repeat(6144))
                    .keeps("{$numberDecimal: '1E-6176'}", "0." + "0".repeat(6175) + "1", "{$numberLong: '-1'}", "-1")
                    .rejects("{$numberDecimal: 'NaN'}", "OUT_OF_RANGE", "{$numberDouble: 'Infinity'}", "OUT_OF_RANGE"),
            trip(WIDE.A_PRICE, Values::decimal)
                    .keeps("1", "1.00", "0.1", "0.10", "999999.99", "999999.99", "{$numberDecimal: '1.2300'}", "1.23")
                    .rejects(
                            "0.001",
                            "OUT_OF_RANGE",
                            "1000000",
                            "OUT_OF_RANGE",
                            "{$numberDecimal: '1.005'}",
                            "OUT_OF_RANGE"),
            trip(WIDE.A_WHOLE, Values::decimal)
                    .keeps("99999", "99999", "-5.0", "-5")
                    .rejects("0.5", "OUT_OF_RANGE", "100000", "OUT_OF_RANGE"),
            trip(WIDE.A_FINE, Values::decimal)
                    .keeps("{$numberDecimal: '0.00000000000000000001'}", "0.00000000000000000001")
                    .rejects("{$numberDecimal: '1E-21'}", "OUT_OF_RANGE"),
            trip(WIDE.AN_AMOUNT, Values::decimal).keeps("1.5", "1.50").rejects("1.555", "OUT_OF_RANGE"),
            trip(WIDE.A_REAL, Values::float32)
                    .keeps(
                            "1.5",
                            "1.5",
                            "16777216",
                            "1.6777216e+07",
                            "{$numberDouble: 'NaN'}",
                            "NaN",
                            "{$numberDouble: '-Infinity'}",
                            "-Infinity")
                    .keeps("-0.0", "-0", "{$numberDecimal: '0.25'}", "0.25")
                    .rejects("0.1", "OUT_OF_RANGE", "16777217", "OUT_OF_RANGE", "1e39", "OUT_OF_RANGE"),
            trip(WIDE.A_DOUBLE, Values::float64)
                    .keeps(
                            "0.1",
                            "0.1",
                            "5e-324",
                            "5e-324",
                            "1.7976931348623157e308",
                            "1.7976931348623157e+308",
                            "-0.0",
                            "-0")
                    .keeps(
                            "{$numberLong: '9007199254740992'}",
                            "9.007199254740992e+15",
                            "{$numberDouble: 'NaN'}",
                            "NaN",
                            "7",
                            "7")
                    .keeps("{$numberDecimal: 'Infinity'}", "Infinity", "{$numberDecimal: '-0'}", "-0")
                    .rejects(
                            "{$numberLong: '9007199254740993'}",
                            "OUT_OF_RANGE",
                            "{$numberDecimal: '0.1'}",
                            "OUT_OF_RANGE"),
            trip(WIDE.A_BOOLEAN, Values::bool)
                    .keeps("true", "true", "false", "false", "null", null)
                    .rejects("1", "TYPE_MISMATCH", "'true'", "TYPE_MISMATCH"),
            trip(WIDE.A_TIMESTAMPTZ, Values::instant)
                    .keeps(
                            at("2020-02-29T23:59:59.999Z"),
                            "2020-02-29 23:59:59.999+00",
                            at("1969-12-31T23:59:59.999Z"),
                            "1969-12-31 23:59:59.999+00")
                    .keeps(
                            at("1582-10-04T12:00:00Z"),
                            "1582-10-04 12:00:00+00",
                            at("1582-10-15T00:00:00Z"),
                            "1582-10-15 00:00:00+00")
                    .keeps(
                            at("0001-01-01T00:00:00Z"),
                            "0001-01-01 00:00:00+00",
                            at("0000-12-31T23:59:59Z"),
                            "0001-12-31 23:59:59+00 BC")
                    .keeps(
                            at("-4713-11-24T00:00:00Z"),
                            "4714-11-24 00:00:00+00 BC",
                            at("+294276-12-31T23:59:59.999Z"),
                            "294276-12-31 23:59:59.999+00")
                    .keeps(
                            at("1986-01-01T00:10:00+05:45"),
                            "1985-12-31 18:25:00+00",
                            at("1972-01-06T23:59:59Z"),
                            "1972-01-06 23:59:59+00")
                    .rejects(
                            at("-4713-11-23T23:59:59.999Z"),
                            "OUT_OF_RANGE",
                            at("+294277-01-01T00:00:00Z"),
                            "OUT_OF_RANGE")
                    .rejects(
                            "{$timestamp: {t: 1, i: 1}}",
                            "TYPE_MISMATCH",
                            "'2020-01-01'",
                            "TYPE_MISMATCH",
                            "0",
                            "TYPE_MISMATCH"),
            trip(WIDE.A_TENTH_TZ, Values::instant)
                    .keeps(
                            at("2020-01-01T00:00:00.1Z"),
                            "2020-01-01 00:00:00.1+00",
                            at("1969-12-31T23:59:59.9Z"),
                            "1969-12-31 23:59:59.9+00")
                    .rejects(at("2020-01-01T00:00:00.01Z"), "OUT_OF_RANGE"),
            trip(WIDE.A_SECOND_TZ, Values::instant)
                    .keeps(at("2020-01-01T00:00:01Z"), "2020-01-01 00:00:01+00")
                    .rejects(at("2020-01-01T00:00:00.1Z"), "OUT_OF_RANGE"),
            trip(WIDE.A_MOMENT, Values::instant).keeps(at("2020-01-01T00:00:00.123Z"), "2020-01-01 00:00:00.123+00"),
            // 1985-12-31T18:30Z, when Nepal moved its clocks from +5:30 to +5:45: a quarter of an hour is skipped.
            trip(WIDE.A_TIMESTAMP, field -> localDateTime(KATHMANDU, field))
                    .keeps(
                            at("1985-12-31T18:29:59.999Z"),
                            "1985-12-31 23:59:59.999",
                            at("1985-12-31T18:30:00Z"),
                            "1986-01-01 00:15:00")
                    .keeps(at("-4713-11-24T00:00:00Z"), "4714-11-24 05:41:16 BC")
                    .rejects(at("+294276-12-31T23:00:00Z"), "OUT_OF_RANGE", "'2020-01-01T00:00:00'", "TYPE_MISMATCH"),
            // In Newfoundland the hour before 00:01 came twice in the autumn of 2010, and was skipped in spring.
            trip(WIDE.A_TIMESTAMP, field -> localDateTime(ST_JOHNS, field))
                    .keeps(
                            at("2010-03-14T03:30:59Z"),
                            "2010-03-14 00:00:59",
                            at("2010-03-14T03:31:00Z"),
                            "2010-03-14 01:01:00")
                    .keeps(
                            at("2010-11-07T01:45:00Z"),
                            "2010-11-06 23:15:00",
                            at("2010-11-07T02:45:00Z"),
                            "2010-11-06 23:15:00")
                    .rejects(at("-4713-11-24T00:00:00Z"), "OUT_OF_RANGE"),
            trip(WIDE.A_SECOND, field -> localDateTime(KATHMANDU, field))
                    .keeps(at("2020-01-01T00:00:00Z"), "2020-01-01 05:45:00")
                    .rejects(at("2020-01-01T00:00:00.001Z"), "OUT_OF_RANGE"),
            trip(WIDE.A_DATE, field -> date(field))
                    .keeps(at("2020-02-29T23:59:59.999Z"), "2020-02-29", at("1969-12-31T23:59:59.999Z"), "1969-12-31")
                    .keeps(
                            at("1582-10-04T00:00:00Z"),
                            "1582-10-04",
                            at("1582-10-14T00:00:00Z"),
                            "1582-10-14",
                            at("1582-10-15T00:00:00Z"),
                            "1582-10-15")
                    .keeps(
                            at("1500-02-28T23:00:00Z"),
                            "1500-02-28",
                            at("1500-03-01T00:00:00Z"),
                            "1500-03-01",
                            at("0000-02-29T00:00:00Z"),
                            "0001-02-29 BC")
                    .keeps(
                            at("-4713-11-24T00:00:00Z"),
                            "4714-11-24 BC",
                            at("+5874897-12-31T23:59:59.999Z"),
                            "5874897-12-31")
                    .rejects(
                            at("-4713-11-23T00:00:00Z"),
                            "OUT_OF_RANGE",
                            at("+5874898-01-01T00:00:00Z"),
                            "OUT_OF_RANGE"),
            trip(WIDE.A_DATE, field -> date(KATHMANDU, field))
                    .keeps(at("2020-02-29T18:14:59.999Z"), "2020-02-29", at("2020-02-29T18:15:00Z"), "2020-03-01"),
            trip(WIDE.A_UUID, Values::uuid)
                    .keeps(binary(4), "00112233-4455-6677-8899-aabbccddeeff", "null", null)
                    .rejects(
                            binary(3),
                            "TYPE_MISMATCH",
                            binary(0),
                            "TYPE_MISMATCH",
                            "{$binary: {base64: 'AA==', subType: '04'}}",
                            "INVALID_VALUE"),
            trip(WIDE.A_UUID, field -> legacyUuid(UuidRepresentation.JAVA_LEGACY, field))
                    .keeps(
                            binary(3),
                            "77665544-3322-1100-ffee-ddccbbaa9988",
                            binary(4),
                            "00112233-4455-6677-8899-aabbccddeeff"),
            trip(WIDE.A_UUID, field -> legacyUuid(UuidRepresentation.C_SHARP_LEGACY, field))
                    .keeps(binary(3), "33221100-5544-7766-8899-aabbccddeeff"),
            trip(WIDE.A_BYTEA, Values::binary)
                    .keeps(
                            "{$binary: {base64: '', subType: '00'}}",
                            "\\x",
                            binary(0),
                            "\\x00112233445566778899aabbccddeeff",
                            binary(128),
                            "\\x00112233445566778899aabbccddeeff")
                    .rejects("'text'", "TYPE_MISMATCH", "{$oid: '65a1b2c3d4e5f60718293a4b'}", "TYPE_MISMATCH"),
            trip(WIDE.A_JSONB, Values::json)
                    .keeps(
                            "{b: 1, a: {'': null}}",
                            "{\"a\": {\"\": null}, \"b\": 1}",
                            "[1, 'x', []]",
                            "[1, \"x\", []]",
                            "'text'",
                            "\"text\"")
                    .keeps(
                            "1.0",
                            "1.0",
                            "0.1",
                            "0.1",
                            "-0.0",
                            "0.0",
                            "{$numberLong: '9007199254740993'}",
                            "9007199254740993")
                    .keeps(
                            "{$numberDecimal: '1.50'}",
                            "{\"$numberDecimal\": \"1.50\"}",
                            "{$numberDouble: 'NaN'}",
                            "{\"$numberDouble\": \"NaN\"}")
                    .keeps(
                            at("2020-01-01T00:00:00Z"),
                            "{\"$date\": \"2020-01-01T00:00:00Z\"}",
                            "{$oid: '65a1b2c3d4e5f60718293a4b'}",
                            "{\"$oid\": \"65a1b2c3d4e5f60718293a4b\"}")
                    .keeps(
                            "{$symbol: 's'}",
                            "{\"$symbol\": \"s\"}",
                            "{$minKey: 1}",
                            "{\"$minKey\": 1}",
                            "{$maxKey: 1}",
                            "{\"$maxKey\": 1}",
                            "null",
                            null)
                    .keeps(
                            "{$timestamp: {t: 7, i: 8}}",
                            "{\"$timestamp\": {\"i\": 8, \"t\": 7}}",
                            "{$code: 'f()'}",
                            "{\"$code\": \"f()\"}")
                    .keeps(
                            "{$regularExpression: {pattern: '^a', options: 'i'}}",
                            "{\"$regularExpression\": {\"options\": \"i\", \"pattern\": \"^a\"}}")
                    .keeps(
                            "{$binary: {base64: 'AA==', subType: '00'}}",
                            "{\"$binary\": {\"base64\": \"AA==\", \"subType\": \"00\"}}",
                            "true",
                            "true")
                    .rejects("{a: ['\\u0000']}", "NUL_CHARACTER"),
            trip(WIDE.A_JSON, field -> json(field).convert(value -> JSON.valueOf(value.data())))
                    .keeps("{b: 1, a: 2.0}", "{\"b\":1,\"a\":2.0}"),
            trip(WIDE.A_GENRE, field -> enumeration(field, Genre.class))
                    .keeps("'science fiction'", "science fiction", "{$symbol: 'poetry'}", "poetry", "null", null)
                    .rejects("'Poetry'", "INVALID_VALUE", "1", "TYPE_MISMATCH"));

    /** Values that one column takes from one kind of value, or that it refuses. */
    private static final class Trip<T> {

        private final TableField<WideRecord, T> column;
        private final Function<String, Value<? extends T>> value;
        private final Map<String, String> kept = new LinkedHashMap<>();
        private final Map<String, String> rejected = new LinkedHashMap<>();

        private Trip(TableField<WideRecord, T> column, Function<String, Value<? extends T>> value) {
            this.column = column;
            this.value = value;
        }

        /** Pairs of a value in Extended JSON and the text in the column; null for NULL. */
        Trip<T> keeps(@Nullable String... pairs) {
            return fill(kept, pairs);
        }

        /** Pairs of a value in Extended JSON and a code. */
        Trip<T> rejects(String... pairs) {
            return fill(rejected, pairs);
        }

        private Trip<T> fill(Map<String, String> into, @Nullable String... pairs) {
            for (int i = 0; i < pairs.length; i += 2) {
                into.put(
                        name() + " " + pairs[i],
                        name() + " " + pairs[i] + "|" + (pairs[i + 1] == null ? "-" : pairs[i + 1]));
            }
            return this;
        }

        String name() {
            return column.getName();
        }

        void map(CollectionMapping.Builder<WideRecord> mapping) {
            mapping.map(column, value.apply(name()));
        }

        Stream<byte[]> documents() {
            return Stream.of(kept, rejected)
                    .flatMap(map -> map.keySet().stream())
                    .map(id -> {
                        BsonDocument document =
                                BsonDocument.parse("{" + name() + ":" + id.substring(name().length()) + "}");
                        return Bson.bytes(
                                new BsonDocument("_id", new BsonString(id)).append(name(), document.get(name())));
                    });
        }
    }

    private static <T> Trip<T> trip(TableField<WideRecord, T> column, Function<String, Value<? extends T>> value) {
        return new Trip<>(column, value);
    }

    private static String at(String moment) {
        long milliseconds = OffsetDateTime.parse(moment).toInstant().toEpochMilli();
        return "{$date: {$numberLong: '" + milliseconds + "'}}";
    }

    private static String binary(int subtype) {
        return "{$binary: {base64: '" + UUID_BYTES + "', subType: '%02x'}}".formatted(subtype);
    }

    /** A mapping takes a column once, so that what reads it in another way is loaded by another one. */
    private static List<List<Trip<?>>> mappings() {
        List<List<Trip<?>>> mappings = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Trip<?> trip : TRIPS) {
            int number = seen.merge(trip.name(), 1, Integer::sum) - 1;
            if (number == mappings.size()) {
                mappings.add(new ArrayList<>());
            }
            mappings.get(number).add(trip);
        }
        return mappings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Kathmandu", "America/St_Johns", "Africa/Monrovia", "Pacific/Apia"})
    void everyValueMakesTheRoundTripWhateverTheZone(String zone) throws SQLException {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            assertThat(DATABASE.rows("SHOW timezone")).containsExactly(zone);
            for (List<Trip<?>> trips : mappings()) {
                makeTheRoundTrip(trips);
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static void makeTheRoundTrip(List<Trip<?>> trips) throws SQLException {
        DATABASE.execute("TRUNCATE wide CASCADE");
        CollectionMapping.Builder<WideRecord> mapping =
                CollectionMapping.of("things", WIDE).key(WIDE.MONGO_ID, string("_id"));
        trips.forEach(trip -> trip.map(mapping));

        RunReport report = Docrows.pipeline("types", mapping.build())
                .source(new MemorySource()
                        .withRaw(
                                "things",
                                trips.stream().flatMap(Trip::documents).toList()))
                .target(DATABASE.target())
                .run(RunOptions.defaults());

        List<String> expected =
                trips.stream().flatMap(trip -> trip.kept.values().stream()).toList();
        assertThat(Differences.of(kept(trips), expected)).isEmpty();
        List<String> rejected =
                trips.stream().flatMap(trip -> trip.rejected.values().stream()).toList();
        assertThat(Differences.of(
                        DATABASE.rows(
                                "SELECT document_key, code FROM docrows.reject WHERE last_run_id = " + report.run()),
                        rejected))
                .isEmpty();
        assertThat(report.total().read()).isEqualTo(expected.size() + rejected.size());
    }

    /** As PostgreSQL prints it to somebody who is in UTC. */
    private static List<String> kept(List<Trip<?>> trips) throws SQLException {
        List<String> kept = new ArrayList<>();
        try (Connection connection = DATABASE.target().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            for (Trip<?> trip : trips) {
                try (ResultSet rows = statement.executeQuery("SELECT mongo_id, coalesce(" + trip.name()
                        + "::text, '-') FROM wide WHERE mongo_id ^@ '" + trip.name() + " '")) {
                    while (rows.next()) {
                        kept.add(rows.getString(1) + "|" + rows.getString(2));
                    }
                }
            }
        }
        return kept;
    }

    @Test
    void everyColumnOfTheWideTableMakesTheTrip() {
        Set<String> names = TRIPS.stream().map(Trip::name).collect(Collectors.toSet());
        assertThat(Stream.of(WIDE.fields()).map(Field::getName))
                .filteredOn(name -> !names.contains(name))
                .containsExactly("id", "mongo_id", "parent_id");
    }
}
