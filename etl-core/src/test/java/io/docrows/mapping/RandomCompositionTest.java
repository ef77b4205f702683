package io.docrows.mapping;

import static io.docrows.mapping.Values.combine;
import static io.docrows.mapping.Values.constant;
import static io.docrows.mapping.Values.firstOf;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.json;
import static io.docrows.mapping.Values.rest;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.ORDER_TAG;
import static io.docrows.testing.db.Tables.SHIPPING_ADDRESS;
import static io.docrows.testing.db.Tables.SHOP_ORDER;
import static io.docrows.testing.db.Tables.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonBytes;
import io.docrows.internal.bson.RandomBson;
import io.docrows.internal.value.ExtendedJson;
import io.docrows.testing.Bson;
import io.docrows.testing.db.tables.records.ShopOrderRecord;
import io.docrows.testing.db.tables.records.WideRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Over many documents and mappings: composed values are what a plain walk over the document finds. */
final class RandomCompositionTest {

    private static final int ROUNDS = 3_000;
    private static final String[] NAMES = {"", "a", "b", "a.b", "$a"};

    private final Random random = new Random(3);
    private final RandomBson documents = new RandomBson(4);

    private List<String> path() {
        List<String> path = new ArrayList<>();
        do {
            path.add(NAMES[random.nextInt(NAMES.length)]);
        } while (path.size() < 3 && random.nextInt(3) == 0);
        return path;
    }

    private static Value<String> text(List<String> path) {
        return json(path.toArray(String[]::new)).convert(JSONB::data);
    }

    private static boolean isWithin(List<String> path, List<String> outer) {
        return path.size() >= outer.size() && path.subList(0, outer.size()).equals(outer);
    }

    private static @Nullable BsonValue at(BsonValue value, List<String> path) {
        if (path.isEmpty()) {
            return value.isNull() || value.getBsonType() == BsonType.UNDEFINED ? null : value;
        }
        if (!value.isDocument() || !value.asDocument().containsKey(path.get(0))) {
            return null;
        }
        return at(value.asDocument().get(path.get(0)), path.subList(1, path.size()));
    }

    /** What is left of a document, or null if all of it was taken out. */
    private static @Nullable BsonDocument left(BsonDocument document, List<List<String>> known) {
        BsonDocument left = new BsonDocument();
        boolean taken = false;
        for (var field : document.entrySet()) {
            List<List<String>> below = known.stream()
                    .filter(path -> path.get(0).equals(field.getKey()))
                    .map(path -> path.subList(1, path.size()))
                    .toList();
            if (below.stream().anyMatch(List::isEmpty)) {
                taken = true;
            } else if (!below.isEmpty() && field.getValue().isDocument()) {
                BsonDocument inner = left(field.getValue().asDocument(), below);
                taken |= inner == null;
                if (inner != null) {
                    left.put(field.getKey(), inner);
                }
            } else {
                left.put(field.getKey(), field.getValue());
            }
        }
        return taken && left.isEmpty() ? null : left;
    }

    private static String relaxed(BsonValue value) {
        return ExtendedJson.relaxed(BsonBytes.at(value));
    }

    private BsonDocument document() {
        BsonDocument document = documents.document(3);
        document.put("_id", new BsonInt32(1));
        return document;
    }

