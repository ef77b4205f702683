package io.docrows.scaffold.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Documents as odd as people's are, as collections that do not know each other. */
public final class OddShapes {

    private OddShapes() {}

    /** Tables below tables below tables; maps of maps; arrays of arrays; elements of several kinds. */
    public static void nested(Dump dump) throws IOException {
        dump.with(
                        "firms",
                        "{_id: 1, divisions: [{name: 'd', sites: [{name: 's', floors: [{nr: 1, rooms: [{nr: '1a', desks: [{n: 1, user: {first: 'a'}}, {n: 2}]}]}]}]}]}",
                        "{_id: 2, divisions: [{sites: [{floors: [{rooms: [{desks: []}, {desks: null}, {}]}]}]}]}")
                .with(
                        "mapsOfMaps",
                        documents(
                                12,
                                d -> "{_id: " + d + ", years: {"
                                        + fields(
                                                9,
                                                y -> "'y" + (d * 9 + y) + "': {"
                                                        + fields(
                                                                9,
                                                                m -> "'m" + (d * 81 + y * 9 + m) + "': {"
                                                                        + fields(
                                                                                9,
                                                                                k -> "'k"
                                                                                        + (d * 729 + y * 81 + m * 9 + k)
                                                                                        + "': " + k)
                                                                        + "}")
                                                        + "}")
                                        + "}}"))
                .with(
                        "matrices",
                        "{_id: 1, grid: [[{a: 1}], [{a: 2}, {b: 'x'}]], ragged: [[1], [2, 3]], deep: [[[1, 2]], [[3]]], rows: [{cells: [[{v: 1}]]}]}",
                        "{_id: 2, grid: [], ragged: [[]], deep: [[[]]], rows: [{cells: []}]}")
                .with(
                        "blocks",
                        "{_id: 1, body: [{type: 'text', text: 'x'}, {type: 'image', url: 'u', size: {w: 1, h: 2}}, {type: 'list', items: ['a', {type: 'text', text: 'y'}]}], mixed: [1, 'a', null, {b: 1}, [2]], holes: [{a: 1}, null, {a: 2}], value: [{v: 1}, {v: 'x'}, {v: {w: 1}}, {v: [1]}]}",
                        "{_id: 2, body: [], mixed: [], holes: [null], value: []}")
                .with(
                        "empties",
                        "{_id: 1, a: [], o: {}, l: [{}], m: [[]], e: [null], z: {y: {x: {}}}}",
                        "{_id: 2, a: [], o: {}, l: [{}, {}]}")
                .with("nothing", "{_id: 1}", "{_id: 2}")
                .with("selves", "{_id: 1, selves: [{selves: [{selves: 1}]}], self: {selves: 2}}");
    }

    /** Names of collections that Java, SQL, files, jOOQ and Docrows have other ideas about. */
    public static void collections(Dump dump) throws IOException {
        for (String name :
                ("class int enum null true void char select user table order group default check public con aux"
                                + " string object integer override boolean long double record field value values row result"
                                + " collection mapping pipeline child item items Items ITEMS orderItem order_item list map set"
                                + " other.collection a-b a+b a$b 1st _ __ $ docrows docrows_zoo_history flyway_schema_history"
                                + " pg_class information_schema system config zoo zooPipeline shapes_test main default_catalog")
                        .split(" ")) {
            dump.with(name, "{_id: 1, " + "a: [{b: 1}], id: 'x', self: 2}");
        }
        dump.with("with space", "{_id: 1, a: 1}")
                .with("straße", "{_id: 1, a: 1}")
                .with("😀", "{_id: 1, a: 1}")
                .with("Ünïcödé", "{_id: 1, 'ü': 1, 'Ü': 2, 'u\\u0308': 3}")
                .with("x".repeat(80) + "1", "{_id: 1, a: [{b: 1}]}")
                .with("x".repeat(80) + "2", "{_id: 1, a: [{b: 1}]}")
                .with("\u6570".repeat(25), "{_id: 1, a: 1}");
    }

    /** Names of fields that Java, SQL, jOOQ and Docrows have other ideas about. */
    public static void fields(Dump dump) throws IOException {
        dump.with(
                        "people",
                        "{_id: 1, id: 2, Id: 3, ID: 4, mongo_id: 5, mongoId: 6, class: 'a', order: 'b', user: 'c', select: 'd', '': 'e', ' ': 'f', '.': 'g', '$': 'h', 'a.b': 1, 'a..b': 2, '.a': 3, 'a.': 4, '$a': 5, 'a$b': 6, '$$': 7, 'a b': 8, 'a-b': 9, 'a/b': 10, 'a\\nb': 11, 'a\\\\b': 12, 'a\"b': 13, 'a{b': 14, '$T': 15, '$S': 16, '*/': 17, '-- x': 18, '; DROP': 19, '@x': 20, '\\u202e': 21, '\\u0001': 22, rest: 23, document: 24, xmin: 25, oid: 26, ctid: 27, position: 28, name: 29, row: 30, parent: 31, people: 32, person_id: 33, public: 34, PEOPLE: 35, value: 36, values: 37, null: 38, true: 39, '1': 40, '0': 41, '-1': 42}",
                        "{_id: 2, sub: {_id: 1, id: 2, '': 3, '.': 4, '$': {'': {'.': 1}}}, list: [{_id: 1, id: 2, '': 3, position: 4, person_id: 5, name: 6, order: 7, '$': [{'': 1}]}]}")
                .with(
                        "named",
                        "{_id: 1, " + fields(40, i -> "'" + "n".repeat(70) + i + "': " + i) + ", list: [{"
                                + fields(3, i -> "'" + "n".repeat(70) + i + "': " + i) + "}]}")
                .with(
                        "getters",
                        "{_id: 1, from: 1, into: 1, size: 1, key: 1, original: 1, changed: 1, touched: 1, attach: 1, table: 1, record: 1, value1: 1, field1: 1, class: 1, hash_code: 1, to_string: 1, fields_row: 1, as: 1, where: 1, rename: 1, primary_key: 1, references: 1, alias: 1}");
    }

