package io.docrows.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.DiscriminatorFacts;
import io.docrows.inspect.fact.EntityFacts;
import io.docrows.inspect.fact.Finding;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.inspect.testing.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** What was put into documents on purpose is found, with the right counts. */
final class PlantedFactsTest {

    private static Inspection inspect(MemorySource source) {
        return Inspector.of(source.shuffled(1, 3))
                .inspect(InspectOptions.defaults().threads(2))
                .orElseThrow();
    }

    private static CollectionFacts inspect(String... json) {
        return inspect(MemorySource.empty().with("things", json))
                .collection("things")
                .orElseThrow();
    }

    private static List<BsonDocument> many(int count, java.util.function.IntFunction<BsonDocument> each) {
        return IntStream.range(0, count).mapToObj(each).toList();
    }

    private static Finding finding(CollectionFacts facts, FindingCode code, String path) {
        return facts.findings().stream()
                .filter(one -> one.code() == code && one.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + code + " at " + path + " among " + facts.findings()));
    }

    private static PathFacts path(CollectionFacts facts, String path) {
        return facts.path(path).orElseThrow(() -> new AssertionError("no path " + path));
    }

    private static BsonObjectId id(int number) {
        return new BsonObjectId(new ObjectId(1_600_000_000 + number, number));
    }

    @Test
    void aReferenceWithFourteenOrphansIsFoundByItsValues() {
        Random random = new Random(5);
        MemorySource source = MemorySource.empty()
                .with(
                        "accounts",
                        many(
                                2_000,
                                i -> new BsonDocument("_id", id(i))
                                        .append("account_id", new BsonInt32(100_000 + 7 * i))))
                .with(
                        "movements",
                        many(
                                9_745,
                                i -> new BsonDocument("_id", new BsonInt32(i))
                                        .append(
                                                "booked_on",
                                                i % 696 == 13 ? id(50_000 + i) : id(random.nextInt(2_000)))));
        ReferenceFacts found = inspect(source).references().get(0);
        assertThat(found.collection() + "." + found.path()).isEqualTo("movements.booked_on");
        assertThat(found.target() + "." + found.targetPath()).isEqualTo("accounts._id");
        assertThat(found.values()).isEqualTo(9_745);
        assertThat(found.orphans()).isEqualTo(14);
        assertThat(found.found()).isEqualTo(9_731);
        assertThat(found.orphanDocuments()).isEqualTo(14);
        assertThat(found.orphanIds()).containsExactly("13", "709", "1405");
    }

    @Test
    void aReferenceInAnArrayIsFoundAlsoIfItIsKeptAsText() {
        MemorySource source = MemorySource.empty()
                .with("tags", many(300, i -> new BsonDocument("_id", id(i))))
                .with(
                        "posts",
                        many(
                                500,
                                i -> new BsonDocument("_id", new BsonInt32(i))
                                        .append(
                                                "tagged",
                                                new org.bson.BsonArray(List.of(
                                                        new BsonString(id(i % 300)
                                                                .getValue()
                                                                .toHexString()),
                                                        new BsonString(id((i * 7) % 300)
                                                                .getValue()
                                                                .toHexString()))))));
        ReferenceFacts found = inspect(source).references().get(0);
        assertThat(found.path()).isEqualTo("tagged[]");
        assertThat(found.target()).isEqualTo("tags");
        assertThat(found.values()).isEqualTo(1_000);
        assertThat(found.orphans()).isZero();
        assertThat(found.convertsType()).isTrue();
    }

    @Test
    void aReferenceToSomethingElseThanTheIdIsFound() {
        MemorySource source = MemorySource.empty()
                .with(
                        "countries",
                        many(60, i -> new BsonDocument("_id", id(i)).append("code", new BsonString("C" + i))))
                .with(
                        "people",
                        many(
                                900,
                                i -> new BsonDocument("_id", new BsonInt32(i))
                                        .append("country", new BsonString("C" + i % 40))));
        ReferenceFacts found = inspect(source).references().get(0);
        assertThat(found.path() + " -> " + found.target() + "." + found.targetPath())
                .isEqualTo("country -> countries.code");
    }

    /** As in the sample documents: a number, and the same number as text, are two {@code _id}s. */
    @Test
    void hexTextsThatDifferByCaseAreDifferentKeysAsTheyAreForAColumn() {
        String uuid = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd38";
        String objectId = "65a1b2c3d4e5f60718293a";
        MemorySource source = MemorySource.empty()
                .with(
                        "users",
                        many(
                                40,
                                i -> new BsonDocument(
                                        "_id", new BsonString(uuid.toUpperCase(Locale.ROOT) + (1000 + i)))))
                .with(
                        "shops",
                        many(40, i -> new BsonDocument("_id", new BsonObjectId(new ObjectId(objectId + (10 + i))))))
                .with("both", "{_id: '" + uuid + "aaaa'}", "{_id: '" + uuid + "AAAA'}")
                .with(
                        "orders",
                        many(
                                40,
                                i -> new BsonDocument("_id", new BsonInt32(i))
                                        .append("user", new BsonString(uuid + (1000 + i)))
                                        .append("shop", new BsonString((objectId + (10 + i)).toUpperCase(Locale.ROOT)))
                                        .append("same", new BsonString(objectId + (10 + i)))));

        Inspection inspection = inspect(source);

        assertThat(inspection.references())
                .extracting(ReferenceFacts::path, ReferenceFacts::target)
                .containsExactly(tuple("same", "shops"));
        assertThat(inspection
                        .collection("both")
                        .orElseThrow()
                        .key("_id")
                        .orElseThrow()
                        .repeats())
                .isZero();
    }

    @Test
    void aKeyThatRepeatsOnlyInALaterRoundIsReferredToByNothing() {
        MemorySource source = MemorySource.empty();
        for (int c = 0; c < 8; c++) {
            int repeated = c;
            List<BsonDocument> items = new ArrayList<>(many(
                    300,
                    i -> new BsonDocument("_id", new BsonInt32(i))
                            .append("code", new BsonString("c" + repeated + "-" + i))));
            items.add(new BsonDocument("_id", new BsonInt32(300)).append("code", new BsonString("c" + c + "-7")));
            source.with("items" + c, items);
            source.with(
                    "orders" + c,
                    many(
                            100,
                            i -> new BsonDocument("_id", new BsonInt32(i))
                                    .append("item", new BsonString("c" + repeated + "-" + i))));
        }

        Inspection inspection = Inspector.of(source)
                .inspect(InspectOptions.defaults().threads(1), 8 * 600 * 12 / 3)
                .orElseThrow();

        assertThat(inspection.references())
                .filteredOn(one -> one.targetPath().equals("code"))
                .isEmpty();
    }

    @Test
    void aReferenceToIdsOfSeveralTypesIsFound() {
        MemorySource source = MemorySource.empty()
                .with(
                        "users",
                        many(
                                200,
                                i -> i < 20
                                        ? new BsonDocument("_id", new BsonString(Integer.toString(100 + i)))
                                        : i < 40
                                                ? new BsonDocument("_id", new BsonInt32(80 + i))
                                                : new BsonDocument("_id", id(i))))
                .with(
                        "gigs",
                        many(300, i -> new BsonDocument("_id", id(1_000 + i)).append("poster", id(40 + i % 160))));
        Inspection found = inspect(source);
        assertThat(found.references()).extracting(ReferenceFacts::path).containsExactly("poster");
        assertThat(finding(found.collection("users").orElseThrow(), FindingCode.NEARLY_UNIQUE, "_id")
                        .message())
                .endsWith("A number and its text count as the same value, as in a text column.");
    }

    /** Small numbers are among the keys of everything that is counted up. */
    @Test
    void aQuantityIsNoReference() {
        MemorySource source = MemorySource.empty()
                .with("users", many(1_000, i -> new BsonDocument("_id", new BsonInt32(i))))
                .with(
                        "orders",
                        many(
                                1_000,
                                i -> new BsonDocument("_id", new BsonInt32(i))
                                        .append("quantity", new BsonInt32(i % 20))
                                        .append("userId", new BsonInt32(i % 700))));
        assertThat(inspect(source).references())
                .extracting(ReferenceFacts::path)
                .containsExactly("userId");
    }

    @Test
    void aKeyThatRepeatsOnceInAHundredThousandIsNotCalledUnique() {
        MemorySource source = MemorySource.empty()
                .with(
                        "orders",
                        many(
                                100_000,
                                i -> new BsonDocument("_id", new BsonInt32(i))
                                        .append("number", new BsonString("N" + (i == 77_777 ? 4_444 : i)))));
        CollectionFacts facts = inspect(source).collection("orders").orElseThrow();
        KeyFacts key = facts.key("number").orElseThrow();
        assertThat(key.unique()).isFalse();
        assertThat(key.values()).isEqualTo(100_000);
        assertThat(key.distinct()).isEqualTo(99_999);
        assertThat(key.repeats()).isEqualTo(1);
        assertThat(key.firstRepeatId()).contains("4444");
        assertThat(facts.key("_id").orElseThrow().unique()).isTrue();
        assertThat(finding(facts, FindingCode.NEARLY_UNIQUE, "number").message())
                .contains("would reject 1 document");
    }

    @Test
    void aTextThatIsANumberButForThree() {
        CollectionFacts facts = inspect(MemorySource.empty()
                        .with(
                                "things",
                                many(
                                        1_000,
                                        i -> new BsonDocument("_id", new BsonInt32(i))
                                                .append(
                                                        "size",
                                                        new BsonString(i % 333 == 5 ? "n/a" : Integer.toString(i))))))
                .collection("things")
                .orElseThrow();
        Finding found = finding(facts, FindingCode.NEARLY_ALL_TEXTS, "size");
        assertThat(found.values()).isEqualTo(3);
        assertThat(found.firstId()).contains("5");
        assertThat(found.message()).contains("997 of 1,000").contains("3 documents would be rejected");
    }

    @Test
    void mapsAreTold() {
        List<BsonDocument> documents = many(
                400,
                i -> new BsonDocument("_id", new BsonInt32(i))
                        .append("byDay", new BsonDocument("2024-01-" + (10 + i % 20), new BsonInt32(i)))
                        .append("prices", BsonDocument.parse("{EUR: 1.5, USD: 2, GBP: 3.25}"))
                        .append("attributes", new BsonDocument("attribute" + i % 30, new BsonString("x")))
                        .append("address", BsonDocument.parse("{street: 'a', city: 'b', zip: 'c'}")));
        CollectionFacts facts = inspect(MemorySource.empty().with("things", documents))
                .collection("things")
                .orElseThrow();
        assertThat(path(facts, "byDay").fieldNames().orElseThrow().distinct()).isEqualTo(20);
        assertThat(path(facts, "byDay.{}").values()).isEqualTo(400);
        assertThat(path(facts, "prices.{}").values()).isEqualTo(1_200);
        assertThat(path(facts, "attributes").fieldNames().orElseThrow().distinct())
                .isEqualTo(30);
        assertThat(path(facts, "address").fieldNames()).isEmpty();
        assertThat(finding(facts, FindingCode.NAMES_ARE_DATA, "byDay").message())
                .contains("all of them dates");
    }

    @Test
    void aMapWithAHundredThousandNamesTakesBoundedMemory() {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            BsonDocument map = new BsonDocument();
            for (int k = 0; k < 10; k++) {
                map.append("user" + (10 * i + k), new BsonDocument("score", new BsonInt32(k)));
            }
            documents.add(new BsonDocument("_id", new BsonInt32(i)).append("scores", map));
        }
        CollectionFacts facts = inspect(MemorySource.empty().with("games", documents))
                .collection("games")
                .orElseThrow();
        assertThat(path(facts, "scores.{}.score").values()).isEqualTo(100_000);
        assertThat(path(facts, "scores").fieldNames().orElseThrow().distinct()).isBetween(90_000L, 110_000L);
        assertThat(facts.paths()).hasSize(4);
    }

    @Test
    void namesThatGrowInEveryDirectionAreMeasuredWithLessDetail() {
        List<BsonDocument> documents = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            BsonDocument document = new BsonDocument("_id", new BsonInt32(i));
            for (int k = 0; k < 30; k++) {
                document.append(
                        "a" + random.nextInt(200),
                        new BsonDocument("b" + random.nextInt(200), new BsonDocument("c", new BsonInt32(k))));
            }
            documents.add(document);
        }
        CollectionFacts facts = inspect(MemorySource.empty().with("wild", documents))
                .collection("wild")
                .orElseThrow();
        assertThat(facts.documents()).isEqualTo(1_000);
        assertThat(finding(facts, FindingCode.LESS_DETAIL, "")).isNotNull();
    }

    @Test
    void discriminatorsAreToldWithTheFieldsTheyBring() {
        List<BsonDocument> documents = many(300, i -> {
            BsonDocument document = new BsonDocument("_id", new BsonInt32(i))
                    .append("kind", new BsonString(i % 3 == 0 ? "card" : i % 3 == 1 ? "cash" : "transfer"))
                    .append("amount", new BsonInt64(i));
            if (i % 3 == 0) {
                document.append("cardNumber", new BsonString("x" + i)).append("expires", new BsonString("2030-01-01"));
            } else if (i % 3 == 2) {
                document.append("iban", new BsonString("y" + i));
            }
            if (i % 7 == 0) {
                document.append("note", new BsonString("n"));
            }
            return document;
        });
        CollectionFacts facts = inspect(MemorySource.empty().with("payments", documents))
                .collection("payments")
                .orElseThrow();
        DiscriminatorFacts found = facts.discriminators().get(0);
        assertThat(found.path()).isEqualTo("kind");
        assertThat(found.variants())
                .filteredOn(variant -> variant.value().equals("card"))
                .first()
                .satisfies(variant -> {
                    assertThat(variant.documents()).isEqualTo(100);
                    assertThat(variant.always()).containsExactlyInAnyOrder("cardNumber", "expires");
                    assertThat(variant.never()).containsExactly("iban");
                });
        assertThat(finding(facts, FindingCode.DISCRIMINATOR, "kind").message())
                .contains("cardNumber, expires, iban")
                .doesNotContain("note");
    }

    @Test
    void embeddedEntitiesThatRepeatAreTold() {
        List<BsonDocument> documents = many(
                600,
                i -> new BsonDocument("_id", new BsonInt32(i))
                        .append(
                                "author",
                                new BsonDocument("id", id(i % 20))
                                        .append("name", new BsonString(i == 599 ? "renamed" : "Author " + i % 20)))
                        .append(
                                "price",
                                new BsonDocument("amount", new BsonInt32(i))
                                        .append("currency", new BsonString("EUR"))));
        CollectionFacts facts = inspect(MemorySource.empty().with("books", documents))
                .collection("books")
                .orElseThrow();
        assertThat(facts.entities()).containsExactly(new EntityFacts("author", "author.id", 600, 20, 21, 1));
    }

    @Test
    void theIdentityOfElementsIsTold() {
        List<BsonDocument> documents = many(
                50,
                i -> BsonDocument.parse("{_id: " + i + ", items: [{line: 1, sku: 'a', size: 1}, {line: 2, sku: '"
                        + (i == 7 ? "a" : "b") + "', size: 1}]}"));
        CollectionFacts facts = inspect(MemorySource.empty().with("orders", documents))
                .collection("orders")
                .orElseThrow();
        assertThat(path(facts, "items[].line").arraysWithRepeats()).contains(0L);
        assertThat(path(facts, "items[].sku").arraysWithRepeats()).contains(1L);
        assertThat(finding(facts, FindingCode.ELEMENT_IDENTITY, "items[]").message())
                .startsWith("Every element has line, and it never repeats");
    }

    @Test
    void missingAndNullAndEmptyAreToldApart() {
        CollectionFacts facts =
                inspect("{_id: 1, a: 'x'}", "{_id: 2, a: null}", "{_id: 3, a: ''}", "{_id: 4}", "{_id: 5, a: []}");
        PathFacts path = path(facts, "a");
        assertThat(path.missing()).isEqualTo(1);
        assertThat(path.count(Kind.NULL)).isEqualTo(1);
        assertThat(path.count(Kind.TEXT_EMPTY)).isEqualTo(1);
        assertThat(path.count(Kind.ARRAY_EMPTY)).isEqualTo(1);
        assertThat(path.kinds())
                .filteredOn(one -> one.kind() == Kind.TEXT_EMPTY)
                .first()
                .satisfies(one -> assertThat(one.firstId()).contains("3"));
        assertThat(finding(facts, FindingCode.ABSENT_NULL_EMPTY, "a").message())
                .contains("1 missing, 1 null, 1 empty text, 1 empty array");
    }

    @Test
    void whatPostgresqlCannotHoldIsCounted() {
        CollectionFacts facts = inspect(
                "{_id: 1, t: 'a\\u0000b', d: {$date: {$numberLong: '9223372036854775807'}}, n: {$numberDouble: 'NaN'}}",
                "{_id: 2, t: 'a', d: {$date: {$numberLong: '0'}}, n: 1}",
                "{_id: 3, re: {$regularExpression: {pattern: 'a', options: ''}}}");
        assertThat(finding(facts, FindingCode.NUL_IN_TEXT, "t").firstId()).contains("1");
        assertThat(finding(facts, FindingCode.DATE_OUT_OF_RANGE, "d").values()).isEqualTo(1);
        assertThat(finding(facts, FindingCode.NOT_FINITE, "n").values()).isEqualTo(1);
        assertThat(finding(facts, FindingCode.OLD_TYPES, "re").firstId()).contains("3");
    }

    @Test
    void precisionAndScaleAreMeasured() {
        CollectionFacts facts = inspect(
                "{_id: 1, p: {$numberDecimal: '12345.60'}, d: 0.125}",
                "{_id: 2, p: {$numberDecimal: '-1.005'}, d: 1234567.5}",
                "{_id: 3, p: {$numberDecimal: '1E+2'}, d: 3.0}");
        assertThat(path(facts, "p").numbers()).hasValueSatisfying(numbers -> {
            assertThat(numbers.integerDigits()).isEqualTo(5);
            assertThat(numbers.scale()).isEqualTo(3);
            assertThat(numbers.positiveExponents()).isEqualTo(1);
            assertThat(numbers.negative()).isEqualTo(1);
        });
        assertThat(path(facts, "d").numbers()).hasValueSatisfying(numbers -> {
            assertThat(numbers.integerDigits()).isEqualTo(7);
            assertThat(numbers.scale()).isEqualTo(3);
        });
        assertThat(path(facts, "d").count(Kind.DOUBLE_WHOLE)).isEqualTo(1);
    }

    @Test
    void damagedDocumentsAreCountedAndNeverEndTheInspection() {
        byte[] whole = MemorySource.encode(BsonDocument.parse("{_id: 7, a: 'text'}"));
        byte[] damaged = whole.clone();
        damaged[damaged.length - 8] = 99;
        damaged[9 + 4] = 77;
        Inspection found = inspect(MemorySource.empty().withRaw("things", whole).withRaw("things", damaged));
        CollectionFacts facts = found.collection("things").orElseThrow();
        assertThat(facts.documents()).isEqualTo(2);
        assertThat(facts.damaged()).isEqualTo(1);
        assertThat(finding(facts, FindingCode.DAMAGED_DOCUMENTS, "").weight()).isEqualTo(Finding.Weight.DECIDE);
    }

    @Test
    void anEmptyCollectionIsFine() {
        Inspection found = inspect(MemorySource.empty().with("nothing"));
        assertThat(found.collection("nothing").orElseThrow().documents()).isZero();
    }

    @Test
    void noFindingTellsAValue() {
        String secret = "s3cr3tvalue";
        CollectionFacts facts = inspect(MemorySource.empty()
                        .with(
                                "things",
                                many(
                                        100,
                                        i -> new BsonDocument("_id", new BsonInt32(i))
                                                .append("kind", new BsonString(secret + i % 3))
                                                .append(i % 3 == 0 ? "x" : "y", new BsonString(secret))
                                                .append("map", new BsonDocument("1" + i, new BsonString(secret))))))
                .collection("things")
                .orElseThrow();
        assertThat(facts.findings()).isNotEmpty().noneMatch(one -> one.message().contains(secret));
    }

    @Test
    void twoFieldsThatAreCountedUpTogetherReferToNothing() {
        MemorySource source = MemorySource.empty();
        for (int i = 0; i < 300; i++) {
            source.with(
                    "sizes",
                    List.of(BsonDocument.parse("{_id: 'x" + i + "', Size: " + i + ", size: " + (i + 1) + "}")));
        }
        assertThat(inspect(source).references()).isEmpty();
    }

    @Test
    void aNameWithoutCharactersIsTold() {
        MemorySource source = MemorySource.empty();
        for (int i = 0; i < 30; i++) {
            source.with("things", List.of(BsonDocument.parse("{_id: " + i + ", '': {'': 1}}")));
        }
        assertThat(inspect(source).collections().get(0).paths())
                .extracting(path -> path.path())
                .containsExactly("_id", "\"\"", "\"\".\"\"");
    }

    @Test
    void fieldsWithFractionsReferToNothing() {
        Inspection found = inspect(MemorySource.empty()
                .with(
                        "prices",
                        many(400, i -> new BsonDocument("_id", id(i)).append("price_id", new BsonDouble(i / 4.0))))
                .with("price", many(400, i -> new BsonDocument("_id", new BsonInt32(i)))));
        assertThat(found.references()).isEmpty();
    }
}
