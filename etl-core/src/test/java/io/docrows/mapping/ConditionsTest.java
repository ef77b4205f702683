package io.docrows.mapping;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Conditions.not;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.POST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.internal.incremental.MappingDigest;
import io.docrows.testing.Bson;
import io.docrows.testing.Feed.PostRecord;
import org.bson.BsonType;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions decide which documents a mapping takes. */
final class ConditionsTest {

    private static CollectionMapping.Builder<PostRecord> posts() {
        return CollectionMapping.of("feed", POST).key(POST.mongoId, id("_id")).map(POST.title, string("title"));
    }

    private static boolean takes(Condition condition, String document) {
        return !(posts().where(condition).build().decode(Bson.bson(document)) instanceof UnmatchedDocument);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{_id: 1, t: 1}                        | true",
                "{_id: 1, t: NumberLong(1)}            | true",
                "{_id: 1, t: 1.0}                      | true",
                "{_id: 1, t: NumberDecimal('1.00')}    | true",
                "{_id: 1, t: 1.5}                      | false",
                "{_id: 1, t: NumberDecimal('1.01')}    | false",
                "{_id: 1, t: NaN}                      | false",
                "{_id: 1, t: NumberDecimal('NaN')}     | false",
                "{_id: 1, t: '1'}                      | false",
                "{_id: 1, t: true}                     | false",
                "{_id: 1, t: [1]}                      | false",
                "{_id: 1, t: null}                     | false",
                "{_id: 1}                              | false"
            })
    void aNumberIsComparedByValueWhateverItsType(String document, boolean taken) {
        assertThat(takes(field("t").is(1), document.replace("NaN}", "{$numberDouble: 'NaN'}}")))
                .isEqualTo(taken);
    }

    @Test
    void zeroIsZeroWhateverItsSign() {
        assertThat(takes(field("t").is(0), "{_id: 1, t: -0.0}")).isTrue();
        assertThat(takes(field("t").is(0), "{_id: 1, t: NumberDecimal('-0')}")).isTrue();
        assertThat(takes(field("t").is(-7), "{_id: 1, t: NumberDecimal('-7')}")).isTrue();
    }

    @Test
    void textsTruthValuesAndObjectIdsAreEqualOnlyToThemselves() {
        ObjectId id = new ObjectId();
        assertThat(takes(field("t").is("a"), "{_id: 1, t: 'a'}")).isTrue();
        assertThat(takes(field("t").is("a"), "{_id: 1, t: 'A'}")).isFalse();
        assertThat(takes(field("t").isOneOf("a", "grün"), "{_id: 1, t: 'grün'}"))
                .isTrue();
        assertThat(takes(field("t").is(true), "{_id: 1, t: true}")).isTrue();
        assertThat(takes(field("t").is(true), "{_id: 1, t: 1}")).isFalse();
        assertThat(takes(field("t").is(id), "{_id: 1, t: ObjectId('" + id + "')}"))
                .isTrue();
        assertThat(takes(field("t").is(id), "{_id: 1, t: '" + id + "'}")).isFalse();
    }

    @Test
    void aNullIsThereAMissingFieldIsNot() {
        assertThat(takes(field("t").exists(), "{_id: 1, t: null}")).isTrue();
        assertThat(takes(field("t").isMissing(), "{_id: 1, t: null}")).isFalse();
        assertThat(takes(field("t").isMissing(), "{_id: 1}")).isTrue();
        assertThat(takes(field("t").hasType(BsonType.NULL), "{_id: 1}")).isFalse();
        assertThat(takes(field("t").hasType(BsonType.NULL, BsonType.INT32), "{_id: 1, t: null}"))
                .isTrue();
    }

    @Test
    void fieldsAreFoundAtAnyDepthInAnyOrderAndTheFirstOfTheSameNameCounts() {
        Condition both = field("a", "b")
                .is("x")
                .and(field("a", "c").exists())
                .and(field("z").is(2));
        assertThat(takes(both, "{z: 2, n: {}, a: {c: null, d: 1, b: 'x'}, _id: 1}"))
                .isTrue();
        assertThat(takes(both, "{_id: 1, z: 2, a: {b: 'x'}}")).isFalse();
        assertThat(takes(both, "{_id: 1, z: 2, a: [{b: 'x', c: 1}]}")).isFalse();
        assertThat(takes(field("a").exists().and(field("a", "b").is(1)), "{_id: 1, a: {b: 1}}"))
                .isTrue();
        assertThat(takes(field("a.b").is(1), "{_id: 1, a: {b: 1}}")).isFalse();
    }

    @Test
    void conditionsAreJoinedByAndByOrAndTurnedAround() {
        Condition condition =
                field("t").is("a").or(field("u").is(1).and(field("v").isMissing()));
        assertThat(takes(condition, "{_id: 1, t: 'a', v: 1}")).isTrue();
        assertThat(takes(condition, "{_id: 1, u: 1}")).isTrue();
        assertThat(takes(condition, "{_id: 1, u: 1, v: 1}")).isFalse();
        assertThat(takes(not(condition), "{_id: 1, u: 1, v: 1}")).isTrue();
        assertThat(condition).hasToString("\"t\" is \"a\" or (\"u\" is 1 and not (\"v\" exists))");
        assertThat(field("t").isOneOf(1, 2).and(field("x", "y").hasType(BsonType.STRING, BsonType.INT64)))
                .hasToString("\"t\" is one of 1, 2 and \"x\".\"y\" has the type string or long");
    }

    @Test
    void whatIsNotTakenIsNotLookedAt() {
        CollectionMapping<PostRecord> mapping =
                posts().where(field("t").is("post")).strict().build();
        assertThat(mapping.decode(Bson.bson("{_id: 1, t: 'other', title: 7, more: 1}")))
                .isInstanceOf(UnmatchedDocument.class);
        assertThat(mapping.decode(Bson.bson("{_id: 1, t: 'post', title: 'x'}"))).isInstanceOf(MappedDocument.class);
    }

    @Test
    void bytesThatAreNoDocumentAreRejectedWhoeverTheyAreOf() {
        byte[] bson = Bson.bson("{_id: 1, t: 'post'}");
        bson[4] = 0x70;
        assertThat(posts().where(field("t").is("post")).build().decode(bson)).isInstanceOf(RejectedDocument.class);
    }

    @Test
    void everyProblemOfAConditionIsToldWithTheOthers() {
        assertThatThrownBy(() -> CollectionMapping.of("feed", POST)
                        .key(POST.mongoId, id("_id"))
                        .where(field("t").isOneOf(new String[0]).and(field("").exists()))
                        .build())
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("a condition asks whether t is one of no values")
                .hasMessageContaining("a condition names a field without a name")
                .hasMessageContaining("post.title is NOT NULL");
    }

    @Test
    void anotherConditionIsAnotherMapping() {
        String all = MappingDigest.of(posts().build());
        String some = MappingDigest.of(posts().where(field("t").is("a")).build());
        assertThat(some)
                .isNotEqualTo(all)
                .isEqualTo(MappingDigest.of(posts().where(field("t").is("a")).build()))
                .isNotEqualTo(MappingDigest.of(posts().where(field("t").is("b")).build()));
    }
}
