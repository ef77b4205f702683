package io.docrows.mapping;

import static io.docrows.mapping.Values.combine;
import static io.docrows.mapping.Values.constant;
import static io.docrows.mapping.Values.document;
import static io.docrows.mapping.Values.firstOf;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.json;
import static io.docrows.mapping.Values.size;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.RejectCode;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.testing.Bson;
import io.docrows.testing.db.tables.records.WideRecord;
import java.util.function.UnaryOperator;
import org.jooq.JSONB;
import org.junit.jupiter.api.Test;

/** Values that are made of several fields, of none, or of a part of one. */
final class ComposedValuesTest {

    private static CollectionMapping<WideRecord> mapping(UnaryOperator<CollectionMapping.Builder<WideRecord>> more) {
        return more.apply(CollectionMapping.of("things", WIDE).key(WIDE.MONGO_ID, id("_id")))
                .build();
    }

    private static MappedDocument<WideRecord> mapped(CollectionMapping<WideRecord> mapping, String document) {
        Decoded<WideRecord> decoded = mapping.decode(Bson.bson(document));
        assertThat(decoded).isInstanceOf(MappedDocument.class);
        return (MappedDocument<WideRecord>) decoded;
    }

    private static WideRecord row(CollectionMapping<WideRecord> mapping, String document) {
        return mapped(mapping, document).record();
    }

    private static RejectedDocument<WideRecord> rejected(CollectionMapping<WideRecord> mapping, String document) {
        Decoded<WideRecord> decoded = mapping.decode(Bson.bson(document));
        assertThat(decoded).isInstanceOf(RejectedDocument.class);
        return (RejectedDocument<WideRecord>) decoded;
    }

    private static final CollectionMapping<WideRecord> MAIL =
            mapping(b -> b.map(WIDE.A_TEXT, firstOf(string("email"), string("contact", "mail"))));

    @Test
    void theFirstValueThatIsThereIsTakenInWhateverOrderTheFieldsAre() {
        assertThat(row(MAIL, "{_id: 1, email: 'a', contact: {mail: 'b'}}").getAText())
                .isEqualTo("a");
        assertThat(row(MAIL, "{_id: 1, contact: {mail: 'b'}, email: 'a'}").getAText())
                .isEqualTo("a");
        assertThat(row(MAIL, "{_id: 1, contact: {mail: 'b'}}").getAText()).isEqualTo("b");
        assertThat(row(MAIL, "{_id: 1, email: null, contact: {mail: 'b'}}").getAText())
                .isEqualTo("b");
        assertThat(row(MAIL, "{_id: 1, email: null, contact: null}").getAText()).isNull();
    }

    @Test
    void aDecoderForgetsWhatTheDocumentBeforeHad() {
        DocumentDecoder<WideRecord> decoder = MAIL.decoder();
        decoder.decode(Bson.bson("{_id: 1, email: 'a'}"));

        assertThat(((MappedDocument<WideRecord>) decoder.decode(Bson.bson("{_id: 2}")))
                        .record()
                        .getAText())
                .isNull();
    }

    @Test
    void aValueThatIsNotTakenIsNotReadSoItCannotRejectTheDocument() {
        assertThat(row(MAIL, "{_id: 1, contact: {mail: 5}, email: 'a'}").getAText())
                .isEqualTo("a");
        assertThat(rejected(MAIL, "{_id: 1, contact: {mail: 5}}"))
                .returns(RejectCode.TYPE_MISMATCH, RejectedDocument::code)
                .returns("contact.mail", RejectedDocument::path)
                .returns("int", RejectedDocument::bsonType)
                .returns("public.wide.a_text", RejectedDocument::column)
                .returns("expected string, found int", RejectedDocument::detail);
    }

