package io.docrows.mapping;

import static io.docrows.mapping.Join.join;
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
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.uuid;
import static io.docrows.testing.db.Tables.TAG;
import static io.docrows.testing.db.Tables.WIDE;
import static io.docrows.testing.db.Tables.WIDE_TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.docrows.error.DocrowsException;
import io.docrows.internal.bson.BsonBytes;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.testing.db.enums.Genre;
import io.docrows.testing.db.tables.records.WideRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each policy makes of a value that its column cannot hold, and that it is counted then, and only then. */
class PoliciesTest {

    private static final double[] SPECIAL = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    /** What became of a value: in its column, and which policies were used. */
    private record Outcome(@Nullable Object value, List<LossPolicy> policies) {}

    private static <T> Outcome outcome(TableField<WideRecord, T> column, Value<? extends T> value, byte[] document) {
        CollectionMapping<WideRecord> mapping = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .map(column, value)
                .build();
        Decoded<WideRecord> decoded = mapping.decode(document);
        if (decoded instanceof RejectedDocument<WideRecord> rejected) {
            return new Outcome(rejected.code().name(), List.of());
        }
        MappedDocument<WideRecord> mapped = (MappedDocument<WideRecord>) decoded;
        assertThat(mapped.policyUses())
                .allSatisfy(use -> assertThat(use)
                        .isEqualTo(new PolicyUse("v", "public.wide." + column.getName(), use.policy(), 1)));
        return new Outcome(
                mapped.record().get(column),
                mapped.policyUses().stream().map(PolicyUse::policy).toList());
    }

    private static <T> Outcome outcome(TableField<WideRecord, T> column, Value<? extends T> value, BsonValue bson) {
        return outcome(column, value, BsonBytes.of(new BsonDocument("_id", new BsonInt32(1)).append("v", bson)));
    }

    private static <T> Outcome text(TableField<WideRecord, T> column, Value<? extends T> value, byte... utf8) {
        return outcome(
                column,
                value,
                new BsonBytes()
                        .element(0x10, "_id", BsonBytes.int32(1))
                        .element(0x02, "v", BsonBytes.string(utf8))
                        .document());
    }

    private static Outcome became(@Nullable Object value, LossPolicy... policies) {
        return new Outcome(value, List.of(policies));
    }

    private static BsonValue decimal128(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }

    @Test
    void stripNulTakesEveryNulOut() {
        assertThat(outcome(WIDE.A_TEXT, string("v").stripNul(), new BsonString("\0a\0\0b\0")))
                .isEqualTo(became("ab", LossPolicy.STRIP_NUL));
        assertThat(outcome(WIDE.A_TEXT, string("v").stripNul(), new BsonString("ab")))
                .isEqualTo(became("ab"));
        assertThat(outcome(WIDE.A_TEXT, string("v").truncate(1), new BsonString("\0")))
                .isEqualTo(became("NUL_CHARACTER"));
    }

    @Test
    void replaceInvalidPutsAReplacementCharacter() {
        assertThat(text(WIDE.A_TEXT, string("v").replaceInvalid(), (byte) 'a', (byte) 0xFF, (byte) 'b'))
                .isEqualTo(became("a\uFFFDb", LossPolicy.REPLACE_INVALID));
        assertThat(text(WIDE.A_TEXT, string("v"), (byte) 0xFF)).isEqualTo(became("INVALID_UTF8"));
        assertThat(outcome(WIDE.A_TEXT, string("v").replaceInvalid(), new BsonString("\uFFFD𝄞")))
                .isEqualTo(became("\uFFFD𝄞"));
    }

    @Test
    void replaceInvalidPutsAReplacementCharacterForHalfASurrogatePairThatAConversionLeft() {
        Value<String> firstHalf = string("v").convert(text -> text.substring(0, 2));
        assertThat(outcome(WIDE.A_TEXT, firstHalf, new BsonString("x𝄞"))).isEqualTo(became("INVALID_UTF8"));
        assertThat(outcome(WIDE.A_TEXT, TextValue.of(firstHalf).replaceInvalid(), new BsonString("x𝄞")))
                .isEqualTo(became("x\uFFFD", LossPolicy.REPLACE_INVALID));
    }