    /** As many fields as PostgreSQL has no columns for: the same in all documents, other ones in each. */
    public static void wide(Dump dump) throws IOException {
        dump.with("wide", documents(3, d -> "{_id: " + d + ", " + fields(3000, i -> "f" + i + "x: " + i) + "}"))
                .with(
                        "wideBelow",
                        documents(
                                2,
                                d -> "{_id: " + d + ", sub: {" + fields(700, i -> "f" + i + "x: " + i) + "}, list: [{"
                                        + fields(600, i -> "g" + i + "x: 'v'") + "}], last: 'x\\u0000', rows: [{"
                                        + fields(4, i -> "part" + i + ": {" + fields(200, j -> "h" + j + "x: 1") + "}")
                                        + "}]}"))
                .with(
                        "scattered",
                        documents(
                                40,
                                d -> "{_id: " + d + ", " + fields(75, i -> "'s" + (d * 75 + i) + "': " + i)
                                        + ", nul: 'x\\u0000'}"));
    }

    /** Values at the edges of types, and beyond. */
    public static void values(Dump dump) throws IOException {
        dump.with(
                        "decimals",
                        "{_id: 1, d: NumberDecimal('9.999999999999999999999999999999999E+6144'), e: NumberDecimal('1E-6176'), f: NumberDecimal('-0'), g: NumberDecimal('1E+3'), h: NumberDecimal('NaN'), l: [NumberDecimal('1E+6000'), NumberDecimal('1E-6000')], m: NumberDecimal('Infinity')}",
                        "{_id: 2, d: 1, e: 1.5, f: NumberDecimal('-0.00'), g: NumberLong('9223372036854775807'), h: NumberDecimal('1.1'), l: [1, 1.5], m: NumberDecimal('1.1')}")
                .with(
                        "doubles",
                        "{_id: 1, a: -0.0, b: 5e-324, c: 1.7976931348623157e308, d: NaN, e: -Infinity, f: 1.0, g: 9007199254740993, h: 9007199254740992.0, i: 1e19, j: 0.1}",
                        "{_id: 2, a: 1, b: 2, c: NumberLong(3), d: NumberLong(4), e: NumberLong('9223372036854775807'), f: NumberLong('9007199254740993'), g: 0.5, h: NumberLong('9223372036854775807'), i: NumberLong(1), j: NumberDecimal('0.1')}")
                .with(
                        "dates",
                        "{_id: 1, a: {$date: {$numberLong: '-62198755200000'}}, b: {$date: {$numberLong: '-210866803200000'}}, c: {$date: {$numberLong: '-210866803200001'}}, d: {$date: {$numberLong: '9224318015999999'}}, e: {$date: {$numberLong: '9224318016000000'}}, f: {$date: {$numberLong: '-9223372036854775808'}}, l: [{$date: {$numberLong: '9223372036854775807'}}], m: {n: {$date: {$numberLong: '253402300800000'}}}}",
                        "{_id: 2, a: ISODate('2020-01-01T00:00:00Z'), c: ISODate('1582-10-10T00:00:00Z'), e: ISODate('0001-01-01T00:00:00Z'), l: [ISODate('2020-01-01T00:00:00Z')]}")
                .with(
                        "nuls",
                        "{_id: 'a\\u0000b', t: 'a\\u0000', l: ['\\u0000', 'x'], m: {n: '\\u0000'}, o: [{p: 'x\\u0000'}], q: [1, '\\u0000'], json: '{\"a\": \"\\\\u0000\"}'}",
                        "{_id: 'ab', t: 'a'}")
                .with(
                        "ids",
                        "{_id: 1}",
                        "{_id: NumberLong(2)}",
                        "{_id: 3.5}",
                        "{_id: '1'}",
                        "{_id: ''}",
                        "{_id: null}",
                        "{_id: {}}",
                        "{_id: {a: 1}}",
                        "{_id: {a: '1'}}",
                        "{_id: true}",
                        "{_id: ISODate('2020-01-01T00:00:00Z')}",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a01')}",
                        "{_id: '65a1b2c3d4e5f60718293a01'}",
                        "{_id: BinData(0, 'AQID')}",
                        "{_id: UUID('00112233-4455-6677-8899-aabbccddeeff')}",
                        "{_id: NumberDecimal('1.10')}",
                        "{_id: Timestamp(1, 2)}",
                        "{_id: MinKey}",
                        "{_id: MaxKey}",
                        "{_id: -0.0}",
                        "{_id: NaN}",
                        "{_id: Infinity}")
                .with(
                        "longIds",
                        "{_id: '" + "x".repeat(900) + "', l: [{a: 1}]}",
                        "{_id: '" + "y".repeat(5000) + "', l: [{a: 1}]}")
                .with("longTexts", "{_id: 1, t: '" + "x".repeat(100_000) + "', m: {'" + "k".repeat(3000) + "': 1}}");
        dump.raw(
                "malformed",
                wrong("{_id: 'b', t: 'b@@', l: ['@@', 'x'], m: {n: '@@'}, o: [{p: '@@'}], q: [1, '@@']}"),
                wrong("{_id: 'a', t: 'b'}"));
    }

