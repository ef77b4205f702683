package io.docrows.scaffold.testing;

import java.io.IOException;
import java.util.stream.IntStream;

/** Documents of very different shapes, as collections that do not know each other. */
public final class Shapes {

    private Shapes() {}

    /** Nested three deep, arrays of everything, arrays that are empty, null or missing. */
    public static void deep(Dump dump) throws IOException {
        dump.with(
                        "orders",
                        "{_id: 1, items: [{sku: 'a', n: 2, discounts: [{code: 'x', parts: [{p: 1}, {p: 2, position: 7}]}]}, {sku: 'b', tags: ['x', null, 'y']}], total: NumberDecimal('12.50')}",
                        "{_id: 2, items: [], total: 5}",
                        "{_id: 3, items: null}",
                        "{_id: 4, items: [{}, {sku: null, discounts: []}]}")
                .with(
                        "boards",
                        "{_id: 'a', grid: [[1, 2], [], [3]], cells: [{at: {x: 1, y: {z: 2}}, order_id: 5}], ragged: [{a: 1}, null], bools: [true, false], days: [ISODate('2020-01-02T00:00:00Z')], uuids: [UUID('00112233-4455-6677-8899-aabbccddeeff')], nums: [1, 2.5], ids: [ObjectId('65a1b2c3d4e5f60718293a01')], blobs: [BinData(0, 'AQID')], empties: [], nothing: [null], scalarOrList: 'x'}",
                        "{_id: 'b', scalarOrList: ['x', 'y'], board_id: 1, bools: null}")
                .with(
                        "trees",
                        "{_id: 1, a: {b: {c: {d: {e: {f: [{g: {h: [{i: 1}]}}]}}}}}}",
                        "{_id: 2, a: {b: null}}",
                        "{_id: 3, a: {}}");
    }

    /** Words that SQL and Java reserve, names that collide, that are empty, long, dotted, or of another alphabet. */
    public static void names(Dump dump) throws IOException {
        String longName = "a".repeat(70);
        dump.with(
                        "user",
                        "{_id: 1, order: 'asc', user: 'me', class: 'c', 'a.b': 1, '$c': 2, '': 3, 'größe': 4, 'Größe': 5, GroupBy: 6, groupBy: 7, group_by: 8, table: 't', select: 1, package: 'p', int: 1, '1st': 1, ctid: 1, id: 9, '[]': 1, '{}': 2, 'x\\u0301': 1, '\\uF607': 1, 'ĳ': 1, '名前': 'n', 'ユーザー': 'u', '人々': 'h', 'ـمحمد': 'm', 'naïve': true, 'ß': 1, 'İx': 1, '😀': 1, 'a\\\\b\\\"c\\n$T': 1, '"
                                + longName + "1': 1, '" + longName
                                + "2': 2, getTable: 1, size: 2, from: 3, key: 4, value1: 5, field: 6, record: 7}",
                        "{_id: 2, sub: {order: 1, '[]': [1], '{}': {a: 1}, 'a.b': {'c.d': [{'e.f': 1}]}}}")
                .with(
                        "order",
                        "{_id: 'o', items: [{order: 1, position: 2, order_id: 3}], order: [{a: 1}], Items: [{b: 1}]}")
                .with("string", "{_id: 1, string: 's'}")
                .with("record", "{_id: 1, record: {record: 1}}")
                .with("object", "{_id: 1, object: 1}")
                .with("Table", "{_id: 1, list: [{integer: 1}]}")
                .with("fs.files", "{_id: 1, fs_files: 1}")
                .with("fs_files", "{_id: 1}")
                .with("keys", "{_id: 1, keys: [{keys: 1}]}")
                .with("tables", "{_id: 1, a: 1}")
                .with("public", "{_id: 1, a: 1}")
                .with("mapping", "{_id: 1, mapping: [{a: 1}]}")
                .with("tägliche Läufe", "{_id: 1, a: 1}")
                .with("数据", "{_id: 1, a: 1}");
    }