    @ParameterizedTest
    @CsvSource({"abc, abc", "abcd, abc", "a𝄞cd, a𝄞c", "ab𝄞cd, ab𝄞", "𝄞𝄞𝄞𝄞, 𝄞𝄞𝄞"})
    void truncateCountsCodePoints(String text, String cut) {
        assertThat(outcome(WIDE.A_TEXT, string("v").truncate(3), new BsonString(text)))
                .isEqualTo(text.equals(cut) ? became(text) : became(cut, LossPolicy.TRUNCATE));
    }

    @Test
    void truncateKnowsTheColumn() {
        assertThat(outcome(WIDE.A_VARCHAR, string("v").truncate(), new BsonString("abcdefg")))
                .isEqualTo(became("abcde", LossPolicy.TRUNCATE));
        assertThat(outcome(WIDE.A_VARCHAR, string("v").truncate(), new BsonString("abcde")))
                .isEqualTo(became("abcde"));
    }

    @Test
    void policiesForTextsWorkTogether() {
        assertThat(text(WIDE.A_VARCHAR, string("v").truncate().stripNul().replaceInvalid(), new byte[] {
                    'a', 0, (byte) 0xFF, 'b', 0, 'c', 'd', 'e', 'f'
                }))
                .isEqualTo(became("a\uFFFDbcd", LossPolicy.REPLACE_INVALID, LossPolicy.STRIP_NUL, LossPolicy.TRUNCATE));
    }

    @Test
    void jsonIsRepairedAsAWhole() {
        BsonDocument document =
                new BsonDocument("a", new BsonArray(List.of(new BsonString("\0x"), new BsonString("\0"))));
        assertThat(outcome(WIDE.A_JSONB, json("v").stripNul(), document).policies())
                .containsExactly(LossPolicy.STRIP_NUL);
        assertThat(String.valueOf(
                        outcome(WIDE.A_JSONB, json("v").stripNul(), document).value()))
                .isEqualTo("{\"a\":[\"x\",\"\"]}");
        Outcome both = text(WIDE.A_JSONB, json("v").stripNul().replaceInvalid(), (byte) 0, (byte) 0xFF, (byte) 'a');
        assertThat(String.valueOf(both.value())).isEqualTo("\"\uFFFDa\"");
        assertThat(both.policies()).containsExactly(LossPolicy.REPLACE_INVALID, LossPolicy.STRIP_NUL);
        assertThat(text(WIDE.A_JSONB, json("v").stripNul(), (byte) 0, (byte) 0xFF))
                .isEqualTo(became("INVALID_UTF8"));
    }