    /** Documents that no table can hold: all of them but one of each collection are rejected. */
    public static void hopeless(Dump dump) throws IOException {
        dump.raw(
                        "wrongNames",
                        wrong("{_id: 1, 'a@@': 1, m: {'@@': 1}}"),
                        wrong("{_id: 2, 'a@@': 2}"),
                        wrong("{_id: 3}"))
                .raw("wrongIds", wrong("{_id: 'a@@', t: 1}"), wrong("{_id: 'a', t: 1}"))
                .with("twice", "{_id: 1, a: 1}", "{_id: 1, a: 2}", "{_id: 1.0, a: 1}");
    }

    /** Two bytes that are no UTF-8 in the place of two signs. */
    private static byte[] wrong(String json) {
        byte[] bytes = Dump.bson(json);
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == '@' && bytes[i + 1] == '@') {
                bytes[i] = (byte) 0xC3;
                bytes[i + 1] = (byte) 0x28;
            }
        }
        return bytes;
    }

    /** Forty collections that refer to each other, in circles, to themselves, and by natural keys. */
    public static void web(Dump dump) throws IOException {
        for (int c = 0; c < 40; c++) {
            int collection = c;
            dump.with(
                    "node" + c,
                    documents(
                            12,
                            d -> "{_id: 'n" + collection + "-" + d + "', code: 'c" + collection + "-" + d
                                    + "', next: 'n" + (collection + 1) % 40
                                    + "-" + d + "', far: 'n" + (collection + 7) % 40 + "-" + d + "', self: 'n"
                                    + collection + "-"
                                    + (d + 1) % 12 + "', by: 'c" + (collection + 3) % 40 + "-" + d
                                    + "', items: [{node: 'n"
                                    + (collection + 5) % 40 + "-" + d + "', own: 'n" + collection + "-" + d
                                    + "'}], many: ['n" + (collection + 2) % 40
                                    + "-" + d + "']}"));
        }
    }

    /** What mongodump writes beside documents, and of what is no plain collection. */
    public static void system(Dump dump) throws IOException {
        dump.with("plain", "{_id: 1, a: 1}")
                .with("capped", "{_id: 1, a: 1}")
                .with("system.profile", "{op: 'query', ns: 'shop.orders', ts: ISODate('2020-01-01T00:00:00Z')}")
                .with("system.views", "{_id: 'shop.recent', viewOn: 'plain', pipeline: [{$match: {a: 1}}]}")
                .with("system.js", "{_id: 'f', value: {$code: 'function() {}'}}")
                .with(
                        "system.buckets.weather",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a01'), control: {version: 1, min: {t: 1}, max: {t: 2}}, meta: 'x', data: {t: {'0': 1, '1': 2}}}");
        Files.writeString(
                dump.directory().resolve("plain.metadata.json"),
                "{\"options\":{},\"indexes\":[],\"collectionName\":\"plain\",\"type\":\"collection\"}");
        Files.writeString(
                dump.directory().resolve("capped.metadata.json"),
                "{\"options\":{\"capped\":true,\"size\":4096},\"indexes\":[],\"collectionName\":\"capped\",\"type\":\"collection\"}");
        Files.writeString(
                dump.directory().resolve("recent.metadata.json"),
                "{\"options\":{\"viewOn\":\"plain\",\"pipeline\":[]},\"indexes\":[],\"collectionName\":\"recent\",\"type\":\"view\"}");
        Files.writeString(
                dump.directory().resolve("weather.metadata.json"),
                "{\"options\":{\"timeseries\":{\"timeField\":\"t\"}},\"indexes\":[],\"collectionName\":\"weather\",\"type\":\"timeseries\"}");
        Files.writeString(
                dump.directory().resolve("prelude.json"), "{\"ServerVersion\":\"7.0.5\",\"ToolVersion\":\"100.9.4\"}");
    }

    private static String[] documents(int number, IntFunction<String> document) {
        return IntStream.range(0, number).mapToObj(document).toArray(String[]::new);
    }

    private static String fields(int number, IntFunction<String> field) {
        return IntStream.range(0, number).mapToObj(field).collect(Collectors.joining(", "));
    }
}
