package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The very filters that go on behind an {@code _id}, for every bracket of types: written out by hand. */
final class IdIntervalTest {

    private static final BsonValue NAN = new BsonDouble(Double.NaN);

    private static final String AFTER_NUMBER = "'string','symbol',";
    private static final String AFTER_TEXT = "'object',";
    private static final String AFTER_OBJECT = "'array','binData',";
    private static final String AFTER_BINARY = "'objectId',";
    private static final String AFTER_OBJECT_ID = "'bool',";
    private static final String AFTER_BOOLEAN = "'date',";
    private static final String AFTER_DATE = "'timestamp',";
    private static final String AFTER_TIMESTAMP = "'regex','dbPointer',";
    private static final String AFTER_DB_POINTER = "'javascript',";
    private static final String AFTER_CODE = "'javascriptWithScope',";
    private static final String LAST = "'maxKey'";

    static Stream<Arguments> brackets() {
        String afterCode = AFTER_CODE + LAST;
        String afterDbPointer = AFTER_DB_POINTER + afterCode;
        String afterTimestamp = AFTER_TIMESTAMP + afterDbPointer;
        String afterDate = AFTER_DATE + afterTimestamp;
        String afterBoolean = AFTER_BOOLEAN + afterDate;
        String afterObjectId = AFTER_OBJECT_ID + afterBoolean;
        String afterBinary = AFTER_BINARY + afterObjectId;
        String afterObject = AFTER_OBJECT + afterBinary;
        String afterText = AFTER_TEXT + afterObject;
        String afterNumber = AFTER_NUMBER + afterText;
        return Stream.of(
                Arguments.of(new BsonMinKey(), false, "'undefined','null','number'," + afterNumber),
                Arguments.of(new BsonUndefined(), false, "'null','number'," + afterNumber),
                Arguments.of(BsonNull.VALUE, false, "'number'," + afterNumber),
                Arguments.of(new BsonInt32(-1), true, afterNumber),
                Arguments.of(new BsonInt64(5_000_000_000L), true, afterNumber),
                Arguments.of(new BsonDouble(0.5), true, afterNumber),
                Arguments.of(new BsonDouble(Double.NEGATIVE_INFINITY), true, afterNumber),
                Arguments.of(new BsonDecimal128(Decimal128.parse("1E+6000")), true, afterNumber),
                Arguments.of(new BsonString("a"), true, afterText),
                Arguments.of(new BsonSymbol("a"), true, afterText),
                Arguments.of(new BsonDocument("a", new BsonInt32(1)), true, afterObject),
                Arguments.of(new BsonBinary(new UUID(1, 2)), true, afterBinary),
                Arguments.of(new BsonObjectId(new ObjectId(1, 2)), true, afterObjectId),
                Arguments.of(BsonBoolean.FALSE, true, afterBoolean),
                Arguments.of(new BsonDateTime(-1), true, afterDate),
                Arguments.of(new BsonTimestamp(1, 2), true, afterTimestamp),
                Arguments.of(new BsonDbPointer("a.b", new ObjectId(1, 2)), true, afterDbPointer),
                Arguments.of(new BsonJavaScript("f()"), true, afterCode),
                Arguments.of(new BsonJavaScriptWithScope("f()", new BsonDocument()), true, LAST));
    }

    @ParameterizedTest
    @MethodSource("brackets")
    void behindAnIdComesTheRestOfItsBracketAndThenTheBracketsThatFollow(
            BsonValue last, boolean bracketHasMore, String types) {
        List<BsonDocument> conditions = conditions(last, null);
        BsonDocument following = BsonDocument.parse("{$type:[" + types + "]}");
        if (types.contains("'number'")) {
            following.append("$ne", NAN);
        }
        if (!bracketHasMore) {
            assertThat(conditions).containsExactly(following);
            return;
        }
        BsonDocument rest = new BsonDocument("$gt", last);
        assertThat(conditions)
                .containsExactly(last.isNumber() || last.isDecimal128() ? rest.append("$ne", NAN) : rest, following);
    }

    @Test
    void everythingIsNotANumberAndAllTheRest() {
        assertThat(conditions(null, null)).containsExactly(new BsonDocument("$eq", NAN), new BsonDocument("$ne", NAN));
    }

    @Test
    void behindNotANumberIsAllTheRest() {
        assertThat(conditions(NAN, null)).containsExactly(new BsonDocument("$ne", NAN));
        assertThat(conditions(new BsonDecimal128(Decimal128.NaN), null)).containsExactly(new BsonDocument("$ne", NAN));
        assertThat(conditions(null, NAN)).containsExactly(new BsonDocument("$eq", NAN));
        assertThat(conditions(NAN, NAN)).isEmpty();
    }

    @Test
    void behindMaxKeyIsNothing() {
        assertThat(conditions(new BsonMaxKey(), null)).isEmpty();
    }

