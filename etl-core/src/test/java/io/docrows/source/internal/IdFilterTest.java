package io.docrows.source.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

/** {@code _id}s are compared as MongoDB compares them. */
final class IdFilterTest {

    @Test
    void numbersAreEqualByValue() {
        List<BsonValue> zeroes =
                List.of(new BsonInt32(0), new BsonInt64(0), new BsonDouble(-0.0), decimal("-0"), decimal("0E+10"));
        List<BsonValue> ones = List.of(new BsonInt32(1), new BsonInt64(1), new BsonDouble(1), decimal("1.000"));
        List<BsonValue> halves = List.of(new BsonDouble(0.5), decimal("0.50"));
        List<BsonValue> nans = List.of(new BsonDouble(Double.NaN), decimal("NaN"));
        List<BsonValue> infinities = List.of(new BsonDouble(Double.POSITIVE_INFINITY), decimal("Infinity"));
        List<BsonValue> below = List.of(new BsonDouble(Double.NEGATIVE_INFINITY), decimal("-Infinity"));
        List<BsonValue> large = List.of(new BsonInt64(Long.MAX_VALUE), decimal("9223372036854775807"));
        List<List<BsonValue>> groups = List.of(zeroes, ones, halves, nans, infinities, below, large);
        for (List<BsonValue> wanted : groups) {
            for (List<BsonValue> found : groups) {
                for (BsonValue want : wanted) {
                    for (BsonValue find : found) {
                        assertThat(accepts(want, find))
                                .as("%s and %s", want, find)
                                .isEqualTo(wanted == found);
                    }
                }
            }
        }
        assertThat(accepts(new BsonDouble(9.223372036854775808E18), new BsonInt64(Long.MAX_VALUE)))
                .isFalse();
        assertThat(accepts(new BsonDouble(0.1), decimal("0.1"))).isFalse();
    }

    @Test
    void otherTypesAreKeptApart() {
        assertThat(accepts(new BsonString("1"), new BsonInt32(1))).isFalse();
        assertThat(accepts(new BsonString("a"), new BsonSymbol("a"))).isTrue();
        assertThat(accepts(BsonBoolean.TRUE, new BsonInt32(1))).isFalse();
        assertThat(accepts(new BsonDateTime(5), new BsonInt64(5))).isFalse();
        assertThat(accepts(new BsonDateTime(5), new BsonTimestamp(5))).isFalse();
        assertThat(accepts(new BsonBinary((byte) 0, new byte[] {1}), new BsonBinary((byte) 5, new byte[] {1})))
                .isFalse();
        assertThat(accepts(new BsonBinary(new byte[] {1}), new BsonBinary(new byte[] {1})))
                .isTrue();
    }

    @Test
    void documentsAreEqualFieldByFieldInOrder() {
        BsonDocument ab = new BsonDocument("a", new BsonInt32(1)).append("b", new BsonArray(List.of(new BsonInt32(2))));
        BsonDocument same = new BsonDocument("a", new BsonDouble(1)).append("b", new BsonArray(List.of(decimal("2"))));
        BsonDocument ba = new BsonDocument("b", new BsonArray(List.of(new BsonInt32(2)))).append("a", new BsonInt32(1));
        assertThat(accepts(ab, same)).isTrue();
        assertThat(accepts(ab, ba)).isFalse();
        assertThat(accepts(new BsonDocument(), new BsonDocument())).isTrue();
    }

    @Test
    void theIdMayComeLateOrNotAtAll() {
        IdFilter seven = new IdFilter(List.of(new BsonInt32(7)));
        byte[] late = BsonBytes.encode(
                new BsonDocument("a", new BsonDocument("_id", new BsonInt32(8))).append("_id", new BsonInt32(7)));
        assertThat(seven.accepts(late)).isTrue();
        byte[] none = BsonBytes.encode(new BsonDocument("a", new BsonInt32(7)));
        assertThat(seven.accepts(none)).isFalse();
        assertThat(new IdFilter(List.of(BsonNull.VALUE)).accepts(none)).isTrue();
    }

    @Test
    void aDocumentThatCannotBeReadIsNotWanted() {
        byte[] malformed = BsonBytes.encode(new BsonDocument("a", new BsonInt32(7)).append("_id", new BsonInt32(7)));
        malformed[4] = 99;
        assertThat(new IdFilter(List.of(new BsonInt32(7))).accepts(malformed)).isFalse();
        assertThat(new IdFilter(List.of()).accepts(malformed)).isTrue();
    }

    private static BsonDecimal128 decimal(String number) {
        return new BsonDecimal128(Decimal128.parse(number));
    }

    private static boolean accepts(BsonValue wanted, BsonValue found) {
        return new IdFilter(List.of(wanted)).accepts(BsonBytes.encode(new BsonDocument("_id", found)));
    }
}
