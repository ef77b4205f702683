package io.docrows.run;

import static io.docrows.mapping.Values.binary;
import static io.docrows.mapping.Values.bool;
import static io.docrows.mapping.Values.date;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.enumeration;
import static io.docrows.mapping.Values.float32;
import static io.docrows.mapping.Values.float64;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int16;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.int64;
import static io.docrows.mapping.Values.json;
import static io.docrows.mapping.Values.list;
import static io.docrows.mapping.Values.localDateTime;
import static io.docrows.mapping.Values.matrix;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.mapping.Values.uuid;
import static io.docrows.testing.db.Tables.KIND;
import static io.docrows.testing.db.Tables.KIND_PART;
import static io.docrows.testing.db.Tables.KIND_SUBPART;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.Differences;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.enums.Genre;
import io.docrows.testing.db.tables.records.KindRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jooq.XML;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Arrays, and types whose values PostgreSQL makes of texts: what a run makes of each value, read back as the text that
 * PostgreSQL makes of it. Whatever it refuses costs one document.
 */
@Tag("long")
final class KindsIT {

    private static final List<Trip> TRIPS = List.of(
            trip(KIND.SOME_TEXTS, (mapping, field) -> mapping.map(KIND.SOME_TEXTS, strings(field)))
                    .keeps("[]", "{}", "null", null, "['a', '', 'NULL', null, 'a']", "{a,\"\",\"NULL\",NULL,a}")
                    .keeps("['{', '\"', '\\\\\\\\', ',', '日本']", "{\"{\",\"\\\"\",\"\\\\\\\\\",\",\",日本}")
                    .rejects("['a', 1]", "TYPE_MISMATCH", "'a'", "TYPE_MISMATCH", "['\\u0000']", "NUL_CHARACTER"),
            trip(
                            KIND.SOME_CODES,
                            (mapping, field) -> mapping.map(
                                    KIND.SOME_CODES, strings(field).distinct().withoutNulls()))
                    .keeps("['abc', null, '𝄞𝄞𝄞', 'abc']", "{abc,𝄞𝄞𝄞}")
                    .rejects("['abc', 'abcd']", "TOO_LONG"),
            trip(KIND.SOME_SMALLINTS, (mapping, field) -> mapping.map(KIND.SOME_SMALLINTS, list(int16(field))))
                    .keeps("[32767, -32768, {$numberLong: '0'}]", "{32767,-32768,0}")
                    .rejects("[32768]", "OUT_OF_RANGE"),
            trip(
                            KIND.SOME_INTEGERS,
                            (mapping, field) -> mapping.map(
                                    KIND.SOME_INTEGERS,
                                    list(int32(field).outOfRangeAsNull()).mismatchAsEmpty()))
                    .keeps(
                            "[2147483647, -2147483648, 1.0]",
                            "{2147483647,-2147483648,1}",
                            "[2147483648, 2]",
                            "{NULL,2}")
                    .keeps("'none'", "{}"),
            trip(KIND.SOME_BIGINTS, (mapping, field) -> mapping.map(KIND.SOME_BIGINTS, list(int64(field))))
                    .keeps("[{$numberLong: '9223372036854775807'}, null]", "{9223372036854775807,NULL}"),
            trip(KIND.SOME_NUMERICS, (mapping, field) -> mapping.map(KIND.SOME_NUMERICS, list(decimal(field))))
                    .keeps("[1, 0.5, -999.99]", "{1.00,0.50,-999.99}")
                    .rejects("[0.125]", "OUT_OF_RANGE", "[1000]", "OUT_OF_RANGE"),
            trip(KIND.SOME_REALS, (mapping, field) -> mapping.map(KIND.SOME_REALS, list(float32(field))))
                    .keeps("[0.5, {$numberDouble: 'NaN'}]", "{0.5,NaN}")
                    .rejects("[0.1]", "OUT_OF_RANGE"),
            trip(KIND.SOME_DOUBLES, (mapping, field) -> mapping.map(KIND.SOME_DOUBLES, list(float64(field))))
                    .keeps("[0.1, -0.0, {$numberDouble: '-Infinity'}]", "{0.1,-0,-Infinity}"),
            trip(KIND.SOME_BOOLEANS, (mapping, field) -> mapping.map(KIND.SOME_BOOLEANS, list(bool(field))))
                    .keeps("[true, false, null]", "{t,f,NULL}"),
            trip(KIND.SOME_MOMENTS, (mapping, field) -> mapping.map(KIND.SOME_MOMENTS, list(instant(field))))
                    .keeps("[{$date: '1582-10-04T12:00:00Z'}]", "{\"1582-10-04 12:00:00+00\"}")
                    .rejects("[{$date: '2020-01-01T00:00:00.5Z'}]", "OUT_OF_RANGE"),
            trip(
                            KIND.SOME_CLOCKS,
                            (mapping, field) ->
                                    mapping.map(KIND.SOME_CLOCKS, list(localDateTime(ZoneOffset.ofHours(1), field))))
                    .keeps("[{$date: '2020-01-01T00:00:00.123Z'}]", "{\"2020-01-01 01:00:00.123\"}"),
            trip(KIND.SOME_DAYS, (mapping, field) -> mapping.map(KIND.SOME_DAYS, list(date(field))))
                    .keeps("[{$date: '1582-10-04T12:00:00Z'}, null]", "{1582-10-04,NULL}"),
            trip(KIND.SOME_UUIDS, (mapping, field) -> mapping.map(KIND.SOME_UUIDS, list(uuid(field))))
                    .keeps(
                            "[{$uuid: '00112233-4455-6677-8899-aabbccddeeff'}]",
                            "{00112233-4455-6677-8899-aabbccddeeff}"),
            trip(
                            KIND.SOME_BYTES,
                            (mapping, field) -> mapping.map(
                                    KIND.SOME_BYTES, list(binary(field)).distinct()))
                    .keeps(
                            "[{$binary: {base64: 'AAE=', subType: '00'}}, null]",
                            "{\"\\\\x0001\",NULL}",
                            "[{$binary: {base64: 'AAE=', subType: '00'}}, {$binary: {base64: 'AAE=', subType: '00'}}]",
                            "{\"\\\\x0001\"}"),
            trip(KIND.SOME_JSONBS, (mapping, field) -> mapping.map(KIND.SOME_JSONBS, list(json(field))))
                    .keeps("[{a: 1}, [], null]", "{\"{\\\"a\\\": 1}\",[],NULL}"),
            trip(
                            KIND.SOME_GENRES,
                            (mapping, field) -> mapping.map(KIND.SOME_GENRES, list(enumeration(Genre.class, field))))
                    .keeps("['science fiction', null]", "{\"science fiction\",NULL}")
                    .rejects("['x']", "INVALID_VALUE"),
            trip(KIND.SOME_WORDS, (mapping, field) -> mapping.map(KIND.SOME_WORDS, strings(field)))
                    .keeps("['Java', 'java']", "{Java,java}"),
            trip(KIND.SOME_HOSTS, (mapping, field) -> mapping.map(KIND.SOME_HOSTS, strings(field)))
                    .keeps("['10.0.0.1', null, '::1/64']", "{10.0.0.1,NULL,::1/64}", "[]", "{}")
                    .rejects("['10.0.0.1', 'x']", "REFUSED_BY_TARGET 22P02"),
            trip(KIND.SOME_LABELS, (mapping, field) -> mapping.map(KIND.SOME_LABELS, strings(field)))
                    .keeps("['a', 'b']", "{a,b}")
                    .rejects("['a', 'b', 'c', 'd']", "CONSTRAINT_VIOLATION 23514", "['abcdef']", "TOO_LONG"),
            trip(KIND.SOME_SHORTS, (mapping, field) -> mapping.map(KIND.SOME_SHORTS, strings(field)))
                    .keeps("['abc']", "{abc}")
                    .rejects("['abcd']", "TOO_LONG"),
            trip(KIND.SOME_DEFAULTS, (mapping, field) -> mapping.map(KIND.SOME_DEFAULTS, strings(field)))
                    .keeps("null", "{none}", "[]", "{}", "['a']", "{a}"),
            trip(KIND.A_MATRIX, (mapping, field) -> mapping.map(KIND.A_MATRIX, matrix(int32(field))))
                    .keeps("[[1, 2], [3, null]]", "{{1,2},{3,NULL}}", "[]", "{}", "null", null, "[[7]]", "{{7}}")
                    .rejects("[[1], [2, 3]]", "INVALID_VALUE", "[[], []]", "INVALID_VALUE")
                    .rejects("[[1], null]", "INVALID_VALUE", "[1]", "TYPE_MISMATCH", "[['a']]", "TYPE_MISMATCH"),
            trip(KIND.A_MATRIX_OF_TEXTS, (mapping, field) -> mapping.map(KIND.A_MATRIX_OF_TEXTS, matrix(string(field))))
                    .keeps("[['a'], ['b'], ['']]", "{{a},{b},{\"\"}}"),
            trip(
                            KIND.A_TIME,
                            (mapping, field) ->
                                    mapping.map(KIND.A_TIME, string(field).convert(LocalTime::parse)))
                    .keeps("'00:00'", "00:00:00", "'23:59:59.999999'", "23:59:59.999999")
                    .rejects("'23:59:59.9999999'", "OUT_OF_RANGE"),
            trip(
                            KIND.A_MILLI_TIME,
                            (mapping, field) ->
                                    mapping.map(KIND.A_MILLI_TIME, string(field).convert(LocalTime::parse)))
                    .keeps("'12:34:56.789'", "12:34:56.789")
                    .rejects("'12:34:56.7891'", "OUT_OF_RANGE"),
            trip(
                            KIND.A_TIMETZ,
                            (mapping, field) ->
                                    mapping.map(KIND.A_TIMETZ, string(field).convert(OffsetTime::parse)))
                    .keeps("'12:00+05:45'", "12:00:00+05:45", "'00:00:00.5-03:30'", "00:00:00.5-03:30")
                    .rejects("'12:00+17:00'", "OUT_OF_RANGE"),
            trip(KIND.AN_INTERVAL, (mapping, field) -> mapping.map(KIND.AN_INTERVAL, string(field)))
                    .keeps("'P1Y2M3D'", "1 year 2 mons 3 days", "'PT0.000001S'", "00:00:00.000001")
                    .keeps("'P-1Y'", "-1 years", "'PT-36H'", "-36:00:00", "'1 day ago'", "-1 days")
                    .rejects("'PT0.0000001S'", "OUT_OF_RANGE", "'a while'", "REFUSED_BY_TARGET 22007"),
            trip(
                            KIND.A_WHOLE_INTERVAL,
                            (mapping, field) -> mapping.map(
                                    KIND.A_WHOLE_INTERVAL,
                                    int64(field).convert(Duration::ofMillis).convert(Duration::toString)))
                    .keeps("86401000", "24:00:01")
                    .rejects("1500", "OUT_OF_RANGE"),
            trip(KIND.AN_INET, (mapping, field) -> mapping.map(KIND.AN_INET, string(field)))
                    .keeps("'192.168.0.1'", "192.168.0.1/32", "'2001:db8::/32'", "2001:db8::/32")
                    .rejects("'192.168.0.256'", "REFUSED_BY_TARGET 22P02", "'\\u0000'", "NUL_CHARACTER"),
            trip(KIND.A_CIDR, (mapping, field) -> mapping.map(KIND.A_CIDR, string(field)))
                    .keeps("'10/8'", "10.0.0.0/8")
                    .rejects("'10.0.0.1/8'", "REFUSED_BY_TARGET 22P02"),
            trip(KIND.A_MACADDR, (mapping, field) -> mapping.map(KIND.A_MACADDR, string(field)))
                    .keeps("'08002b010203'", "08:00:2b:01:02:03"),
            trip(
                            KIND.A_POINT,
                            (mapping, field) -> mapping.map(
                                    KIND.A_POINT,
                                    json(field)
                                            .convert(pair -> pair.data()
                                                    .replace('[', '(')
                                                    .replace(']', ')'))))
                    .keeps("[1.5, -2]", "(1.5,-2)")
                    .rejects("[1]", "REFUSED_BY_TARGET 22P02"),
            trip(KIND.A_POLYGON, (mapping, field) -> mapping.map(KIND.A_POLYGON, string(field)))
                    .keeps("'((0,0),(1,1),(1,0))'", "((0,0),(1,1),(1,0))"),
            trip(KIND.A_RANGE, (mapping, field) -> mapping.map(KIND.A_RANGE, string(field)))
                    .keeps("'[1,5]'", "[1,6)", "'empty'", "empty", "'(,3)'", "(,3)")
                    .rejects("'[5,1]'", "REFUSED_BY_TARGET 22000", "'[1'", "REFUSED_BY_TARGET 22P02"),
            trip(KIND.A_MOMENT_RANGE, (mapping, field) -> mapping.map(KIND.A_MOMENT_RANGE, string(field)))
                    .keeps(
                            "'[2020-01-01T00:00:00Z,2020-01-02T00:00:00.5+01:00)'",
                            "[\"2020-01-01 00:00:00+00\",\"2020-01-01 23:00:00.5+00\")")
                    .rejects("'[2020-01-01T00:00:00.1234567Z,)'", "OUT_OF_RANGE"),
            trip(KIND.A_MULTIRANGE, (mapping, field) -> mapping.map(KIND.A_MULTIRANGE, string(field)))
                    .keeps("'{[1,2],[2,5)}'", "{[1,5)}"),
            trip(KIND.A_BIT, (mapping, field) -> mapping.map(KIND.A_BIT, string(field)))
                    .keeps("'101'", "101")
                    .rejects("'10101'", "REFUSED_BY_TARGET 22026", "'1'", "REFUSED_BY_TARGET 22026")
                    .rejects("'102'", "REFUSED_BY_TARGET 22P02"),
            trip(KIND.A_VARBIT, (mapping, field) -> mapping.map(KIND.A_VARBIT, string(field)))
                    .keeps("'10101'", "10101", "''", "")
                    .rejects("'101010'", "TOO_LONG 22001"),
            trip(KIND.AN_HSTORE, (mapping, field) -> mapping.map(KIND.AN_HSTORE, string(field)))
                    .keeps("'b=>NULL, a=>\"1 2\"'", "\"a\"=>\"1 2\", \"b\"=>NULL")
                    .rejects("'a'", "REFUSED_BY_TARGET 42601"),
            trip(KIND.AN_LTREE, (mapping, field) -> mapping.map(KIND.AN_LTREE, string(field)))
                    .keeps("'Top.Science'", "Top.Science")
                    .rejects("'a..b'", "REFUSED_BY_TARGET 42601"),
            trip(
                            KIND.AN_XML,
                            (mapping, field) ->
                                    mapping.map(KIND.AN_XML, string(field).convert(XML::valueOf)))
                    .keeps("'<a>x</a>'", "<a>x</a>", "'text'", "text")
                    .rejects("'<a>'", "REFUSED_BY_TARGET 2200N"),
            trip(KIND.A_MONEY, (mapping, field) -> mapping.map(KIND.A_MONEY, string(field)))
                    .keeps("'1234.50'", "$1,234.50", "'-$1'", "-$1.00")
                    .rejects("'1.005'", "OUT_OF_RANGE", "'x'", "REFUSED_BY_TARGET 22P02"),
            trip(KIND.AN_OID, (mapping, field) -> mapping.map(KIND.AN_OID, int64(field)))
                    .keeps("4294967295", "4294967295")
                    .rejects("4294967296", "OUT_OF_RANGE", "-1", "OUT_OF_RANGE"),
            trip(KIND.A_NAME, (mapping, field) -> mapping.map(KIND.A_NAME, string(field)))
                    .keeps("'" + "ü".repeat(31) + "x'", "ü".repeat(31) + "x")
                    .rejects("'" + "ü".repeat(32) + "'", "TOO_LONG"),
            trip(KIND.A_LETTER, (mapping, field) -> mapping.map(KIND.A_LETTER, string(field)))
                    .keeps("'a'", "a")
                    .rejects("'ab'", "TOO_LONG", "'ü'", "TOO_LONG", "''", "INVALID_VALUE"),
            trip(KIND.A_TSVECTOR, (mapping, field) -> mapping.map(KIND.A_TSVECTOR, string(field)))
                    .keeps("'b a b'", "'a' 'b'"),
            trip(KIND.A_JSONPATH, (mapping, field) -> mapping.map(KIND.A_JSONPATH, string(field)))
                    .keeps("'$.a[*]'", "$.\"a\"[*]")
                    .rejects("'$['", "REFUSED_BY_TARGET 42601"),
            trip(KIND.A_CLASS, (mapping, field) -> mapping.map(KIND.A_CLASS, string(field)))
                    .keeps("'public.kind'", "kind")
                    .rejects("'public.nothing'", "REFUSED_BY_TARGET 42P01"),
            trip(KIND.A_COLOUR, (mapping, field) -> mapping.map(KIND.A_COLOUR, string(field)))
                    .keeps("'light green'", "light green")
                    .rejects("'blue'", "REFUSED_BY_TARGET 22P02"),
            trip(KIND.AN_ADDRESS, (mapping, field) -> mapping.map(KIND.AN_ADDRESS, string(field)))
                    .keeps("'(\"High Street\",5)'", "(\"High Street\",5)")
                    .rejects("'(a)'", "REFUSED_BY_TARGET 22P02"),
            trip(KIND.A_HOST, (mapping, field) -> mapping.map(KIND.A_HOST, string(field)))
                    .keeps("'10.1.2.3'", "10.1.2.3/32")
                    .rejects("'11.1.2.3'", "CONSTRAINT_VIOLATION 23514"));