    @Test
    void eachSourceHasItsOwnPoliciesAndTheyCountOnlyWhereTheyAreUsed() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(
                WIDE.A_TEXT,
                firstOf(
                        string("email").mismatchAsNull(),
                        string("contact", "mail").stripNul())));

        MappedDocument<WideRecord> first = mapped(mapping, "{_id: 1, email: 'a', contact: {mail: 'b\\u0000'}}");
        MappedDocument<WideRecord> second = mapped(mapping, "{_id: 1, email: 7, contact: {mail: 'b\\u0000'}}");

        assertThat(first.policyUses()).isEmpty();
        assertThat(second.record().getAText()).isEqualTo("b");
        assertThat(second.policyUses())
                .containsExactlyInAnyOrder(
                        new PolicyUse("email", "public.wide.a_text", LossPolicy.MISMATCH_AS_NULL, 1),
                        new PolicyUse("contact.mail", "public.wide.a_text", LossPolicy.STRIP_NUL, 1));
    }

    @Test
    void theWholeCanBeRequiredAndConvertedAndTakenLeniently() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(
                WIDE.A_TEXT,
                TextValue.of(firstOf(string("email"), string("mail")).convert(String::strip))
                        .truncate(3)
                        .required()));

        assertThat(row(mapping, "{_id: 1, mail: ' abcdef'}").getAText()).isEqualTo("abc");
        assertThat(rejected(mapping, "{_id: 1}"))
                .returns(RejectCode.MISSING_VALUE, RejectedDocument::code)
                .returns("email, mail", RejectedDocument::path);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> firstOf(string("email").required(), string("mail")));
    }

    private static final CollectionMapping<WideRecord> NAME = mapping(b -> b.map(
            WIDE.A_TEXT,
            combine(
                    string("first"),
                    string("last"),
                    (first, last) -> first == null ? last : last == null ? first : first + " " + last)));

    @Test
    void valuesAreCombinedUnlessAllAreNull() {
        assertThat(row(NAME, "{_id: 1, last: 'Lovelace', first: 'Ada'}").getAText())
                .isEqualTo("Ada Lovelace");
        assertThat(row(NAME, "{_id: 1, last: 'Lovelace', first: null}").getAText())
                .isEqualTo("Lovelace");
        assertThat(row(NAME, "{_id: 1}").getAText()).isNull();
    }

    @Test
    void aCombinationThatFailsRejectsTheDocumentAndNamesAllItsFields() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(
                WIDE.A_TEXT,
                combine(
                        string("first").required(),
                        string("last"),
                        int32("nr"),
                        (first, last, nr) -> first + last.strip() + nr)));

        assertThat(row(mapping, "{_id: 1, first: 'a', last: ' b', nr: 3}").getAText())
                .isEqualTo("ab3");
        assertThat(rejected(mapping, "{_id: 1, first: 'a'}"))
                .returns(RejectCode.INVALID_VALUE, RejectedDocument::code)
                .returns("first, last, nr", RejectedDocument::path)
                .returns(null, RejectedDocument::bsonType)
                .returns("the combination failed with java.lang.NullPointerException", RejectedDocument::detail);
        assertThat(rejected(mapping, "{_id: 1, last: 'b'}"))
                .returns(RejectCode.MISSING_VALUE, RejectedDocument::code)
                .returns("first", RejectedDocument::path)
                .returns(null, RejectedDocument::bsonType);
    }

    @Test
    void composedValuesCanBeComposedFurther() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(
                WIDE.A_TEXT,
                firstOf(
                        string("name"),
                        combine(firstOf(string("first"), constant("?")), string("last"), (first, last) -> first + last),
                        constant("nobody"))));

        assertThat(row(mapping, "{_id: 1, name: 'n', last: 'l'}").getAText()).isEqualTo("n");
        assertThat(row(mapping, "{_id: 1, last: 'l'}").getAText()).isEqualTo("?l");
    }

    @Test
    void oneFieldCanFillSeveralColumnsInSeveralWays() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(WIDE.A_TEXT, string("a"))
                .map(WIDE.A_VARCHAR, firstOf(string("b"), string("a")))
                .map(WIDE.A_JSONB, json("a")));

        WideRecord row = row(mapping, "{_id: 1, a: 'x'}");

        assertThat(row.getAText()).isEqualTo("x");
        assertThat(row.getAVarchar()).isEqualTo("x");
    }

    @Test
    void aConstantIsTheSameForEveryDocument() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(WIDE.A_TEXT, constant("shop")));

        assertThat(row(mapping, "{_id: 1}").getAText()).isEqualTo("shop");
        assertThat(mapping.deletedAt()).isEmpty();
        assertThat(mapping.columns().get(1).paths()).isEmpty();
    }

    @Test
    void aConstantThatItsColumnCannotHoldRejects() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(WIDE.A_TEXT, constant("\0")));

        assertThat(rejected(mapping, "{_id: 1}"))
                .returns(RejectCode.NUL_CHARACTER, RejectedDocument::code)
                .returns(null, RejectedDocument::path);
    }

    @Test
    void anElementOfAnArrayIsTakenByItsNumber() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(
                        WIDE.A_TEXT, string("phones").at(0))
                .map(WIDE.A_VARCHAR, string("phones").at(-1))
                .map(WIDE.AN_INTEGER, int32("contacts").at(1, "address", "zip").at(0)));

        WideRecord row = row(mapping, "{_id: 1, phones: ['a', 'b', 'c'], contacts: [{}, {address: {zip: [7]}}]}");

        assertThat(row.getAText()).isEqualTo("a");
        assertThat(row.getAVarchar()).isEqualTo("c");
        assertThat(row.getAnInteger()).isEqualTo(7);
        assertThat(row(mapping, "{_id: 1, phones: [], contacts: [{}, null]}").getAText())
                .isNull();
        assertThat(row(mapping, "{_id: 1, phones: [null], contacts: [{}, {address: null}]}")
                        .getAText())
                .isNull();
        assertThat(rejected(mapping, "{_id: 1, phones: 'a'}"))
                .returns(RejectCode.TYPE_MISMATCH, RejectedDocument::code)
                .returns("phones[0]", RejectedDocument::path)
                .returns("expected array, found string", RejectedDocument::detail);
        assertThat(rejected(mapping, "{_id: 1, contacts: [1, {address: 5}]}"))
                .returns("contacts[1].address.zip[0]", RejectedDocument::path)
                .returns("expected a sub-document, found int", RejectedDocument::detail);
        assertThatThrownBy(() -> constant("a").at(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thePoliciesOfAnElementCountAtItsPath() {
        CollectionMapping<WideRecord> mapping = mapping(
                b -> b.map(WIDE.A_TEXT, string("phones").mismatchAsNull().at(0)));

        assertThat(mapped(mapping, "{_id: 1, phones: 'a'}").policyUses())
                .containsExactly(new PolicyUse("phones[0]", "public.wide.a_text", LossPolicy.MISMATCH_AS_NULL, 1));
    }

    @Test
    void theSizeOfAnArrayCountsNulls() {
        CollectionMapping<WideRecord> mapping = mapping(b -> b.map(WIDE.AN_INTEGER, size("tags")));

        assertThat(row(mapping, "{_id: 1, tags: ['a', null, 'a']}").getAnInteger())
                .isEqualTo(3);
        assertThat(row(mapping, "{_id: 1, tags: []}").getAnInteger()).isZero();
        assertThat(row(mapping, "{_id: 1, tags: null}").getAnInteger()).isNull();
        assertThat(rejected(mapping, "{_id: 1, tags: {}}")).returns(RejectCode.TYPE_MISMATCH, RejectedDocument::code);
    }

    @Test
    void aKeyCanBeMadeOfSeveralFields() {
        CollectionMapping<WideRecord> mapping = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, combine(string("shop"), int32("order", "nr"), (shop, nr) -> shop + "/" + nr))
                .build();

        byte[] document = Bson.bson("{_id: 1, order: {x: 1, nr: 5}, shop: 'a'}");

        assertThat(((MappedDocument<WideRecord>) mapping.decode(document)).key())
                .isEqualTo("a/5");
        assertThat(mapping.keyDecoder().decode(document)).containsExactly("a/5");
        assertThat(mapping.keyDecoder().decode(Bson.bson("{_id: 1}"))).isNull();
        assertThat(mapping.identifiedByKey()).isFalse();
        assertThat(mapping.keyedById()).isFalse();
    }

    @Test
    void aKeyCanBeMadeOfTheWholeDocument() {
        CollectionMapping<WideRecord> mapping = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, document().convert(JSONB::data))
                .build();
        byte[] document = Bson.bson("{_id: 1, a: 2}");

        String key = "{\"_id\":1,\"a\":2}";
        assertThat(((MappedDocument<WideRecord>) mapping.decode(document)).key())
                .isEqualTo(key);
        assertThat(mapping.keyDecoder().decode(document)).containsExactly(key);
    }
}
