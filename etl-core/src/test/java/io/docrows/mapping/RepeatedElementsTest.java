package io.docrows.mapping;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.list;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.TAG;
import static io.docrows.testing.db.Tables.WIDE;
import static io.docrows.testing.db.Tables.WIDE_TAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.internal.bson.BsonBytes;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.testing.db.tables.records.WideRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/** A decoder caches elements; what comes out must be as if it did not. */
final class RepeatedElementsTest {

    @Test
    void elementsThatOccurAgainAreOneObject() {
        DocumentDecoder<WideRecord> decoder = decoder(strings("tags"));
        Object first =
                tags(decoder, new BsonString("Baker"), new BsonString("Barber")).get(1);
        Object second = tags(decoder, new BsonString("Barber")).get(0);
        assertThat(second).isEqualTo("Barber").isSameAs(first);
    }

    @Test
    void equalBytesOfOtherTypesAreOtherValues() {
        DocumentDecoder<WideRecord> decoder = decoder(list(Values.id("tags")));
        assertThat(tags(decoder, new BsonString("a"), new BsonSymbol("b"), new BsonInt32(7)))
                .isEqualTo(List.of("a", "b", "7"));
        assertThat(tags(decoder, new BsonSymbol("a"), new BsonString("b"), new BsonString("7")))
                .isEqualTo(List.of("a", "b", "\"7\""));
    }

    @Test
    void aPolicyIsCountedEachTime() {
        DocumentDecoder<WideRecord> decoder = decoder(list(string("tags").stripNul()));
        for (int i = 0; i < 3; i++) {
            MappedDocument<WideRecord> mapped = decode(decoder, new BsonString("a\0"), new BsonString("b"));
            assertThat(mapped.links(WIDE_TAG)).isEqualTo(List.of("a", "b"));
            assertThat(mapped.policyUses())
                    .containsExactly(new PolicyUse("tags", "public.tag.name", LossPolicy.STRIP_NUL, 1));
        }
    }

    @Test
    void whatIsRefusedIsRefusedEachTime() {
        DocumentDecoder<WideRecord> decoder = decoder(strings("tags"));
        for (int i = 0; i < 3; i++) {
            assertThat(decoder.decode(document(new BsonString("a"), new BsonInt32(1))))
                    .isInstanceOfSatisfying(
                            RejectedDocument.class,
                            rejected -> assertThat(rejected.detail()).startsWith("element 1: "));
        }
    }

    /** Far more than are cached, then values that occur again, as long and as short as may be. */
    @Test
    void manyDifferentElementsStayWhatTheyAre() {
        DocumentDecoder<WideRecord> decoder = decoder(strings("tags"));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 6_000; i++) {
                List<String> texts = List.of("tag " + i, "x".repeat(i % 80), "tag " + i % 50);
                assertThat(tags(decoder, texts.stream().map(BsonString::new).toArray(BsonValue[]::new)))
                        .isEqualTo(texts.stream().distinct().toList());
            }
        }
    }

    /** Few elements are compared with each other, many are hashed. */
    @Test
    void everyElementOccursOnceHoweverManyThereAre() {
        DocumentDecoder<WideRecord> decoder = decoder(strings("tags"));
        for (int different : new int[] {1, 2, 15, 16, 17, 18, 33, 200, 3}) {
            List<String> texts =
                    IntStream.range(0, different).mapToObj(i -> "tag " + i).toList();
            List<BsonValue> twice = new ArrayList<>();
            texts.forEach(text -> twice.addAll(List.of(new BsonString(text), new BsonString(text))));
            texts.forEach(text -> twice.add(new BsonString(text)));
            assertThat(tags(decoder, twice.toArray(BsonValue[]::new))).isEqualTo(texts);
        }
    }

    private static List<?> tags(DocumentDecoder<WideRecord> decoder, BsonValue... tags) {
        return decode(decoder, tags).links(WIDE_TAG);
    }

    private static MappedDocument<WideRecord> decode(DocumentDecoder<WideRecord> decoder, BsonValue... tags) {
        return (MappedDocument<WideRecord>) decoder.decode(document(tags));
    }

    private static byte[] document(BsonValue... tags) {
        return BsonBytes.of(new BsonDocument("_id", new BsonInt32(1)).append("tags", new BsonArray(List.of(tags))));
    }

    private static DocumentDecoder<WideRecord> decoder(ListValue<String> tags) {
        return CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .manyToMany(
                        tags, join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID).lookup(TAG.NAME))
                .build()
                .decoder();
    }
}