    private final Database database = Bookshop.database();

    /** Values of one column, by the {@code _id} of a document that has nothing else. */
    private record Trip(
            TableField<KindRecord, ?> column,
            BiConsumer<CollectionMapping.Builder<KindRecord>, String> mapping,
            Map<String, String> kept,
            Map<String, String> rejected) {

        /** Pairs of a value in Extended JSON and the text in the column; null for NULL. */
        Trip keeps(@Nullable String... pairs) {
            for (int i = 0; i < pairs.length; i += 2) {
                kept.put(id(pairs[i]), id(pairs[i]) + "|" + (pairs[i + 1] == null ? "-" : pairs[i + 1]));
            }
            return this;
        }

        /** Pairs of a value in Extended JSON and a code, with the SQLSTATE if PostgreSQL refuses it. */
        Trip rejects(String... pairs) {
            for (int i = 0; i < pairs.length; i += 2) {
                String[] why = pairs[i + 1].split(" ");
                rejected.put(
                        id(pairs[i]),
                        String.join(
                                "|",
                                id(pairs[i]),
                                why[0],
                                column.getName(),
                                "public.kind." + column.getName(),
                                why.length == 1 ? "-" : why[1]));
            }
            return this;
        }

        private String id(String value) {
            return column.getName() + " " + value;
        }

        Stream<byte[]> documents() {
            return Stream.of(kept, rejected)
                    .flatMap(map -> map.keySet().stream())
                    .map(id -> {
                        String name = column.getName();
                        BsonDocument value = BsonDocument.parse("{v:" + id.substring(name.length()) + "}");
                        return Bson.bytes(new BsonDocument("_id", new BsonString(id)).append(name, value.get("v")));
                    });
        }
    }

