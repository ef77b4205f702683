package io.docrows.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Finding;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.testing.MemorySource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.UuidRepresentation;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Documents as the usual writers store them are told by their habits. */
final class WritersHabitsTest {

    private static final int COUNT = 60;

    private static CollectionFacts inspect(IntFunction<BsonDocument> each) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            documents.add(each.apply(i));
        }
        Inspection found = Inspector.of(MemorySource.empty().with("things", documents))
                .inspect(InspectOptions.defaults().threads(1))
                .orElseThrow();
        return found.collection("things").orElseThrow();
    }

    private static CollectionFacts values(IntFunction<BsonValue> each) {
        return inspect(i -> new BsonDocument("_id", id(i)).append("value", each.apply(i)));
    }

    private static BsonObjectId id(int number) {
        return new BsonObjectId(new ObjectId((int) (saved(number).getEpochSecond()), number));
    }

    private static Instant saved(int number) {
        return Instant.parse("2023-05-01T15:00:00Z").plusSeconds(number * 90_000L);
    }

    private static Finding finding(CollectionFacts facts, FindingCode code, String path) {
        return facts.findings().stream()
                .filter(one -> one.code() == code && one.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + code + " at " + path + " among " + facts.findings()));
    }

    private static Finding finding(CollectionFacts facts, FindingCode code) {
        return finding(facts, code, "value");
    }

    private static void assertNone(CollectionFacts facts, FindingCode code) {
        assertThat(facts.findings()).noneMatch(one -> one.code() == code);
    }

    @Test
    void springStoresADayAsMidnightOfTheZoneOfItsMachine() {
        ZoneId newYork = ZoneId.of("America/New_York");
        CollectionFacts facts = values(i -> new BsonDateTime(LocalDate.of(1999, 1, 1)
                .plusDays(i * 40L)
                .atStartOfDay(newYork)
                .toInstant()
                .toEpochMilli()));
        Finding found = finding(facts, FindingCode.DAY_AT_MIDNIGHT);
        assertThat(found.message()).contains("All 60 dates").contains("The zone is a guess");
        assertThat(facts.path("value").orElseThrow().dates().orElseThrow().zones())
                .contains("America/New_York")
                .doesNotContain("UTC", "Europe/Berlin");
    }

    @Test
    void daysAtMidnightUtcAreTold() {
        CollectionFacts facts = values(i -> new BsonDateTime(i * 86_400_000L * 17));
        assertThat(finding(facts, FindingCode.DAY_AT_MIDNIGHT).message()).contains("midnight in UTC");
    }

    @Test
    void springStoresATimeOnTheDayOfSaving() {
        CollectionFacts facts = values(i -> new BsonDateTime(LocalTime.of(i % 24, i)
                .atDate(LocalDate.ofInstant(saved(i), ZoneOffset.UTC))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli()));
        assertThat(finding(facts, FindingCode.TIME_ON_DAY_OF_SAVING).message()).contains("All 60");
    }

    @Test
    void theMomentOfSavingIsNoTimeOfDay() {
        assertNone(values(i -> new BsonDateTime(saved(i).toEpochMilli() + 123)), FindingCode.TIME_ON_DAY_OF_SAVING);
    }

    @Test
    void theDriverStoresATimeOn1970() {
        CollectionFacts facts = values(i -> new BsonDateTime(1_000L * (i + 1) * 977));
        assertThat(finding(facts, FindingCode.TIME_ON_1970).values()).isEqualTo(COUNT);
    }

    @Test
    void morphiaStoresATimeAsMillisecondsOfTheDay() {
        CollectionFacts facts =
                inspect(i -> new BsonDocument("_id", id(i)).append("opensAt", new BsonInt64(i * 1_200_000L)));
        finding(facts, FindingCode.MILLIS_OF_DAY, "opensAt");
    }

    @Test
    void epochNumbersAreToldByTheirSize() {
        assertThat(finding(values(i -> new BsonInt64(1_700_000_000_000L + i * 1000L)), FindingCode.EPOCH_NUMBER)
                        .message())
                .contains("milliseconds");
        assertThat(finding(values(i -> new BsonInt32(1_700_000_000 + i)), FindingCode.EPOCH_NUMBER)
                        .message())
                .contains(" seconds");
        assertThat(finding(values(i -> new BsonDouble(1_700_000_000.25 + i)), FindingCode.EPOCH_NUMBER)
                        .message())
                .contains(" seconds");
        assertNone(values(i -> new BsonInt32(i * 1_000_000)), FindingCode.EPOCH_NUMBER);
    }

    @Test
    void jacksonStoresDatesAsArraysOfThreeToSevenNumbers() {
        CollectionFacts days = values(
                i -> new BsonArray(List.of(new BsonInt32(2024), new BsonInt32(1 + i % 12), new BsonInt32(1 + i % 28))));
        assertThat(finding(days, FindingCode.DATE_AS_ARRAY).values()).isEqualTo(COUNT);
        CollectionFacts moments = values(i -> {
            BsonArray array = new BsonArray(List.of(
                    new BsonInt32(2024), new BsonInt32(3), new BsonInt32(10), new BsonInt32(i % 24), new BsonInt32(i)));
            for (int more = 0; more < i % 3; more++) {
                array.add(new BsonInt32(7 + i % 50));
            }
            return array;
        });
        assertThat(finding(moments, FindingCode.DATE_AS_ARRAY).message()).contains("of 5 to 7 numbers");
    }

    @Test
    void springStoredUuidsInAnOrderOfItsOwn() {
        IntFunction<UUID> uuid = i -> UUID.nameUUIDFromBytes(new byte[] {(byte) i});
        assertThat(finding(
                                values(i -> new BsonBinary(uuid.apply(i), UuidRepresentation.JAVA_LEGACY)),
                                FindingCode.UUID_BYTE_ORDER)
                        .message())
                .contains("in the order of Java");
        assertThat(finding(
                                values(i -> new BsonBinary(uuid.apply(i), UuidRepresentation.PYTHON_LEGACY)),
                                FindingCode.UUID_BYTE_ORDER)
                        .message())
                .contains("in the order of Python");
        assertThat(finding(
                                values(i -> new BsonBinary(uuid.apply(i), UuidRepresentation.C_SHARP_LEGACY)),
                                FindingCode.UUID_BYTE_ORDER)
                        .message())
                .contains("C#");
    }

    @Test
    void springStoredDecimalsAsTextBeforeItStoredDecimals() {
        CollectionFacts facts =
                values(i -> i < 20 ? new BsonString("12.5" + i) : new BsonDecimal128(Decimal128.parse("12.5" + i)));
        Finding found = finding(facts, FindingCode.TEXT_BESIDE_DECIMAL);
        assertThat(found.values()).isEqualTo(20);
        assertThat(found.weight()).isEqualTo(Finding.Weight.DECIDE);
    }

    @Test
    void rubyCutsTheZerosOfDecimals() {
        CollectionFacts facts =
                values(i -> new BsonDecimal128(Decimal128.parse(i % 2 == 0 ? "1E+2" : "1." + (1 + i % 9))));
        assertThat(finding(facts, FindingCode.SCALE_UNCERTAIN).values()).isEqualTo(30);
    }

    @Test
    void javascriptStoresLargeWholeNumbersAsDoubles() {
        CollectionFacts facts = values(i -> i % 2 == 0 ? new BsonInt32(i) : new BsonDouble(3_000_000_000.0 + i));
        assertThat(finding(facts, FindingCode.WHOLE_DOUBLES).values()).isEqualTo(30);
    }

    @Test
    void mongooseStoresSetsAndUrlsAsEmptyDocuments() {
        CollectionFacts facts = values(i -> new BsonDocument());
        assertThat(finding(facts, FindingCode.NO_INFORMATION).message()).contains("is lost");
    }

    @Test
    void agendaStoresADozenNulls() {
        assertThat(finding(values(i -> BsonNull.VALUE), FindingCode.ALWAYS_NULL).values())
                .isEqualTo(COUNT);
    }

    @Test
    void phpStoresArraysWithGapsAsDocumentsWithDigits() {
        CollectionFacts facts = values(i -> i % 2 == 0
                ? new BsonArray(List.of(new BsonString("a")))
                : new BsonDocument("0", new BsonString("a")).append("2", new BsonString("b")));
        assertThat(finding(facts, FindingCode.DIGIT_KEYS_BESIDE_ARRAYS).values())
                .isEqualTo(30);
    }

    @Test
    void mongoEngineStoresExactTimesAsText() {
        finding(values(i -> new BsonString("2024,03,10,01,02,03,00000" + i % 10)), FindingCode.COMMA_SEPARATED_TIME);
    }

    @Test
    void keyvStoresJsonAsText() {
        finding(values(i -> new BsonString("{\"value\":" + i + ",\"expires\":null}")), FindingCode.JSON_AS_TEXT);
    }

    @Test
    void leadingZerosAreNoNumber() {
        CollectionFacts facts = values(i -> new BsonString(String.format("%05d", i * 1234)));
        assertThat(finding(facts, FindingCode.LEADING_ZEROS).message()).contains("keep text");
        assertNone(facts, FindingCode.TYPE_KEPT_AS_TEXT);
    }

    @Test
    void classMarkersAreNamed() {
        CollectionFacts facts = inspect(i -> new BsonDocument("_id", id(i))
                .append("_class", new BsonString("com.example.A"))
                .append("__v", new BsonInt32(0))
                .append("_cls", new BsonString("A.B"))
                .append("__pclass", new BsonBinary((byte) 0x80, new byte[] {65}))
                .append("_doctrine_class_name", new BsonString("App.A"))
                .append("py/object", new BsonString("app.A")));
        for (String marker : List.of("_class", "__v", "_cls", "__pclass", "_doctrine_class_name", "py/object")) {
            assertThat(finding(facts, FindingCode.CLASS_MARKER, marker).message())
                    .contains(COUNT + " times");
        }
    }

    @Test
    void recordsHaveAnIdBesideTheId() {
        CollectionFacts facts = inspect(i -> new BsonDocument("_id", id(i)).append("id", new BsonInt32(i)));
        finding(facts, FindingCode.ID_BESIDE_ID, "id");
        assertNone(facts, FindingCode.NAME_COLLISION);
    }

    @Test
    void mikroOrmFlattensOneEmbeddableAndNotTheOther() {
        CollectionFacts facts = inspect(i -> i % 2 == 0
                ? new BsonDocument("_id", id(i)).append("addr_city", new BsonString("Rome"))
                : new BsonDocument("_id", id(i)).append("addr", new BsonDocument("city", new BsonString("Rome"))));
        finding(facts, FindingCode.FLATTENED_BESIDE_EMBEDDED, "addr_city");
        finding(facts, FindingCode.NAME_COLLISION, "addr_city");
    }

    @Test
    void keysWithDotsAndInvisibleCharactersAndCasesAreTold() {
        CollectionFacts facts = inspect(i -> new BsonDocument("_id", id(i))
                .append("a.b", new BsonInt32(i))
                .append("session\uF607key", new BsonInt32(i))
                .append("a[dot]c", new BsonInt32(i))
                .append("uRL", new BsonString("u" + i))
                .append("url", new BsonString("v" + i)));
        assertThat(finding(facts, FindingCode.ODD_NAME, "\"a.b\"").message()).contains("a dot");
        assertThat(finding(facts, FindingCode.ODD_NAME, "session\uF607key").message())
                .contains("a stand-in for a dot")
                .contains("not seen");
        finding(facts, FindingCode.ODD_NAME, "a[dot]c");
        assertThat(facts.findings()).anyMatch(one -> one.code() == FindingCode.NAMES_DIFFER_BY_CASE);
    }

    @Test
    void geoJsonAndPairsAreTold() {
        CollectionFacts facts = inspect(i -> new BsonDocument("_id", id(i))
                .append("geo", BsonDocument.parse("{type: 'Point', coordinates: [13.4, 52.5]}"))
                .append("place", new BsonArray(List.of(new BsonDouble(13.4), new BsonDouble(52.5))))
                .append("untyped", BsonDocument.parse("{coordinates: []}")));
        assertThat(finding(facts, FindingCode.GEO_JSON, "geo").values()).isEqualTo(COUNT);
        finding(facts, FindingCode.LONGITUDE_LATITUDE, "place");
        assertThat(facts.findings())
                .noneMatch(one -> one.path().equals("untyped") && one.code() == FindingCode.GEO_JSON);
    }

    @Test
    void textWinsWhereANumberWasComparedOnce() {
        CollectionFacts facts = values(i -> i == 3 ? new BsonInt32(501) : new BsonString("00501"));
        Finding found = finding(facts, FindingCode.MIXED_TYPES);
        assertThat(found.values()).isEqualTo(1);
        assertThat(found.firstId()).contains(id(3).getValue().toHexString());
    }
}
