package io.docrows.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonBytes;
import io.docrows.internal.bson.MalformedBsonException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.UuidRepresentation;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the accepted values become, and what the rejections say. */
class ValuesTest {

    private static <T> T read(Value<T> value, BsonValue bson) {
        return Objects.requireNonNull(Bound.of(value).read(BsonBytes.at(bson)));
    }

    private static RejectedValueException rejection(Value<?> value, BsonValue bson) {
        return rejection(Bound.of(value), bson);
    }

    private static RejectedValueException rejection(Bound<?> reader, BsonValue bson) {
        try {
            reader.read(BsonBytes.at(bson));
        } catch (RejectedValueException e) {
            return e;
        }
        throw new AssertionError("not rejected");
    }

    private static BsonValue decimal128(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }

    @Test
    void aPathIsNeverSplitAtDots() {
        assertThat(Values.string("a.b", "", "c.d").path()).containsExactly("a.b", "", "c.d");
        assertThat(Values.strings("tags").path()).containsExactly("tags");
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "1.50, 1.5", "-7, -7", "12.34, 12.34", "1e22, 1E+22", "1e23, 1E+23", "5e-324, 5E-324"})
    void aDoubleBecomesTheShortestDecimal(double value, BigDecimal expected) {
        assertThat(read(Values.decimal("v"), new BsonDouble(value))).isEqualByComparingTo(expected);
        assertThat(read(Values.decimal("v"), new BsonDouble(value)).precision())
                .isEqualTo(expected.stripTrailingZeros().precision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.50", "0.00", "1E+10", "9.999999999999999999999999999999999E+6144", "1E-6176", "-12.340"})
    void aDecimalKeepsItsScale(String text) {
        assertThat(read(Values.decimal("v"), decimal128(text))).isEqualTo(new BigDecimal(text));
    }

    @Test
    void minusZeroIsZeroExceptAsADouble() {
        assertThat(read(Values.decimal("v"), decimal128("-0.00"))).isEqualTo(new BigDecimal("0.00"));
        assertThat(read(Values.int32("v"), new BsonDouble(-0.0))).isZero();
        assertThat(read(Values.float64("v"), decimal128("-0"))).isEqualTo(-0.0);
    }

    @Test
    void aDecimalWhoseCoefficientIsNotCanonicalIsZero() {
        BsonValue value =
                new BsonDecimal128(Decimal128.fromIEEE754BIDEncoding(0x3041ed09bead87c0L, 0x378d8e6400000000L));
        assertThat(read(Values.decimal("v"), value)).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 1L << 53, Long.MAX_VALUE - 1023})
    void aLongThatADoubleHasExactlyIsKept(long value) {
        assertThat(read(Values.float64("v"), new BsonInt64(value))).isEqualTo((double) value);
        assertThat(read(Values.int64("v"), new BsonDouble((double) value))).isEqualTo(value);
    }

    @Test
    void wholeNumbersComeOutOfEveryNumberType() {
        for (BsonValue seven : List.of(new BsonInt32(7), new BsonInt64(7), new BsonDouble(7), decimal128("7.0E0"))) {
            assertThat(read(Values.int32("v"), seven)).isEqualTo(7);
            assertThat(read(Values.int64("v"), seven)).isEqualTo(7L);
            assertThat(read(Values.float64("v"), seven)).isEqualTo(7.0);
            assertThat(read(Values.decimal("v"), seven)).isEqualByComparingTo("7");
        }
        assertThat(read(Values.int64("v"), decimal128("-9223372036854775808"))).isEqualTo(Long.MIN_VALUE);
        assertThat(rejection(Values.int64("v"), decimal128("9223372036854775808"))
                        .code())
                .isEqualTo(RejectCode.OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4713-11-24T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "1582-10-10T00:00:00.001Z",
                "+294276-12-31T23:59:59.999Z"
            })
    void instantsThatTimestamptzHolds(Instant instant) {
        assertThat(read(Values.instant("v"), new BsonDateTime(instant.toEpochMilli())))
                .isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4713-11-23T23:59:59.999Z", "+294277-01-01T00:00:00Z"})
    void instantsThatTimestamptzDoesNotHold(Instant instant) {
        assertThat(rejection(Values.instant("v"), new BsonDateTime(instant.toEpochMilli()))
                        .detail())
                .isEqualTo("expected a date from 4713 BC to 294276 AD, found a date that is not");
    }

    @Test
    void aDayDependsOnTheZone() {
        BsonValue evening =
                new BsonDateTime(Instant.parse("2024-02-29T23:30:00Z").toEpochMilli());
        assertThat(read(Values.date("v"), evening)).isEqualTo("2024-02-29");
        assertThat(read(Values.date(ZoneId.of("Europe/Berlin"), "v"), evening)).isEqualTo("2024-03-01");
        BsonValue before1970 = new BsonDateTime(-1);
        assertThat(read(Values.date("v"), before1970)).isEqualTo("1969-12-31");
    }

    @Test
    void daysReachTheEndOfPostgresqlsDates() {
        long last = LocalDate.of(5_874_897, 12, 31).toEpochDay() * 86_400_000L;
        assertThat(read(Values.date("v"), new BsonDateTime(last))).isEqualTo(LocalDate.of(5_874_897, 12, 31));
        assertThat(rejection(Values.date("v"), new BsonDateTime(last + 86_400_000L))
                        .code())
                .isEqualTo(RejectCode.OUT_OF_RANGE);
    }

    @Test
    void uuids() {
        UUID id = SampleValues.ID;
        assertThat(read(Values.uuid("v"), new BsonBinary(id))).isEqualTo(id);
        assertThat(rejection(Values.uuid("v"), new BsonBinary(id, UuidRepresentation.JAVA_LEGACY))
                        .detail())
                .contains("legacy subtype 3", "legacyUuid");
        assertThat(rejection(Values.uuid("v"), new BsonBinary((byte) 0x80, new byte[16]))
                        .detail())
                .endsWith("found binData of subtype 128");
    }

    @ParameterizedTest
    @CsvSource({"JAVA_LEGACY", "C_SHARP_LEGACY", "PYTHON_LEGACY"})
    void legacyUuidsAreReadInTheOrderGiven(UuidRepresentation order) {
        for (UUID id : List.of(SampleValues.ID, UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100"))) {
            Value<UUID> value = Values.legacyUuid(order, "v");
            assertThat(read(value, new BsonBinary(id, order))).isEqualTo(id);
            assertThat(read(value, new BsonBinary(id))).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @CsvSource({"STANDARD", "UNSPECIFIED"})
    void aLegacyUuidNeedsALegacyOrder(UuidRepresentation order) {
        assertThatIllegalArgumentException().isThrownBy(() -> Values.legacyUuid(order, "v"));
    }

    @Test
    void anEnumerationGoesByItsLiterals() {
        Value<GigStateSample> state = Values.enumeration("v", GigStateSample.class);
        assertThat(read(state, new BsonString("in progress"))).isEqualTo(GigStateSample.IN_PROGRESS);
        assertThat(rejection(state, new BsonString("secret")).detail()).isEqualTo("expected one of done, in progress");
        assertThat(Values.enumeration(GigStateSample.class, "a", "b").path()).containsExactly("a", "b");
    }

    @Test
    @SuppressWarnings("NullAway") // it does not see the annotation within the wildcard of convert's parameter
    void aListHasItsDistinctElementsConvertedAndWithoutNulls() {
        BsonArray array = new BsonArray(List.of(
                new BsonString("c"), new BsonString("b"), BsonNull.VALUE, new BsonString("A"), new BsonString("a")));
        ListValue<String> list = Values.list(Values.string("v").convert(ValuesTest::upperCaseUnlessB));
        assertThat(Bound.of(list).read(BsonBytes.at(array))).containsExactly("C", "A");
    }

    private static @Nullable String upperCaseUnlessB(String text) {
        return text.equals("b") ? null : text.toUpperCase(Locale.ROOT);
    }

    @Test
    void aListLeavesTheDeprecatedUndefinedOutLikeNull() {
        BsonArray array = new BsonArray(List.of(new BsonUndefined(), new BsonString("a")));
        assertThat(Bound.of(Values.strings("v")).read(BsonBytes.at(array))).containsExactly("a");
    }

    @Test
    void aListNamesTheElementThatIsRejected() {
        BsonArray array = new BsonArray(List.of(new BsonString("a"), BsonNull.VALUE, new BsonInt32(1)));
        RejectedValueException rejection = rejection(Bound.of(Values.strings("v")), array);
        assertThat(rejection.code()).isEqualTo(RejectCode.TYPE_MISMATCH);
        assertThat(rejection.detail()).isEqualTo("element 2: expected string, found int");
        assertThat(rejection(Bound.of(Values.strings("v")), new BsonString("a")).detail())
                .isEqualTo("expected array, found string");
    }

    @Test
    void aListOfAnyElements() {
        BsonArray array = new BsonArray(List.of(new BsonInt32(1), new BsonDouble(2)));
        assertThat(Bound.of(Values.list(Values.int32("v"))).read(BsonBytes.at(array)))
                .containsExactly(1, 2);
        assertThat(Bound.of(Values.ids("v")).read(BsonBytes.at(array))).containsExactly("1", "2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.list(Values.int32("v").required()));
    }

    @Test
    void rejectionsNameTheTypes() {
        assertThat(rejection(Values.instant("v"), new BsonString("2024-01-01")).detail())
                .isEqualTo("expected date, found string");
        assertThat(rejection(Values.int32("v"), new BsonDouble(1.5)).detail())
                .isEqualTo("expected a whole number of 32 bits, found a double that is not");
    }

    @Test
    void deepNestingRejectsInsteadOfOverflowing() {
        BsonDocument document = new BsonDocument();
        for (int level = 0; level < 900; level++) {
            document = new BsonDocument("n", document);
        }
        BsonValue deep = document;
        assertThatExceptionOfType(MalformedBsonException.class)
                .isThrownBy(() -> read(Values.json("v"), deep))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectCode.INVALID_DOCUMENT));
    }
}