    /** Every type, alone and beside others; numbers in all their forms; what PostgreSQL cannot hold. */
    public static void types(Dump dump) throws IOException {
        dump.with(
                        "single",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a01'), i: 1, l: NumberLong('5000000000'), d: 1.5, w: 2.0, m: NumberDecimal('1.10'), s: 'text', b: true, t: ISODate('2020-01-02T03:04:05.678Z'), o: ObjectId('65a1b2c3d4e5f60718293a02'), u: UUID('00112233-4455-6677-8899-aabbccddeeff'), u3: BinData(3, 'ABEiM0RVZneImaq7zN3u/w=='), x: BinData(0, 'AQID'), x5: BinData(5, 'AQID'), r: /^a/i, ts: Timestamp(1, 1), min: MinKey, max: MaxKey, n: null, un: undefined, nan: NaN, inf: Infinity, neg: -0.0, big: 1e300, far: {$date: {$numberLong: '9223372036854775807'}}, geo: {type: 'Point', coordinates: [1.5, 2]}, ref: {$ref: 'others', $id: 1}, js: {$code: 'f()'}, sym: {$symbol: 'sym'}, nul: 'a\\u0000b', json: {deep: 'a\\u0000b', or: [1, 'x']}}",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a03')}")
                .with(
                        "mixed",
                        "{_id: 'm', v: 1, list: [1, 'a', {b: 1}], either: {a: 1}, n: 1, w: 1, decimals: NumberDecimal('NaN'), when: ISODate('2020-01-02T03:04:05Z'), who: ObjectId('65a1b2c3d4e5f60718293a02'), code: '00501', flag: true}",
                        "{_id: 7, v: 'one', list: 5, either: [1], n: NumberLong('5000000000'), w: 2.0, decimals: NumberDecimal('1.5'), when: '2020-01-02', who: 'me', code: 501, flag: 'Y'}",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a09'), v: ISODate('2020-01-02T03:04:05Z'), n: 1.5, w: NumberLong(3), decimals: 2.5, when: NumberLong(1), who: '65a1b2c3d4e5f60718293a02', flag: 1}",
                        "{_id: {a: 1, b: 'x'}, n: NumberDecimal('1.10')}",
                        "{_id: 1.5}",
                        "{_id: '7'}",
                        "{_id: ISODate('2020-01-02T03:04:05Z')}")
                .with("uuids", "{_id: UUID('00112233-4455-6677-8899-aabbccddeeff'), parts: [{a: 1}]}")
                .with("composite", "{_id: {shop: 1, nr: '7'}, lines: [{a: 1}]}", "{_id: {shop: 1, nr: '8'}}")
                .with("doubles", "{_id: 1.0, a: 1.0}", "{_id: 2.0, a: 2}", "{_id: NumberLong('5000000000')}");
    }

    /** References by _id and by natural keys, complete and not, to oneself, in a circle, from arrays. */
    public static void references(Dump dump) throws IOException {
        dump.with(
                        "countries",
                        IntStream.range(0, 40)
                                .mapToObj(i -> "{_id: ObjectId('65a1b2c3d4e5f607182930" + hex(i) + "'), code: 'C" + i
                                        + "', number: " + (1000 + 7 * i) + ", capital: 'K" + (39 - i) + "'}")
                                .toArray(String[]::new))
                .with(
                        "cities",
                        IntStream.range(0, 80)
                                .mapToObj(i -> "{_id: 'K" + i + "', country: 'C" + i % 40 + "', countryNumber: "
                                        + (1000 + 7 * (i % 40)) + ", countryId: ObjectId('65a1b2c3d4e5f607182930"
                                        + hex(i % 40) + "'), twin: 'K" + (i + 3) % 80 + "', lost: 'C" + i % 41
                                        + "', visits: [{country: 'C" + i % 40 + "', city: 'K" + i % 80
                                        + "'}], neighbours: ['K" + (i + 1) % 80 + "', 'K" + (i + 2) % 80 + "']}")
                                .toArray(String[]::new))
                .with(
                        "people",
                        IntStream.range(0, 60)
                                .mapToObj(i -> "{_id: "
                                        + (i % 2 == 0
                                                ? "ObjectId('65a1b2c3d4e5f607182931" + hex(i) + "')"
                                                : "'p" + i + "'")
                                        + ", boss: " + (i % 4 < 2 ? "ObjectId('65a1b2c3d4e5f60718293100')" : "'p1'")
                                        + ", home: 'K" + i + "'}")
                                .toArray(String[]::new))
                .with(
                        "profiles",
                        IntStream.range(0, 60)
                                .mapToObj(i -> "{_id: 'profile " + i + "', person: "
                                        + (i % 2 == 0 ? "'65a1b2c3d4e5f607182931" + hex(i) + "'" : "'p" + i + "'")
                                        + "}")
                                .toArray(String[]::new));
    }

    private static String hex(int number) {
        return String.format(java.util.Locale.ROOT, "%02x", number);
    }

    /** Documents whose field names are data: of numbers, of documents, of arrays, of maps, in arrays, beside fields. */
    public static void maps(Dump dump) throws IOException {
        String[] documents = IntStream.range(0, 30)
                .mapToObj(d -> {
                    int from = 1000 + d * 40;
                    return "{_id: " + d + ", name: {a: " + d + "}"
                            + ", days: {" + fields(9, i -> "'20" + (10 + d) + "-01-0" + (i + 1) + "': " + i) + "}"
                            + ", users: {"
                            + fields(
                                    9, i -> "'65a1b2c3d4e5f6071829" + (from + i) + "': {score: " + i + ", tags: ['a']}")
                            + "}, lists: {" + fields(9, i -> "'u" + (from + i) + "': [" + i + "]")
                            + "}, rows: {" + fields(9, i -> "'u" + (from + i) + "': [{a: " + i + "}]")
                            + "}, nested: {"
                            + fields(
                                    9,
                                    i -> "'u" + (from + i) + "': {"
                                            + fields(9, j -> "'k" + (from * 10 + i * 9 + j) + "': " + j) + "}")
                            + "}, nulls: {" + fields(9, i -> "'u" + (from + i) + "': " + (i % 3 == 0 ? "null" : "'x'"))
                            + "}, mixes: {"
                            + fields(
                                    9,
                                    i -> "'u" + (from + i) + "': " + (i % 3 == 0 ? "1" : i % 3 == 1 ? "'x'" : "{a: 1}"))
                            + "}, own: {'x" + from + "': {name: 'n', map_id: 1}}, items: [{prices: {"
                            + fields(9, i -> "'p" + (from + i) + "': " + i)
                            + "}}]}";
                })
                .toArray(String[]::new);
        dump.with("maps", documents)
                .with(
                        "wide",
                        IntStream.range(0, 4)
                                .mapToObj(i -> "{_id: " + i + ", " + fields(400, f -> "field" + f + "x: " + f)
                                        + ", sub: {" + fields(100, f -> "inner" + f + "y: 'v'")
                                        + "}, last: {text: 'x\\u0000'}, entry: [{url: 'u', one: {"
                                        + fields(200, f -> "leaf" + f + "z: " + f) + "}, two: {"
                                        + fields(200, f -> "leaf" + f + "z: " + f) + "}}], flat: [{"
                                        + fields(253, f -> "flat" + f + "z: " + f) + "}]}")
                                .toArray(String[]::new))
                .with(
                        "chaos",
                        IntStream.range(0, 40)
                                .mapToObj(i -> "{_id: " + i + ", " + fields(60, f -> "'n" + (i * 60 + f) + "': " + f)
                                        + ", nul: 'x\\u0000'}")
                                .toArray(String[]::new));
    }

    private static String fields(int number, java.util.function.IntFunction<String> field) {
        return IntStream.range(0, number).mapToObj(field).collect(java.util.stream.Collectors.joining(", "));
    }

    /** Documents of several kinds in one collection. */
    public static void polymorphic(Dump dump) throws IOException {
        dump.with(
                "events",
                IntStream.range(0, 60)
                        .mapToObj(i -> switch (i % 3) {
                            case 0 -> "{_id: " + i + ", kind: 'click', at: {x: 1, y: 2}, target: 'button'}";
                            case 1 -> "{_id: " + i + ", kind: 'order', target: 5, lines: [{sku: 'a'}]}";
                            default ->
                                "{_id: " + i
                                        + ", kind: 'error', at: 'main.js', stack: [{file: 'f', line: 1}, {file: 'g'}]}";
                        })
                        .toArray(String[]::new));
    }
}