    @Test
    void nanAsNullTakesTheInfinitiesToo() {
        for (double special : SPECIAL) {
            BsonDouble bson = new BsonDouble(special);
            Outcome nulled = became(null, LossPolicy.NAN_AS_NULL);
            assertThat(outcome(WIDE.A_NUMERIC, decimal("v").nanAsNull(), bson)).isEqualTo(nulled);
            assertThat(outcome(WIDE.A_DOUBLE, float64("v").nanAsNull(), bson)).isEqualTo(nulled);
            assertThat(outcome(WIDE.A_REAL, float32("v").nanAsNull(), bson)).isEqualTo(nulled);
            assertThat(outcome(WIDE.AN_INTEGER, int32("v").nanAsNull(), bson)).isEqualTo(nulled);
            assertThat(outcome(WIDE.A_NUMERIC, decimal("v"), bson)).isEqualTo(became("OUT_OF_RANGE"));
            assertThat(outcome(WIDE.A_DOUBLE, float64("v"), bson)).isEqualTo(became(special));
        }
        assertThat(outcome(WIDE.A_NUMERIC, decimal("v").nanAsNull(), decimal128("-Infinity")))
                .isEqualTo(became(null, LossPolicy.NAN_AS_NULL));
        assertThat(outcome(WIDE.AN_INTEGER, int32("v").nanAsNull(), new BsonDouble(0.5)))
                .isEqualTo(became("OUT_OF_RANGE"));
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 2",
        "2.5, 3",
        "-1.5, -2",
        "-0.4, 0",
        "2147483647.4, 2147483647",
        "2147483647.5, OUT_OF_RANGE",
        "-2147483648.4, -2147483648",
        "7, 7",
        "1E+300, OUT_OF_RANGE",
        "1E-300, 0"
    })
    void roundTakesTheNearestWholeNumber(double number, String expected) {
        Outcome outcome = outcome(WIDE.AN_INTEGER, int32("v").round(), new BsonDouble(number));
        assertThat(String.valueOf(outcome.value())).isEqualTo(expected);
        assertThat(outcome.policies())
                .isEqualTo(number == 7 || expected.startsWith("OUT") ? List.of() : List.of(LossPolicy.ROUND));
    }

    @Test
    void clampTakesTheEndsOfTheRange() {
        assertThat(outcome(WIDE.A_SMALLINT, int16("v").clamp(), new BsonInt32(32_768)))
                .isEqualTo(became(Short.MAX_VALUE, LossPolicy.CLAMP));
        assertThat(outcome(WIDE.AN_INTEGER, int32("v").clamp(), new BsonInt64(Long.MIN_VALUE)))
                .isEqualTo(became(Integer.MIN_VALUE, LossPolicy.CLAMP));
        assertThat(outcome(WIDE.A_BIGINT, int64("v").clamp(), new BsonDouble(1e300)))
                .isEqualTo(became(Long.MAX_VALUE, LossPolicy.CLAMP));
        assertThat(outcome(WIDE.A_BIGINT, int64("v").clamp(), new BsonDouble(Double.NEGATIVE_INFINITY)))
                .isEqualTo(became(Long.MIN_VALUE, LossPolicy.CLAMP));
        assertThat(outcome(WIDE.A_BIGINT, int64("v").clamp(), new BsonDouble(Double.NaN)))
                .isEqualTo(became("OUT_OF_RANGE"));
        assertThat(outcome(WIDE.A_BIGINT, int64("v").clamp(), new BsonDouble(0.5)))
                .isEqualTo(became("OUT_OF_RANGE"));
        assertThat(outcome(WIDE.A_REAL, float32("v").clamp(), new BsonDouble(-1e300)))
                .isEqualTo(became(-Float.MAX_VALUE, LossPolicy.CLAMP));
        assertThat(outcome(WIDE.A_DOUBLE, float64("v").clamp(), decimal128("1E6144")))
                .isEqualTo(became(Double.MAX_VALUE, LossPolicy.CLAMP));
        assertThat(outcome(WIDE.AN_INTEGER, int32("v").round().clamp(), new BsonDouble(2_147_483_647.5)))
                .isEqualTo(became(Integer.MAX_VALUE, LossPolicy.CLAMP));
    }

    @Test
    void roundTakesTheNearestFloat() {
        assertThat(outcome(WIDE.A_REAL, float32("v"), new BsonDouble(0.1))).isEqualTo(became("OUT_OF_RANGE"));
        assertThat(outcome(WIDE.A_REAL, float32("v").round(), new BsonDouble(0.1)))
                .isEqualTo(became(0.1f, LossPolicy.ROUND));
        assertThat(outcome(WIDE.A_REAL, float32("v").round(), new BsonDouble(0.5)))
                .isEqualTo(became(0.5f));
        assertThat(outcome(WIDE.A_REAL, float32("v").round(), new BsonDouble(1e300)))
                .isEqualTo(became("OUT_OF_RANGE"));
        assertThat(outcome(WIDE.A_DOUBLE, float64("v").round(), new BsonInt64(Long.MAX_VALUE)))
                .isEqualTo(became(0x1p63, LossPolicy.ROUND));
        assertThat(outcome(WIDE.A_DOUBLE, float64("v").round(), decimal128("0.1")))
                .isEqualTo(became(0.1, LossPolicy.ROUND));
    }

    @ParameterizedTest
    @CsvSource({
        "1.005, 1.01, ROUND",
        "-1.005, -1.01, ROUND",
        "1.004, 1.00, ROUND",
        "1.00, 1.00,",
        "1.000, 1.00,",
        "999999.99, 999999.99,",
        "999999.994, 999999.99, ROUND",
        "999999.995, 999999.99, CLAMP",
        "1E+10, 999999.99, CLAMP",
        "-1E+10, -999999.99, CLAMP",
        "1E-6176, 0.00, ROUND",
        "9E+6144, 999999.99, CLAMP",
        "Infinity, 999999.99, CLAMP",
        "NaN, OUT_OF_RANGE,"
    })
    void aDecimalIsBroughtIntoItsColumn(String number, String expected, @Nullable LossPolicy policy) {
        Outcome outcome = outcome(WIDE.A_PRICE, decimal("v").round().clamp(), decimal128(number));
        assertThat(outcome.policies()).isEqualTo(policy == null ? List.of() : List.of(policy));
        if (outcome.value() instanceof BigDecimal decimal) {
            assertThat(decimal).isEqualByComparingTo(expected);
        } else {
            assertThat(outcome.value()).isEqualTo(expected);
        }
    }

    @Test
    void aDoubleIsRoundedAsTheDecimalThatWasWritten() {
        assertThat(outcome(WIDE.A_PRICE, decimal("v").round(), new BsonDouble(2.675)))
                .isEqualTo(became(new BigDecimal("2.68"), LossPolicy.ROUND));
    }

    @Test
    void aNumberThatAConversionMadeHasPoliciesToo() {
        Value<BigDecimal> parsed = string("v").convert(BigDecimal::new);
        assertThat(outcome(WIDE.A_PRICE, parsed, new BsonString("1.239"))).isEqualTo(became("OUT_OF_RANGE"));
        assertThat(outcome(WIDE.A_PRICE, DecimalValue.of(parsed).round(), new BsonString("1.239")))
                .isEqualTo(became(new BigDecimal("1.24"), LossPolicy.ROUND));
        assertThat(outcome(WIDE.A_PRICE, DecimalValue.of(parsed).round().invalidAsNull(), new BsonString("cheap")))
                .isEqualTo(became(null, LossPolicy.INVALID_AS_NULL));
    }

    @Test
    void clampDateTakesTheEndsOfTheRange() {
        BsonDateTime longAgo = new BsonDateTime(Long.MIN_VALUE);
        BsonDateTime farOff = new BsonDateTime(Long.MAX_VALUE);
        assertThat(outcome(WIDE.A_TIMESTAMPTZ, instant("v").clampDate(), longAgo))
                .isEqualTo(became(Instant.parse("-4713-11-24T00:00:00Z"), LossPolicy.CLAMP_DATE));
        assertThat(outcome(WIDE.A_TIMESTAMPTZ, instant("v").clampDate(), farOff))
                .isEqualTo(became(Instant.parse("+294276-12-31T23:59:59.999Z"), LossPolicy.CLAMP_DATE));
        assertThat(outcome(WIDE.A_TENTH_TZ, instant("v").clampDate(), farOff))
                .isEqualTo(became(Instant.parse("+294276-12-31T23:59:59.900Z"), LossPolicy.CLAMP_DATE));
        assertThat(outcome(WIDE.A_SECOND, localDateTime(ZoneOffset.UTC, "v").clampDate(), farOff))
                .isEqualTo(became(LocalDateTime.of(294_276, 12, 31, 23, 59, 59), LossPolicy.CLAMP_DATE));
        assertThat(outcome(
                        WIDE.A_TIMESTAMP,
                        localDateTime(ZoneId.of("Asia/Kathmandu"), "v").clampDate(),
                        farOff))
                .isEqualTo(became(LocalDateTime.of(294_276, 12, 31, 23, 59, 59, 999_000_000), LossPolicy.CLAMP_DATE));
        assertThat(outcome(WIDE.A_DATE, date("v").clampDate(), longAgo))
                .isEqualTo(became(LocalDate.of(-4713, 11, 24), LossPolicy.CLAMP_DATE));
        assertThat(outcome(WIDE.A_DATE, date("v").clampDate(), farOff))
                .isEqualTo(became(LocalDate.of(5_874_897, 12, 31), LossPolicy.CLAMP_DATE));
        assertThat(outcome(WIDE.A_DATE, date("v").clampDate(), new BsonDateTime(0)))
                .isEqualTo(became(LocalDate.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({"499, 0", "500, 1", "-1, 0", "-500, 0", "-501, -1", "1000, 1"})
    void aTimeIsRoundedToItsColumnsPrecision(long milliseconds, long seconds) {
        LocalDateTime rounded = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        assertThat(outcome(WIDE.A_SECOND, localDateTime(ZoneOffset.UTC, "v").round(), new BsonDateTime(milliseconds)))
                .isEqualTo(milliseconds == 1000 ? became(rounded) : became(rounded, LossPolicy.ROUND));
        assertThat(outcome(WIDE.A_TENTH_TZ, instant("v").round(), new BsonDateTime(149)))
                .isEqualTo(became(Instant.ofEpochMilli(100), LossPolicy.ROUND));
        assertThat(outcome(WIDE.A_MOMENT, instant("v").round(), new BsonDateTime(149)))
                .isEqualTo(became(Instant.ofEpochMilli(149)));
    }

    @Test
    void aTimeThatIsRoundedOutOfTheRangeIsNotRounded() {
        BsonDateTime last =
                new BsonDateTime(Instant.parse("+294276-12-31T23:59:59.999Z").toEpochMilli());
        assertThat(outcome(WIDE.A_TENTH_TZ, instant("v").round(), last)).isEqualTo(became("OUT_OF_RANGE"));
        assertThat(outcome(WIDE.A_TENTH_TZ, instant("v").round().clampDate(), last))
                .isEqualTo(became(Instant.parse("+294276-12-31T23:59:59.900Z"), LossPolicy.CLAMP_DATE));
        assertThat(outcome(WIDE.A_TIMESTAMPTZ, instant("v").round(), last))
                .isEqualTo(became(Instant.parse("+294276-12-31T23:59:59.999Z")));
    }

    @Test
    void nullMayTakeTheValuesPlace() {
        BsonValue word = new BsonString("word");
        assertThat(outcome(WIDE.A_BOOLEAN, bool("v").mismatchAsNull(), word))
                .isEqualTo(became(null, LossPolicy.MISMATCH_AS_NULL));
        assertThat(outcome(WIDE.A_UUID, uuid("v").mismatchAsNull(), word))
                .isEqualTo(became(null, LossPolicy.MISMATCH_AS_NULL));
        assertThat(outcome(WIDE.A_GENRE, enumeration("v", Genre.class).invalidAsNull(), word))
                .isEqualTo(became(null, LossPolicy.INVALID_AS_NULL));
        assertThat(outcome(WIDE.AN_INTEGER, int32("v").outOfRangeAsNull(), new BsonDouble(0.5)))
                .isEqualTo(became(null, LossPolicy.OUT_OF_RANGE_AS_NULL));
        assertThat(outcome(WIDE.A_PRICE, decimal("v").outOfRangeAsNull(), new BsonInt32(1_000_000)))
                .isEqualTo(became(null, LossPolicy.OUT_OF_RANGE_AS_NULL));
        assertThat(outcome(WIDE.A_TENTH_TZ, instant("v").outOfRangeAsNull(), new BsonDateTime(1)))
                .isEqualTo(became(null, LossPolicy.OUT_OF_RANGE_AS_NULL));
        assertThat(outcome(WIDE.A_DATE, date("v").outOfRangeAsNull(), new BsonDateTime(Long.MIN_VALUE)))
                .isEqualTo(became(null, LossPolicy.OUT_OF_RANGE_AS_NULL));
        assertThat(outcome(WIDE.AN_INTEGER, int32("v").outOfRangeAsNull(), word))
                .isEqualTo(became("TYPE_MISMATCH"));
    }

    @Test
    void nullMayTakeThePlaceOfWhatAConversionRefuses() {
        Value<Integer> length = string("v").convert(text -> Integer.valueOf(text));
        assertThat(outcome(WIDE.AN_INTEGER, length, new BsonString("x"))).isEqualTo(became("INVALID_VALUE"));
        assertThat(outcome(WIDE.AN_INTEGER, length.invalidAsNull(), new BsonString("x")))
                .isEqualTo(became(null, LossPolicy.INVALID_AS_NULL));
        assertThat(outcome(WIDE.AN_INTEGER, length.invalidAsNull(), new BsonString("7")))
                .isEqualTo(became(7));
    }

    @Test
    void elementsAreRepairedAndCountedOneByOne() {
        CollectionMapping<WideRecord> mapping =
                tagged(list(string("tags").stripNul().mismatchAsNull())
                        .convert(text -> text.isEmpty() ? null : text)
                        .mismatchAsEmpty());
        MappedDocument<WideRecord> mapped = (MappedDocument<WideRecord>) mapping.decode(
                BsonBytes.of(BsonDocument.parse("{_id: 1, tags: ['a\\u0000', 7, '\\u0000', 'b', true, {x: 1}, 'a']}")));
        assertThat(mapped.links(WIDE_TAG)).isEqualTo(List.of("a", "b"));
        assertThat(mapped.policyUses())
                .containsExactlyInAnyOrder(
                        new PolicyUse("tags", "public.tag.name", LossPolicy.STRIP_NUL, 2),
                        new PolicyUse("tags", "public.tag.name", LossPolicy.MISMATCH_AS_NULL, 3));

        MappedDocument<WideRecord> none =
                (MappedDocument<WideRecord>) mapping.decode(BsonBytes.of(BsonDocument.parse("{_id: 1, tags: 'a'}")));
        assertThat(none.links(WIDE_TAG)).isEmpty();
        assertThat(none.policyUses())
                .containsExactly(new PolicyUse("tags", "public.tag.name", LossPolicy.MISMATCH_AS_EMPTY, 1));
    }

    private static CollectionMapping<WideRecord> tagged(ListValue<String> tags) {
        return CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .manyToMany(
                        tags, join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID).lookup(TAG.NAME))
                .build();
    }

    @Test
    void aDocumentIsCountedForItself() {
        DocumentDecoder<WideRecord> decoder = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .map(WIDE.A_TEXT, string("v").stripNul())
                .map(WIDE.AN_INTEGER, int32("n"))
                .build()
                .decoder();
        byte[] repaired = BsonBytes.of(BsonDocument.parse("{_id: 1, v: '\\u0000'}"));
        byte[] rejected = BsonBytes.of(BsonDocument.parse("{_id: 1, v: '\\u0000', n: 'x'}"));
        byte[] sound = BsonBytes.of(BsonDocument.parse("{_id: 1, v: 'x'}"));

        assertThat(decoder.decode(rejected)).isInstanceOf(RejectedDocument.class);
        assertThat(((MappedDocument<WideRecord>) decoder.decode(sound)).policyUses())
                .isEmpty();
        assertThat(((MappedDocument<WideRecord>) decoder.decode(repaired)).policyUses())
                .containsExactly(new PolicyUse("v", "public.wide.a_text", LossPolicy.STRIP_NUL, 1));
    }

    @Test
    void policiesThatCannotBeMeantAreFoundWhenTheMappingIsBuilt() {
        CollectionMapping.Builder<WideRecord> builder = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, string("_id").stripNul())
                .map(WIDE.A_TEXT, string("a").truncate())
                .map(WIDE.A_VARCHAR, string("b").truncate(9))
                .map(WIDE.A_NUMERIC, decimal("c").round())
                .map(WIDE.A_BIGINT, decimal("d").clamp().convert(BigDecimal::longValue))
                .map(WIDE.A_BOOLEAN, bool("e").required().mismatchAsNull())
                .reference(WIDE.PARENT_ID, string("f").truncate(3), WIDE.MONGO_ID);

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(builder::build)
                .withMessageContaining(
                        "stripNul() for public.wide.mongo_id would let different documents share one key")
                .withMessageContaining("truncate() for public.wide.a_text needs a number")
                .withMessageContaining("truncate() for public.wide.a_varchar cuts to 9, but the column holds 5")
                .withMessageContaining("round() for public.wide.a_numeric needs a column that declares its precision")
                .withMessageContaining("clamp() for public.wide.a_bigint needs a column that declares its precision")
                .withMessageContaining(
                        "mismatchAsNull() for public.wide.a_boolean has no effect on a value that is" + " required")
                .withMessageContaining(
                        "truncate() for public.wide.parent_id would let different documents share one key");
        assertThatIllegalArgumentException().isThrownBy(() -> string("a").truncate(0));
    }
}