    private static Trip trip(
            TableField<KindRecord, ?> column, BiConsumer<CollectionMapping.Builder<KindRecord>, String> mapping) {
        return new Trip(column, mapping, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private ConnectedPipeline pipeline() {
        CollectionMapping.Builder<KindRecord> mapping =
                CollectionMapping.of("things", KIND).key(KIND.MONGO_ID, id("_id"));
        TRIPS.forEach(trip -> trip.mapping().accept(mapping, trip.column().getName()));
        return Docrows.pipeline("kinds", mapping.build())
                .source(new MemorySource()
                        .withRaw(
                                "things",
                                TRIPS.stream().flatMap(Trip::documents).toList()))
                .target(database.target());
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void everyKindMakesTheRoundTrip(BulkLoad bulkLoad) {
        List<String> kept =
                TRIPS.stream().flatMap(trip -> trip.kept().values().stream()).toList();
        List<String> rejected = TRIPS.stream()
                .flatMap(trip -> trip.rejected().values().stream())
                .toList();
        int read = kept.size() + rejected.size();
        Counts loaded = new Counts(read, kept.size(), 0, 0, rejected.size(), 0);

        Counts planned = pipeline().plan(PlanOptions.defaults()).total();
        Counts done = pipeline().run(RunOptions.defaults().bulkLoad(bulkLoad)).total();
        assertThat(Differences.of(stored(), kept)).isEmpty();
        assertThat(Differences.of(
                        database.rows("SELECT document_key, code, path, column_name, sqlstate FROM docrows.reject"),
                        rejected))
                .isEmpty();
        assertThat(planned).isEqualTo(loaded);
        assertThat(done).isEqualTo(loaded);

        assertThat(pipeline().verify(VerifyOptions.defaults()).isAccountedFor()).isTrue();
        List<String> versions = database.rows("SELECT mongo_id, xmin FROM kind ORDER BY 1");
        assertThat(pipeline().run(RunOptions.defaults()).total())
                .isEqualTo(new Counts(read, 0, 0, kept.size(), rejected.size(), 0));
        assertThat(database.rows("SELECT mongo_id, xmin FROM kind ORDER BY 1")).isEqualTo(versions);
    }

    @Test
    void aValueThatWasLostIsFoundAndPutBack() {
        pipeline().run(RunOptions.defaults());
        List<String> stored = stored();
        for (Trip trip : TRIPS) {
            String column = trip.column().getName();
            String other = trip.column().getDataType().nullable() ? "NULL" : "'{other}'";
            database.execute(
                    "UPDATE kind SET " + column + " = " + other + " WHERE starts_with(mongo_id, '" + column + " ')");
        }
        long lost = TRIPS.stream()
                .flatMap(trip -> trip.kept().values().stream())
                .filter(kept -> !kept.endsWith("|-") && !kept.endsWith("null|{none}"))
                .count();

        assertThat(pipeline().plan(PlanOptions.defaults()).total().updated()).isEqualTo(lost);
        assertThat(pipeline().verify(VerifyOptions.defaults()).isAccountedFor()).isFalse();
        assertThat(pipeline().run(RunOptions.defaults()).total().updated()).isEqualTo(lost);
        assertThat(Differences.of(stored(), stored))
                .containsExactly("found some_defaults null|{other}", "missed some_defaults null|{none}");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void tablesBelowADocumentHoldThemToo(BulkLoad bulkLoad) {
        CollectionMapping<KindRecord> mapping = CollectionMapping.of("things", KIND)
                .key(KIND.MONGO_ID, id("_id"))
                .map(KIND.AN_INET, string("ip"))
                .children(
                        "parts",
                        KIND_PART,
                        part -> part.position(KIND_PART.PLACE)
                                .map(KIND_PART.HOST, string("host"))
                                .map(KIND_PART.A_RANGE, string("range"))
                                .map(KIND_PART.LETTERS, strings("letters"))
                                .children(
                                        "sub",
                                        KIND_SUBPART,
                                        sub -> sub.position(KIND_SUBPART.NUMBER)
                                                .map(
                                                        KIND_SUBPART.A_TIME,
                                                        string("t").convert(LocalTime::parse))
                                                .map(KIND_SUBPART.LENGTH, string("l"))))
                .build();
        ConnectedPipeline tree = Docrows.pipeline("tree", mapping)
                .source(new MemorySource()
                        .with(
                                "things",
                                "{_id: 'a', ip: '::1', parts: [{host: '10.0.0.1', range: '[1,2]', letters: ['x', null]},"
                                        + " {sub: [{t: '12:00', l: 'PT1H'}, {}]}]}",
                                "{_id: 'b', parts: [{host: '10.0.0.1'}, {host: 'x'}]}",
                                "{_id: 'c', parts: [{sub: [{l: 'PT1H'}, {l: 'long'}]}]}",
                                "{_id: 'd', parts: [{sub: [{t: '12:00:00.5'}]}]}",
                                "{_id: 'e', ip: 'x'}",
                                "{_id: 'f'}"))
                .target(database.target());

        assertThat(tree.run(RunOptions.defaults().bulkLoad(bulkLoad)).total()).isEqualTo(new Counts(6, 2, 0, 0, 4, 0));
        assertThat(database.rows("SELECT * FROM kind_part ORDER BY 1, 2"))
                .containsExactly("a|0|10.0.0.1|[1,3)|{x,NULL}", "a|1|-|-|-");
        assertThat(database.rows("SELECT place, number, a_time, length::text FROM kind_subpart ORDER BY 1, 2"))
                .containsExactly("1|0|12:00:00|01:00:00", "1|1|-|1 day");
        assertThat(database.rows("SELECT document_key, code, path, column_name FROM docrows.reject ORDER BY 1"))
                .containsExactly(
                        "b|REFUSED_BY_TARGET|parts[].host|public.kind_part.host",
                        "c|REFUSED_BY_TARGET|parts[].sub[].l|public.kind_subpart.length",
                        "d|OUT_OF_RANGE|parts[].sub[].t|public.kind_subpart.a_time",
                        "e|REFUSED_BY_TARGET|ip|public.kind.an_inet");
        List<String> versions = database.rows("SELECT xmin FROM kind_part UNION ALL SELECT xmin FROM kind_subpart");
        assertThat(tree.run(RunOptions.defaults()).total()).isEqualTo(new Counts(6, 0, 0, 2, 4, 0));
        assertThat(database.rows("SELECT xmin FROM kind_part UNION ALL SELECT xmin FROM kind_subpart"))
                .isEqualTo(versions);
        database.execute("UPDATE kind_part SET a_range = '[1,4]' WHERE place = 0");
        assertThat(tree.run(RunOptions.defaults()).total()).isEqualTo(new Counts(6, 0, 1, 1, 4, 0));
    }

    @Test
    void jooqReadsWhatIsStored() throws SQLException {
        pipeline().run(RunOptions.defaults());
        try (Connection connection = database.target().getConnection()) {
            Record2<String[], String> row = DSL.using(connection, SQLDialect.POSTGRES)
                    .select(KIND.SOME_HOSTS, KIND.AN_INET)
                    .from(KIND)
                    .where(KIND.MONGO_ID.startsWith("some_hosts ['10"))
                    .fetchSingle();
            assertThat(row.value1()).containsExactly("10.0.0.1", null, "::1/64");
            assertThat(DSL.using(connection, SQLDialect.POSTGRES)
                            .fetchValues(DSL.select(KIND.A_RANGE).from(KIND).where(KIND.A_RANGE.isNotNull())))
                    .contains("[1,6)", "empty");
        }
    }

    @Test
    void everyColumnMakesTheTrip() {
        Set<String> names = TRIPS.stream().map(trip -> trip.column().getName()).collect(Collectors.toSet());
        assertThat(Stream.of(KIND.fields()).map(Field::getName))
                .filteredOn(name -> !names.contains(name))
                .containsExactly("mongo_id");
    }

    /** As PostgreSQL prints it to somebody who is in UTC. */
    private List<String> stored() {
        database.execute(
                "ALTER DATABASE " + database.rows("SELECT current_database()").get(0) + " SET timezone = 'UTC'");
        List<String> stored = new ArrayList<>();
        for (Trip trip : TRIPS) {
            String name = trip.column().getName();
            stored.addAll(database.rows(
                    "SELECT mongo_id, " + name + "::text FROM kind WHERE starts_with(mongo_id, '" + name + " ')"));
        }
        return stored;
    }
}
