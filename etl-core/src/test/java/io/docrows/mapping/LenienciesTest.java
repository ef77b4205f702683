package io.docrows.mapping;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.bool;
import static io.docrows.mapping.Values.date;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.float32;
import static io.docrows.mapping.Values.float64;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.int64;
import static io.docrows.mapping.Values.legacyUuid;
import static io.docrows.mapping.Values.localDateTime;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.time;
import static io.docrows.mapping.Values.uuid;
import static io.docrows.testing.db.Tables.KIND;
import static io.docrows.testing.db.Tables.TAG;
import static io.docrows.testing.db.Tables.WIDE;
import static io.docrows.testing.db.Tables.WIDE_TAG;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.RejectCode;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.testing.Bson;
import io.docrows.testing.db.tables.records.KindRecord;
import io.docrows.testing.db.tables.records.WideRecord;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.UuidRepresentation;
import org.bson.types.ObjectId;
import org.jooq.JSONB;
import org.jooq.TableField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What writers store in place of what is meant: read where a mapping says so, counted, and otherwise rejected. */
final class LenienciesTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static CollectionMapping<WideRecord> mapping(UnaryOperator<CollectionMapping.Builder<WideRecord>> more) {
        return more.apply(CollectionMapping.of("things", WIDE).key(WIDE.MONGO_ID, id("_id")))
                .build();
    }

    /**
     * What a value reads from a field, as text: the value, and the policies that were used; or the code of the reject.
     */
    private static <T> String read(TableField<WideRecord, T> column, Value<? extends T> value, String json) {
        Decoded<WideRecord> decoded = mapping(b -> b.map(column, value)).decode(Bson.bson("{_id: 1, v: " + json + "}"));
        if (decoded instanceof RejectedDocument<WideRecord> reject) {
            assertThat(reject.path()).isEqualTo("v");
            return reject.code().name();
        }
        MappedDocument<WideRecord> mapped = (MappedDocument<WideRecord>) decoded;
        String policies = mapped.policyUses().stream()
                .map(PolicyUse::policy)
                .sorted()
                .map(LossPolicy::method)
                .collect(Collectors.joining(", "));
        Object read = mapped.record().get(column);
        // JSONB.toString() parses, and rounds numbers.
        return ((read instanceof JSONB jsonb ? jsonb.data() : read) + " " + policies).strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                        | 7
            '"7"'                    | 7 orText
            '" +007.0 "'             | 7 orText
            '"7e2"'                  | 700 orText
            '"-2147483648"'          | -2147483648 orText
            '"2147483648"'           | OUT_OF_RANGE
            '"7.5"'                  | OUT_OF_RANGE
            '"1e999999"'             | OUT_OF_RANGE
            '"1e-999999"'            | OUT_OF_RANGE
            '"0e999999"'             | 0 orText
            '""'                     | INVALID_VALUE
            '"7,5"'                  | INVALID_VALUE
            '"0x7"'                  | INVALID_VALUE
            '"NaN"'                  | OUT_OF_RANGE
            '"\\u0667"'              | INVALID_VALUE
            'true'                   | TYPE_MISMATCH
            """)
    void wholeNumbersWrittenAsText(String json, String expected) {
        assertThat(read(WIDE.AN_INTEGER, int32("v").orText(), json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '"1.10"'                              | 1.10 orText
            '"1E+2"'                              | 1E+2 orText
            '{$numberDecimal: "1E+2"}'            | 1E+2
            '"NaN"'                               | OUT_OF_RANGE
            '"0.000"'                             | 0.000 orText
            """)
    void decimalsWrittenAsTextKeepTheirScale(String json, String expected) {
        assertThat(read(WIDE.A_NUMERIC, decimal("v").orText(), json)).isEqualTo(expected);
    }

    @Test
    void thePoliciesForNumbersApplyToThoseWrittenAsText() {
        assertThat(read(WIDE.AN_INTEGER, int32("v").orText().round(), "'7.5'")).isEqualTo("8 round, orText");
        assertThat(read(WIDE.AN_INTEGER, int32("v").orText().clamp(), "'1e30'")).isEqualTo("2147483647 clamp, orText");
        assertThat(read(WIDE.AN_INTEGER, int32("v").orText().clamp(), "'-Infinity'"))
                .isEqualTo("-2147483648 clamp, orText");
        assertThat(read(WIDE.AN_INTEGER, int32("v").orText().nanAsNull(), "'NaN'"))
                .isEqualTo("null nanAsNull, orText");
        assertThat(read(WIDE.A_PRICE, decimal("v").orText().round(), "'7.555'")).isEqualTo("7.56 round, orText");
        assertThat(read(WIDE.A_PRICE, decimal("v").orText(), "'7.555'")).isEqualTo("OUT_OF_RANGE");
        assertThat(read(WIDE.AN_INTEGER, int32("v").orText().invalidAsNull(), "'x'"))
                .isEqualTo("null invalidAsNull");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1 orText",
        "0.1000000000000000055511151231257827021181583404541015625, 0.1 orText",
        "0.10000000000000000555, OUT_OF_RANGE",
        "NaN, NaN orText",
        "-Infinity, -Infinity orText",
        "1e400, OUT_OF_RANGE",
        "1e-400, OUT_OF_RANGE",
        "123456789012345678, OUT_OF_RANGE"
    })
    void doublesWrittenAsText(String text, String expected) {
        assertThat(read(WIDE.A_DOUBLE, float64("v").orText(), "'" + text + "'")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1 orText", "16777217, OUT_OF_RANGE", "1e-44, OUT_OF_RANGE", "Infinity, Infinity orText"})
    void floatsWrittenAsText(String text, String expected) {
        assertThat(read(WIDE.A_REAL, float32("v").orText(), "'" + text + "'")).isEqualTo(expected);
    }

    @Test
    void booleansWrittenAsTextOrAsNumbers() {
        assertThat(read(WIDE.A_BOOLEAN, bool("v").orText(), "'True'")).isEqualTo("true orText");
        assertThat(read(WIDE.A_BOOLEAN, bool("v").orText(), "'false'")).isEqualTo("false orText");
        assertThat(read(WIDE.A_BOOLEAN, bool("v").orText(), "'yes'")).isEqualTo("INVALID_VALUE");
        assertThat(read(WIDE.A_BOOLEAN, bool("v").orText(), "1")).isEqualTo("TYPE_MISMATCH");
        BooleanValue named = bool("v").orText(Set.of("Y", "y"), Set.of("N"));
        assertThat(read(WIDE.A_BOOLEAN, named, "'y'")).isEqualTo("true orText");
        assertThat(read(WIDE.A_BOOLEAN, named, "'n'")).isEqualTo("INVALID_VALUE");
        assertThat(read(WIDE.A_BOOLEAN, named.orNumber(), "1.0")).isEqualTo("true orNumber");
        assertThat(read(WIDE.A_BOOLEAN, named.orNumber(), "{$numberDecimal: '-0'}"))
                .isEqualTo("false orNumber");
        assertThat(read(WIDE.A_BOOLEAN, bool("v").orNumber(), "2")).isEqualTo("INVALID_VALUE");
        assertThatIllegalArgumentException().isThrownBy(() -> bool("v").orText(Set.of("Y"), Set.of("Y")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '"x"'                                       | x
            501                                         | 501 orScalar
            1e21                                        | 1000000000000000000000 orScalar
            1e300                                       | 1E+300 orScalar
            7.0                                         | 7 orScalar
            -0.5                                        | -0.5 orScalar
            '{$numberDecimal: "1.10"}'                  | 1.10 orScalar
            '{$numberDecimal: "1E+2"}'                  | 100 orScalar
            '{$numberDouble: "NaN"}'                    | NaN orScalar
            true                                        | true orScalar
            '{$date: "2024-03-10T01:02:03Z"}'           | 2024-03-10T01:02:03Z orScalar
            '{$oid: "65a1b2c3d4e5f60718293a4b"}'        | 65a1b2c3d4e5f60718293a4b orScalar
            '{$uuid: "00112233-4455-6677-8899-aabbccddeeff"}' | 00112233-4455-6677-8899-aabbccddeeff orScalar
            '{$binary: {base64: "AAAA", subType: "03"}}' | TYPE_MISMATCH
            '{}'                                        | TYPE_MISMATCH
            '[1]'                                       | TYPE_MISMATCH
            """)
    void textOfAnyScalar(String json, String expected) {
        assertThat(read(WIDE.A_TEXT, string("v").orScalar(), json)).isEqualTo(expected);
    }

    @Test
    void textPoliciesApplyToTheTextOfAScalar() {
        assertThat(read(WIDE.A_VARCHAR, string("v").orScalar().truncate(), "1234567"))
                .isEqualTo("12345 truncate, orScalar");
        assertThat(read(WIDE.A_VARCHAR, string("v").orScalar(), "1234567")).isEqualTo("TOO_LONG");
    }

    @Test
    void aPolicyThatReadsSomethingElseIsChosenBeforeAConversion() {
        assertThatThrownBy(() -> mapping(b -> b.map(
                                WIDE.A_TEXT,
                                TextValue.of(string("v").convert(String::strip)).orScalar())
                        .map(
                                WIDE.A_NUMERIC,
                                DecimalValue.of(decimal("v").convert(x -> x)).orText())))
                .hasMessageContaining("orScalar() for public.wide.a_text reads what is stored: choose it for the value"
                        + " itself, before that is converted or composed")
                .hasMessageContaining("orText() for public.wide.a_numeric reads what is stored");
    }

    private static final TimestampValue<java.time.Instant> MOMENT = instant("v");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '{$date: "2024-03-10T01:02:03Z"}'     | 2024-03-10T01:02:03Z
            '"2024-03-10T01:02:03+01:00"'         | 2024-03-10T00:02:03Z orText
            '"2024-03-10T01:02:03.123456-0530"'   | 2024-03-10T06:32:03.123456Z orText
            '"2024,03,10,01,02,03,000004"'        | 2024-03-10T01:02:03.000004Z orText
            '"2024-03-10T01:02:03"'               | INVALID_VALUE
            '"2024-02-30T01:02:03Z"'              | INVALID_VALUE
            '"2024-03-10T01:02:03.1234567Z"'      | OUT_OF_RANGE
            '"tomorrow"'                          | INVALID_VALUE
            1710032523004                         | TYPE_MISMATCH
            """)
    void timesWrittenAsText(String json, String expected) {
        assertThat(read(
                        WIDE.A_TIMESTAMPTZ,
                        MOMENT.orText(TimeFormats.ISO_ANY_OFFSET).orText(TimeFormats.COMMA_SEPARATED.withZone(UTC)),
                        json))
                .isEqualTo(expected);
    }

    @Test
    void aTimeThatAClockNeverShowedOrShowedTwiceIsNone() {
        assertThat(read(
                        WIDE.A_TIMESTAMPTZ,
                        MOMENT.orText(DateTimeFormatter.ISO_LOCAL_DATE_TIME.withZone(BERLIN)),
                        "'2024-07-01T02:30:00'"))
                .isEqualTo("2024-07-01T00:30:00Z orText");
        for (String text : new String[] {"'2024-03-31T02:30:00'", "'2024-10-27T02:30:00'"}) {
            assertThat(read(
                            WIDE.A_TIMESTAMPTZ,
                            MOMENT.orText(DateTimeFormatter.ISO_LOCAL_DATE_TIME.withZone(BERLIN)),
                            text))
                    .isEqualTo("INVALID_VALUE");
        }
        assertThat(read(
                        WIDE.A_TIMESTAMPTZ,
                        MOMENT.orText(DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(BERLIN)),
                        "'2024-10-27T02:30:00+01:00'"))
                .isEqualTo("2024-10-27T01:30:00Z orText");
    }

    @Test
    void aFormatterThatIsNotStrictDoesNotMoveADay() {
        DateTimeFormatter smart = DateTimeFormatter.ofPattern("yyyy-MM-dd");
        assertThat(read(WIDE.A_DATE, date("v").orText(smart), "'2024-02-29'")).isEqualTo("2024-02-29 orText");
        assertThat(read(WIDE.A_DATE, date("v").orText(smart), "'2023-02-29'")).isEqualTo("INVALID_VALUE");
        assertThat(read(WIDE.A_DATE, date("v").orText(smart), "'2024-04-31'")).isEqualTo("INVALID_VALUE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1710032523                  | 2024-03-10T01:02:03Z orEpochSeconds
            1710032523.123456           | 2024-03-10T01:02:03.123456Z orEpochSeconds
            -1.5                        | 1969-12-31T23:59:58.500Z orEpochSeconds
            1710032523.1234567          | OUT_OF_RANGE
            '{$numberDecimal: "1710032523.000001"}' | 2024-03-10T01:02:03.000001Z orEpochSeconds
            1e300                       | OUT_OF_RANGE
            '{$numberDouble: "NaN"}'    | OUT_OF_RANGE
            '"1710032523"'              | TYPE_MISMATCH
            """)
    void secondsSince1970(String json, String expected) {
        assertThat(read(WIDE.A_TIMESTAMPTZ, MOMENT.orEpochSeconds(), json)).isEqualTo(expected);
    }

    @Test
    void millisecondsSince1970() {
        assertThat(read(WIDE.A_TIMESTAMPTZ, MOMENT.orEpochMillis(), "{$numberLong: '1710032523004'}"))
                .isEqualTo("2024-03-10T01:02:03.004Z orEpochMillis");
        assertThat(read(WIDE.A_TIMESTAMPTZ, MOMENT.orEpochMillis().clampDate(), "1e300"))
                .isEqualTo("+294276-12-31T23:59:59.999Z clampDate, orEpochMillis");
        assertThat(read(WIDE.A_DATE, date(NEW_YORK, "v").orEpochMillis(), "{$numberLong: '1710032523004'}"))
                .isEqualTo("2024-03-09 orEpochMillis");
        assertThat(read(
                        WIDE.A_TIMESTAMP,
                        localDateTime(NEW_YORK, "v").orEpochMillis(),
                        "{$numberLong: '1710032523004'}"))
                .isEqualTo("2024-03-09T20:02:03.004 orEpochMillis");
        assertThatThrownBy(() -> mapping(
                        b -> b.map(WIDE.A_TIMESTAMPTZ, MOMENT.orEpochMillis().orEpochSeconds())))
                .hasMessageContaining("orEpochSeconds() for public.wide.a_timestamptz and orEpochMillis() cannot both");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '[2024, 3, 10, 1, 2]'                | 2024-03-10T01:02 orArray
            '[2024, 3, 10, 1, 2, 3]'             | 2024-03-10T01:02:03 orArray
            '[2024, 3, 10, 1, 2, 3, 4000]'       | 2024-03-10T01:02:03.000004 orArray
            '[2024, 3, 10, 1, 2, 3, 4]'          | OUT_OF_RANGE
            '[2024, 3, 31, 2, 30]'               | 2024-03-31T02:30 orArray
            '[2024, 2, 30, 1, 2]'                | INVALID_VALUE
            '[2024, 3, 10]'                      | INVALID_VALUE
            '[2024, 3, 10, 1, 2, 3, 4, 5]'       | INVALID_VALUE
            '[2024, 3, 10, 1, 2.5]'              | OUT_OF_RANGE
            '[2024, 3, 10, 1, "2"]'              | TYPE_MISMATCH
            """)
    void arraysAsDateAndTime(String json, String expected) {
        assertThat(read(WIDE.A_TIMESTAMP, localDateTime(BERLIN, "v").orArray(BERLIN), json))
                .isEqualTo(expected);
    }

    @Test
    void arraysAsInstantsAndDays() {
        assertThat(read(WIDE.A_TIMESTAMPTZ, MOMENT.orArray(BERLIN), "[2024, 3, 10, 1, 2]"))
                .isEqualTo("2024-03-10T00:02:00Z orArray");
        assertThat(read(WIDE.A_TIMESTAMPTZ, MOMENT.orArray(BERLIN), "[2024, 3, 31, 2, 30]"))
                .isEqualTo("INVALID_VALUE");
        assertThat(read(WIDE.A_DATE, date("v").orArray(), "[2024, 3, 10]")).isEqualTo("2024-03-10 orArray");
        assertThat(read(WIDE.A_DATE, date("v").orArray(), "[2024, 3, 10, 1, 2]"))
                .isEqualTo("INVALID_VALUE");
    }

    private static String timeOfDay(TimeValue value, String json) {
        return read(WIDE.A_TEXT, value.convert(java.time.LocalTime::toString), json);
    }

    @Test
    void hourTwentyFourAndALeapSecondAreNoOtherTimeInSilence() {
        DateTimeFormatter smart = DateTimeFormatter.ofPattern("HH:mm");
        assertThat(timeOfDay(time(UTC, "v").orText(smart), "'23:59'")).isEqualTo("23:59 orText");
        assertThat(timeOfDay(time(UTC, "v").orText(smart), "'24:00'")).isEqualTo("INVALID_VALUE");
        assertThat(read(
                        WIDE.A_TIMESTAMPTZ,
                        instant("v").orText(DateTimeFormatter.ISO_INSTANT),
                        "'2016-12-31T23:59:60Z'"))
                .isEqualTo("INVALID_VALUE");
    }

    @Test
    void timesOfDay() {
        // As Spring Data stores them: on the day of saving, in the zone of the machine.
        assertThat(timeOfDay(time(NEW_YORK, "v"), "{$date: '2024-07-01T12:30:00.5Z'}"))
                .isEqualTo("08:30:00.500");
        assertThat(timeOfDay(time(NEW_YORK, "v"), "{$date: '2024-01-01T12:30:00.5Z'}"))
                .isEqualTo("07:30:00.500");
        TimeValue lenient = time(UTC, "v")
                .orMillisOfDay()
                .orArray()
                .orText(DateTimeFormatter.ISO_LOCAL_TIME, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        assertThat(timeOfDay(lenient, "{$numberLong: '45000500'}")).isEqualTo("12:30:00.500 orMillisOfDay");
        assertThat(timeOfDay(lenient, "86400000")).isEqualTo("OUT_OF_RANGE");
        assertThat(timeOfDay(lenient, "-1")).isEqualTo("OUT_OF_RANGE");
        assertThat(timeOfDay(lenient, "[12, 30]")).isEqualTo("12:30 orArray");
        assertThat(timeOfDay(lenient, "[12, 30, 1, 5000]")).isEqualTo("12:30:01.000005 orArray");
        assertThat(timeOfDay(lenient, "[24, 0]")).isEqualTo("INVALID_VALUE");
        assertThat(timeOfDay(lenient, "'12:30:01'")).isEqualTo("12:30:01 orText");
        assertThat(timeOfDay(lenient, "'2024-03-10T01:30:00+02:00'")).isEqualTo("23:30 orText");
    }

    @Test
    void aDayThatSpringDataStoredInTheFirstYears() {
        assertThat(read(WIDE.A_DATE, date(NEW_YORK, "v"), "{$date: {$numberLong: '-62135579038000'}}"))
                .isEqualTo("0001-01-01");
    }

    @Test
    void uuidsWrittenAsText() {
        String id = "00112233-4455-6677-8899-aabbccddeeff";
        assertThat(read(WIDE.A_UUID, uuid("v").orText(), "'" + id + "'")).isEqualTo(id + " orText");
        assertThat(read(WIDE.A_UUID, uuid("v").orText(), "'00112233445566778899AABBCCDDEEFF'"))
                .isEqualTo(id + " orText");
        assertThat(read(WIDE.A_UUID, uuid("v").orText(), "'1-1-1-1-1'")).isEqualTo("INVALID_VALUE");
        assertThat(read(WIDE.A_UUID, uuid("v"), "'" + id + "'")).isEqualTo("TYPE_MISMATCH");
    }

    @ParameterizedTest
    @EnumSource(
            value = UuidRepresentation.class,
            names = {"JAVA_LEGACY", "C_SHARP_LEGACY", "PYTHON_LEGACY"})
    void uuidsOfSubtype3InEachByteOrderAndAsText(UuidRepresentation order) {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        CollectionMapping<WideRecord> mapping =
                mapping(b -> b.map(WIDE.A_UUID, legacyUuid(order, "v").orText()));
        for (BsonDocument document : new BsonDocument[] {
            new BsonDocument("_id", new BsonInt32(1)).append("v", new BsonBinary(id, order)),
            BsonDocument.parse("{_id: 1, v: '" + id + "'}")
        }) {
            assertThat(((MappedDocument<WideRecord>) mapping.decode(Bson.bytes(document)))
                            .record()
                            .getAUuid())
                    .isEqualTo(id);
        }
        assertThat(mapping(b -> b.map(WIDE.A_UUID, uuid("v").orText()))
                        .decode(Bson.bytes(
                                new BsonDocument("_id", new BsonInt32(1)).append("v", new BsonBinary(id, order)))))
                .isInstanceOfSatisfying(
                        RejectedDocument.class,
                        reject -> assertThat(reject.code()).isEqualTo(RejectCode.TYPE_MISMATCH));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '{}'         | null emptyAsNull
            '[]'         | null emptyAsNull
            '""'         | null emptyAsNull
            'null'       | null
            '"x"'        | x
            '[1]'        | TYPE_MISMATCH
            '{a: 1}'     | TYPE_MISMATCH
            """)
    void emptyIsNullWhereAsked(String json, String expected) {
        assertThat(read(WIDE.A_TEXT, string("v").emptyAsNull(), json)).isEqualTo(expected.replace("\"", ""));
    }

    @Test
    void anEmptyTextIsNoNumberButMayBeNull() {
        assertThat(read(WIDE.AN_INTEGER, int32("v").orText().emptyAsNull(), "''"))
                .isEqualTo("null emptyAsNull");
        assertThat(read(WIDE.A_TIMESTAMPTZ, MOMENT.emptyAsNull(), "{}")).isEqualTo("null emptyAsNull");
        assertThat(read(WIDE.A_JSONB, Values.json("v").emptyAsNull(), "[]")).isEqualTo("null emptyAsNull");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '7'          | 7
            '[7]'        | 7 orArrayOfOne
            '["7"]'      | 7 orText, orArrayOfOne
            '[null]'     | null orArrayOfOne
            '[""]'       | null emptyAsNull, orArrayOfOne
            '[]'         | null emptyAsNull
            '[7, 7]'     | TYPE_MISMATCH
            '[[7]]'      | TYPE_MISMATCH
            """)
    void anArrayOfOneIsItsElementWhereAsked(String json, String expected) {
        assertThat(read(WIDE.AN_INTEGER, int32("v").orText().orArrayOfOne().emptyAsNull(), json))
                .isEqualTo(expected);
    }

    @Test
    void aDbRefIsTheReferenceInIt() {
        IdValue author = id("v").orDbRef("authors");
        assertThat(read(WIDE.A_TEXT, author, "{$ref: 'authors', $id: 7, $db: 'x'}"))
                .isEqualTo("7 orDbRef");
        assertThat(read(WIDE.A_TEXT, author, "{$ref: 'authors', $id: {$oid: '65a1b2c3d4e5f60718293a4b'}}"))
                .isEqualTo("65a1b2c3d4e5f60718293a4b orDbRef");
        assertThat(read(WIDE.A_TEXT, author, "7")).isEqualTo("7");
        assertThat(read(WIDE.A_TEXT, author, "{a: 7}")).isEqualTo("{\"a\":7}");
        assertThat(read(WIDE.A_TEXT, author, "{$ref: 'readers', $id: 7}")).isEqualTo("INVALID_VALUE");
        assertThat(read(WIDE.A_TEXT, author, "{$ref: 'authors'}")).isEqualTo("INVALID_VALUE");
        BsonDocument pointer = new BsonDocument("_id", new BsonInt32(1))
                .append("v", new BsonDbPointer("shop.authors", new ObjectId("65a1b2c3d4e5f60718293a4b")));
        assertThat(((MappedDocument<WideRecord>)
                                mapping(b -> b.map(WIDE.A_TEXT, author)).decode(Bson.bytes(pointer)))
                        .record()
                        .getAText())
                .isEqualTo("65a1b2c3d4e5f60718293a4b");
    }

    @Test
    void aReferenceMayBeReadLeniently() {
        CollectionMapping<WideRecord> mapping =
                mapping(b -> b.reference(WIDE.PARENT_ID, id("parent").orDbRef("things"), WIDE.MONGO_ID));

        MappedDocument<WideRecord> mapped =
                (MappedDocument<WideRecord>) mapping.decode(Bson.bson("{_id: 1, parent: {$ref: 'things', $id: 7}}"));

        assertThat(mapped.reference(WIDE.PARENT_ID)).isEqualTo("7");
        assertThat(mapped.policyUses())
                .containsExactly(new PolicyUse("parent", "public.wide.parent_id", LossPolicy.OR_DB_REF, 1));
    }

    @Test
    void aKeyThatIsReadLenientlyDoesNotTellAllDocumentsApartAnyMore() {
        assertThat(keyed(string("_id")).identifiedByKey()).isTrue();
        assertThat(keyed(string("_id").orScalar()).identifiedByKey()).isFalse();
        assertThat(keyed(string("_id").orArrayOfOne()).identifiedByKey()).isFalse();
        assertThat(keyed(TextValue.of(string("_id").orScalar())).identifiedByKey())
                .isFalse();
        assertThat(keyed(id("_id").orDbRef("things")).identifiedByKey()).isFalse();
        assertThatThrownBy(() -> keyed(string("_id").emptyAsNull()))
                .hasMessageContaining("emptyAsNull() for public.wide.mongo_id would let different documents share");
    }

    private static CollectionMapping<WideRecord> keyed(Value<String> key) {
        return CollectionMapping.of("things", WIDE).key(WIDE.MONGO_ID, key).build();
    }

    @Test
    void twoWritersOfOneColumnAreReadTogether() {
        // Spring Boot's BigDecimal was a string, then a decimal128; MongoEngine's is a double.
        DecimalValue amount = decimal("v").orText();
        assertThat(read(WIDE.A_NUMERIC, amount, "'12.50'")).isEqualTo("12.50 orText");
        assertThat(read(WIDE.A_NUMERIC, amount, "{$numberDecimal: '12.50'}")).isEqualTo("12.50");
        assertThat(read(WIDE.A_NUMERIC, amount, "12.5")).isEqualTo("12.5");
        assertThat(read(WIDE.A_BIGINT, int64("v").orText(), "'9223372036854775807'"))
                .isEqualTo("9223372036854775807 orText");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            '{"a": [1, 2.50, 1e5], "b": {}, "c": null}'   | {"a":[1,2.50,1e5],"b":{},"c":null} textAsJson
            ' "x\\u00e9" '                                | "xé" textAsJson
            '12345678901234567890.5'                      | 12345678901234567890.5 textAsJson
            'tru'                                         | INVALID_VALUE
            ''                                            | INVALID_VALUE
            '1 2'                                         | INVALID_VALUE
            '[1'                                          | INVALID_VALUE
            '{"a": 1, "a": 2}'                            | INVALID_VALUE
            '{"a": "\\\\u0000"}'                        | NUL_CHARACTER
            '"\\\\ud800"'                               | INVALID_UTF8
            ['{"a": 1}']                                  | ["{\\"a\\": 1}"]
            """)
    void jsonWrittenAsText(String json, String expected) {
        assertThat(read(WIDE.A_JSONB, Values.json("v").textAsJson(), json)).isEqualTo(expected);
    }

    @Test
    void jsonWrittenAsTextKeepsThePoliciesOfTexts() {
        assertThat(read(WIDE.A_JSONB, Values.json("v").textAsJson().stripNul(), "'[\"a\\\\u0000b\"]'"))
                .isEqualTo("[\"ab\"] stripNul, textAsJson");
        assertThat(read(
                        WIDE.A_JSONB,
                        Values.json("v").textAsJson().stripNul(),
                        "'{\"b\": {\"a\": 1}, \"a\": 1, \"a\\\\u0000\": 2}'"))
                .as("names that only the U+0000 tells apart")
                .isEqualTo("INVALID_VALUE");
    }

    private static String tags(ListValue<String> tags, String json) {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.manyToMany(
                tags, join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID).lookup(TAG.NAME)));
        Decoded<WideRecord> decoded = mapping.decode(Bson.bson("{_id: 1, v: " + json + "}"));
        if (decoded instanceof RejectedDocument<WideRecord> reject) {
            return reject.code().name();
        }
        MappedDocument<WideRecord> mapped = (MappedDocument<WideRecord>) decoded;
        return mapped.links(WIDE_TAG) + " "
                + mapped.policyUses().stream().map(use -> use.policy().method()).collect(Collectors.joining(", "));
    }

    @Test
    void whatStandsForAnArray() {
        ListValue<String> tags = Values.strings("v").orSingle().orDigitKeys();
        assertThat(tags(tags, "['a', 'b']")).isEqualTo("[a, b] ");
        assertThat(tags(tags, "'a'")).isEqualTo("[a] orSingle");
        assertThat(tags(tags, "{'0': 'a', '2': 'c', '10': 'd'}")).isEqualTo("[a, c, d] orDigitKeys");
        assertThat(tags(tags, "{}")).isEqualTo("[] orDigitKeys");
        assertThat(tags(tags, "{'1': 'a', '0': 'b'}")).isEqualTo("TYPE_MISMATCH");
        assertThat(tags(tags, "{'00': 'a'}")).isEqualTo("TYPE_MISMATCH");
        assertThat(tags(tags, "{'a': 'a'}")).isEqualTo("TYPE_MISMATCH");
        assertThat(tags(tags, "5")).isEqualTo("TYPE_MISMATCH");
        assertThat(tags(Values.strings("v"), "'a'")).isEqualTo("TYPE_MISMATCH");
    }

    private static String texts(ListValue<String> texts, String field) {
        CollectionMapping<KindRecord> mapping = CollectionMapping.of("things", KIND)
                .key(KIND.MONGO_ID, id("_id"))
                .map(KIND.SOME_TEXTS, texts)
                .build();
        Decoded<KindRecord> decoded = mapping.decode(Bson.bson("{_id: 1" + field + "}"));
        if (decoded instanceof RejectedDocument<KindRecord> reject) {
            return reject.code() + " " + reject.path();
        }
        MappedDocument<KindRecord> mapped = (MappedDocument<KindRecord>) decoded;
        return Arrays.toString(mapped.record().getSomeTexts()) + " "
                + mapped.policyUses().stream().map(use -> use.policy().method()).collect(Collectors.joining(" "));
    }

    @Test
    void whatStandsForAnArrayInAColumn() {
        ListValue<String> tags = Values.strings("v").orSingle().orDigitKeys().nullAsEmpty();
        assertThat(texts(tags, ", v: ['b', null, 'a', 'b']")).isEqualTo("[b, null, a, b] ");
        assertThat(texts(tags, ", v: 'a'")).isEqualTo("[a] orSingle");
        assertThat(texts(tags, ", v: {'0': 'a', '3': 'b'}")).isEqualTo("[a, b] orDigitKeys");
        assertThat(texts(tags, ", v: null")).isEqualTo("[] nullAsEmpty");
        assertThat(texts(tags, "")).isEqualTo("[] nullAsEmpty");
        assertThat(texts(Values.strings("v"), "")).isEqualTo("null ");
        assertThat(texts(tags, ", v: [1]")).isEqualTo("TYPE_MISMATCH v");
        assertThat(texts(Values.list(string("v").orScalar()), ", v: [1, 2.5]")).isEqualTo("[1, 2.5] orScalar");
    }
}