    @Test
    void theRestAndWhatIsMappedAreTheDocument() {
        int compared = 0;
        for (int i = 0; i < ROUNDS; i++) {
            List<String> mapped = path();
            List<String> other = path();
            List<String> ignored = path();
            if (isWithin(mapped, ignored)
                    || isWithin(ignored, mapped)
                    || isWithin(other, ignored)
                    || isWithin(ignored, other)) {
                continue;
            }
            CollectionMapping<WideRecord> mapping = CollectionMapping.of("things", WIDE)
                    .key(WIDE.MONGO_ID, id("_id"))
                    .map(WIDE.A_TEXT, text(mapped))
                    .map(WIDE.A_CITEXT, firstOf(text(other), text(mapped)))
                    .map(WIDE.A_JSONB, rest())
                    .ignorePath(
                            ignored.get(0), ignored.subList(1, ignored.size()).toArray(String[]::new))
                    .build();
            DocumentDecoder<WideRecord> decoder = mapping.decoder();
            for (int j = 0; j < 5; j++) {
                BsonDocument document = document();
                if (decoder.decode(Bson.bytes(document)) instanceof MappedDocument<WideRecord> decoded) {
                    BsonDocument rest = left(document, List.of(List.of("_id"), mapped, other, ignored));
                    BsonValue one = at(document, mapped);
                    BsonValue first = at(document, other) == null ? one : at(document, other);
                    assertThat(decoded.record().getAJsonb().data())
                            .as("%s without %s, %s, %s", document, mapped, other, ignored)
                            .isEqualTo(rest == null ? "{}" : relaxed(rest));
                    assertThat(decoded.record().getAText()).isEqualTo(one == null ? null : relaxed(one));
                    assertThat(decoded.record().getACitext()).isEqualTo(first == null ? null : relaxed(first));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(ROUNDS);
    }

    /** A value of any make. */
    private Value<String> value() {
        Value<String> one = text(path());
        return switch (random.nextInt(5)) {
            case 0 -> firstOf(one, text(path()));
            case 1 -> firstOf(one.at(0).mismatchAsNull(), text(path()));
            case 2 -> combine(one, text(path()), (left, right) -> left + " " + right);
            case 3 -> one.mismatchAsNull();
            default -> firstOf(one.emptyAsNull(), constant("none"));
        };
    }

    private List<String> decoded(CollectionMapping<?> mapping, BsonDocument document) {
        return mapping.decode(Bson.bytes(document)) instanceof MappedDocument<?> decoded
                ? rows(decoded)
                : List.of("rejected");
    }

    private static List<String> rows(MappedDocument<?> document) {
        List<String> rows = new ArrayList<>();
        if (document.record() instanceof WideRecord wide) {
            rows.add(wide.getAText() + (wide.getACitext() == null ? "" : "|" + wide.getACitext()));
            return rows;
        }
        document.children(SHIPPING_ADDRESS)
                .forEach(row -> rows.add(row.get(SHIPPING_ADDRESS.STREET) + "|" + row.get(SHIPPING_ADDRESS.CITY)));
        document.children(ORDER_TAG).forEach(row -> rows.add(String.valueOf(row.get(ORDER_TAG.TAG))));
        rows.add(document.record().get(SHOP_ORDER.NOTE));
        return rows;
    }

    @Test
    void valuesBelowADocumentAreThoseOfADocumentOfItsOwn() {
        int compared = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Value<String> first = value();
            Value<String> second = firstOf(value(), constant("-"));
            CollectionMapping<WideRecord> both = CollectionMapping.of("things", WIDE)
                    .key(WIDE.MONGO_ID, id("_id"))
                    .map(WIDE.A_TEXT, first)
                    .map(WIDE.A_CITEXT, second)
                    .build();
            CollectionMapping<WideRecord> alone = CollectionMapping.of("things", WIDE)
                    .key(WIDE.MONGO_ID, id("_id"))
                    .map(WIDE.A_TEXT, first)
                    .build();
            CollectionMapping<ShopOrderRecord> parts = CollectionMapping.of("orders", SHOP_ORDER)
                    .key(SHOP_ORDER.MONGO_ID, id("_id"))
                    .child(
                            "one",
                            SHIPPING_ADDRESS,
                            one -> one.map(SHIPPING_ADDRESS.STREET, first).map(SHIPPING_ADDRESS.CITY, second))
                    .children(
                            "many",
                            ORDER_TAG,
                            many -> many.position(ORDER_TAG.PLACE).map(ORDER_TAG.TAG, first))
                    .map(SHOP_ORDER.NOTE, firstOf(string("one", "x"), string("after")))
                    .build();
            for (int j = 0; j < 3; j++) {
                List<BsonDocument> three = List.of(documents.document(3), documents.document(3), documents.document(3));
                List<String> wanted = new ArrayList<>();
                for (BsonDocument one : three) {
                    one.remove("_id");
                    one.remove("x");
                    wanted.addAll(
                            decoded(wanted.isEmpty() ? both : alone, one.clone().append("_id", new BsonInt32(1))));
                }
                wanted.add("x");
                if (wanted.contains("rejected")) {
                    wanted = List.of("rejected");
                } else {
                    compared++;
                }
                BsonDocument whole = new BsonDocument("_id", new BsonInt32(1))
                        .append("one", three.get(0))
                        .append("many", new BsonArray(three.subList(1, 3)))
                        .append("after", new BsonString("x"));
                assertThat(decoded(parts, whole))
                        .as("%s through %s and %s", whole, first.description(), second.description())
                        .isEqualTo(wanted);
            }
        }
        assertThat(compared).isGreaterThan(ROUNDS);
    }

    @Test
    void plainJsonIsJsonAndJsonInATextIsTheSameAsOutsideOfIt() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        Bound<JSONB> plain = Bound.of(json("v").plain());
        int compared = 0;
        for (int i = 0; i < ROUNDS; i++) {
            BsonValue value = documents.value(3);
            try {
                JSONB json = plain.read(BsonBytes.at(value));
                assertThat(json).isNotNull();
                try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json.data())) {
                    while (parser.nextToken() != null) {
                        compared++;
                    }
                }
                String relaxed = relaxed(value);
                assertThat(LenientJson.read(new BsonString(relaxed))).isEqualTo(relaxed);
            } catch (RejectedValueException e) {
                // U+0000, which jsonb does not hold.
                assertThat(e.detail()).contains("U+0000");
            }
        }
        assertThat(compared).isGreaterThan(ROUNDS);
    }

    /** JSON in a text, read through a mapping, since it has a policy. */
    private static final class LenientJson {

        private static final CollectionMapping<WideRecord> MAPPING = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .map(WIDE.A_JSONB, json("v").textAsJson())
                .build();

        static String read(BsonValue text) {
            Decoded<WideRecord> decoded =
                    MAPPING.decode(Bson.bytes(new BsonDocument("_id", new BsonInt32(1)).append("v", text)));
            return decoded instanceof MappedDocument<WideRecord> mapped
                    ? mapped.record().getAJsonb().data()
                    : decoded.toString();
        }
    }
}