    @Test
    void aStretchWithinABracket() {
        assertThat(conditions(new BsonInt32(1), new BsonDouble(2.5)))
                .containsExactly(BsonDocument.parse("{$gt: 1, $lte: 2.5}").append("$ne", NAN));
        assertThat(conditions(new BsonString("a"), new BsonString("b")))
                .containsExactly(BsonDocument.parse("{$gt: 'a', $lte: 'b'}"));
        assertThat(conditions(BsonNull.VALUE, BsonNull.VALUE)).isEmpty();
        assertThat(conditions(new BsonMinKey(), new BsonMinKey())).isEmpty();
    }

    @Test
    void aStretchAcrossBrackets() {
        assertThat(conditions(new BsonInt32(1), new BsonBinary(new byte[1])))
                .containsExactly(
                        BsonDocument.parse("{$gt: 1}").append("$ne", NAN),
                        BsonDocument.parse("{$type: ['string', 'symbol', 'object', 'array']}"),
                        new BsonDocument("$lte", new BsonBinary(new byte[1])));
        assertThat(conditions(new BsonDateTime(1), new BsonTimestamp(1)))
                .containsExactly(
                        new BsonDocument("$gt", new BsonDateTime(1)), new BsonDocument("$lte", new BsonTimestamp(1)));
        assertThat(conditions(new BsonMinKey(), BsonNull.VALUE))
                .containsExactly(BsonDocument.parse("{$type: ['undefined']}"), BsonDocument.parse("{$type: ['null']}"));
    }

    @Test
    void theFirstStretch() {
        assertThat(conditions(null, new BsonInt32(5)))
                .containsExactly(
                        new BsonDocument("$eq", NAN),
                        BsonDocument.parse("{$type: ['minKey', 'undefined', 'null']}"),
                        BsonDocument.parse("{$lte: 5}").append("$ne", NAN));
        assertThat(conditions(null, new BsonMinKey()))
                .containsExactly(new BsonDocument("$eq", NAN), BsonDocument.parse("{$type: ['minKey']}"));
    }

    @Test
    void theTypesThatAServerDoesNotKnowAreLeftOut() {
        assertThat(new IdInterval(new BsonTimestamp(1), null).conditions(() -> false))
                .containsExactly(
                        new BsonDocument("$gt", new BsonTimestamp(1)),
                        BsonDocument.parse("{$type: ['regex', 'maxKey']}"));
        assertThat(new IdInterval(new BsonMinKey(), BsonNull.VALUE).conditions(() -> false))
                .containsExactly(BsonDocument.parse("{$type: ['null']}"));
        assertThat(IdInterval.EVERYTHING.conditions(() -> {
                    throw new AssertionError("nobody needs to know");
                }))
                .hasSize(2);
    }

    @Test
    void noConditionComparesWithMinKeyOrMaxKey() {
        List<BsonValue> ends = List.of(new BsonMinKey(), new BsonMaxKey(), BsonNull.VALUE, new BsonInt32(1));
        for (BsonValue after : ends) {
            for (BsonValue upTo : ends) {
                for (BsonDocument condition : conditions(after, upTo)) {
                    assertThat(condition.values()).doesNotContain(new BsonMinKey(), new BsonMaxKey(), BsonNull.VALUE);
                }
            }
        }
    }

    @Test
    void wantedIdsAreAskedForInEveryPart() {
        BsonArray ids = new BsonArray(List.of(new BsonInt32(1), new BsonString("b")));
        assertThat(new MongoPartition(
                                new IdInterval(new BsonString("a"), null),
                                ids,
                                List.of(),
                                null,
                                MongoPartition.REPLY_DOCUMENTS)
                        .filters(() -> false))
                .startsWith(BsonDocument.parse("{_id: {$gt: 'a', $in: [1, 'b']}}"))
                .allSatisfy(filter ->
                        assertThat(filter.getDocument("_id").get("$in")).isEqualTo(ids));
    }

    @Test
    void wantedIdsOfTheWholeSpaceAreAskedForAtOnceUnlessNaNIsAmongThem() {
        List<BsonValue> ids = List.of(new BsonInt32(1), new BsonString("b"));
        assertThat(MongoPartition.of(ids).filters(() -> false))
                .containsExactly(BsonDocument.parse("{_id: {$in: [1, 'b']}}"));
        List<BsonValue> withNaN = List.of(new BsonInt32(1), new BsonDouble(Double.NaN));
        assertThat(MongoPartition.of(withNaN).filters(() -> false)).hasSize(2);
    }

    @Test
    void nothingGoesOnBehindAnArrayOrARegularExpression() {
        for (BsonValue odd : List.of(new BsonArray(), new BsonRegularExpression("a"))) {
            assertThatThrownBy(() -> conditions(odd, null))
                    .isInstanceOf(DocrowsException.class)
                    .hasMessageContaining("only views can have such");
        }
    }

    private static List<BsonDocument> conditions(@Nullable BsonValue after, @Nullable BsonValue upTo) {
        return new IdInterval(after, upTo).conditions(() -> true);
    }
}
