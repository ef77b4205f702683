package io.docrows.mapping;

import static io.docrows.mapping.Values.document;
import static io.docrows.mapping.Values.firstOf;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.json;
import static io.docrows.mapping.Values.rest;
import static io.docrows.mapping.Values.size;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.RejectCode;
import io.docrows.testing.Bson;
import io.docrows.testing.db.tables.records.WideRecord;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document as a whole, what is left of it, and what is left out on purpose. */
final class RestTest {

    private static CollectionMapping<WideRecord> mapping(UnaryOperator<CollectionMapping.Builder<WideRecord>> more) {
        return more.apply(CollectionMapping.of("things", WIDE).key(WIDE.MONGO_ID, id("_id")))
                .build();
    }

    private static String jsonb(CollectionMapping<WideRecord> mapping, String document) {
        Decoded<WideRecord> decoded = mapping.decode(Bson.bson(document));
        assertThat(decoded).isInstanceOf(MappedDocument.class);
        return ((MappedDocument<WideRecord>) decoded).record().getAJsonb().data();
    }

    private static final CollectionMapping<WideRecord> REST = mapping(b -> b.map(WIDE.A_JSONB, rest())
            .map(WIDE.A_TEXT, string("name"))
            .map(WIDE.A_VARCHAR, firstOf(string("at", "shelf", "row"), string("row")))
            .map(WIDE.AN_INTEGER, int32("phones").at(0))
            .ignore("noise")
            .ignorePath("at", "noise")
            .watermark("updated"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {_id: 1, name: 'a'}                                         | {}
            {x: {y: [1, null]}, _id: 1, name: 'a', z: null}             | {"x":{"y":[1,null]},"z":null}
            {_id: 1, at: {shelf: {row: 'r', column: 3}, noise: 1}}      | {"at":{"shelf":{"column":3}}}
            {_id: 1, at: {shelf: {row: 'r'}, noise: 1}}                 | {}
            {_id: 1, at: {shelf: {}, b: 1}, noise: {}, row: 's'}        | {"at":{"shelf":{},"b":1}}
            {_id: 1, at: null}                                          | {"at":null}
            {_id: 1, phones: [1, 2], noise: 1}                          | {"phones":[1,2]}
            {_id: 1, updated: 5}                                        | {"updated":5}
            """)
    void theRestIsWhatIsNeitherMappedNorIgnored(String document, String rest) {
        assertThat(jsonb(REST, document)).isEqualTo(rest);
    }

    @Test
    void theDocumentAsAWholeIsOneValue() {
        CollectionMapping<WideRecord> mapping =
                mapping(b -> b.map(WIDE.A_JSONB, document().plain()));

        assertThat(jsonb(mapping, "{_id: {$oid: '65a1b2c3d4e5f60718293a4b'}, a: {b: [1.5]}}"))
                .isEqualTo("{\"_id\":\"65a1b2c3d4e5f60718293a4b\",\"a\":{\"b\":[1.5]}}");
    }

    @Test
    void aNameTwiceInTheRestRejects() {
        byte[] twice = {23, 0, 0, 0, 16, '_', 'i', 'd', 0, 1, 0, 0, 0, 10, 'x', 0, 10, 'y', 0, 10, 'x', 0, 0};

        assertThat(REST.decode(twice))
                .isInstanceOfSatisfying(
                        RejectedDocument.class,
                        reject -> assertThat(reject.code()).isEqualTo(RejectCode.DUPLICATE_FIELD));
    }

    @Test
    void whatIsIgnoredMayBeThereTwice() {
        byte[] twice = {
            0, 0, 0, 0, 16, '_', 'i', 'd', 0, 1, 0, 0, 0, 10, 'n', 'o', 'i', 's', 'e', 0, 10, 'n', 'o', 'i', 's', 'e',
            0, 8, 'y', 0, 1, 0
        };
        twice[0] = (byte) twice.length;

        assertThat(REST.decode(twice)).isInstanceOf(MappedDocument.class);
    }

    @Test
    void withARestNoFieldIsUnknown() {
        DocumentDecoder<WideRecord> decoder = REST.decoder();
        decoder.decode(Bson.bson("{_id: 1, x: 1, at: {y: 1}}"));

        assertThat(decoder.drift().unmappedFields()).isEmpty();
        assertThatThrownBy(() -> mapping(b -> b.map(WIDE.A_JSONB, rest()).strict()))
                .hasMessageContaining("strict() rejects unknown fields, but rest() takes all of them");
    }

    @Test
    void theTopOfADocumentIsNoArray() {
        assertThatThrownBy(() -> rest().at(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> mapping(b -> b.map(WIDE.A_JSONB, document().at(0))))
                .hasMessageContaining("the value of wide.a_jsonb names no field");
    }

    @Test
    void aDocumentAsAWholeHidesNoDrift() {
        DocumentDecoder<WideRecord> decoder =
                mapping(b -> b.map(WIDE.A_JSONB, document())).decoder();
        decoder.decode(Bson.bson("{_id: 1, x: 1}"));

        assertThat(decoder.drift().unmappedFields()).isEqualTo(Map.of("x", 1L));
    }

    @Test
    void aBuilderThatIsUsedAgainDoesNotChangeTheRestOfWhatItBuilt() {
        CollectionMapping.Builder<WideRecord> builder = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .map(WIDE.A_JSONB, rest());
        CollectionMapping<WideRecord> first = builder.build();
        CollectionMapping<WideRecord> second =
                builder.map(WIDE.A_TEXT, string("a")).build();

        assertThat(jsonb(first, "{_id: 1, a: 'x'}")).isEqualTo("{\"a\":\"x\"}");
        assertThat(jsonb(second, "{_id: 1, a: 'x'}")).isEqualTo("{}");
    }

    @Test
    void aFieldIsIgnoredAtAnyDepth() {
        DocumentDecoder<WideRecord> decoder = mapping(b -> b.map(WIDE.A_TEXT, string("at", "shelf"))
                        .ignorePath("at", "floor")
                        .ignorePath("meta", "tmp", "x"))
                .decoder();
        decoder.decode(Bson.bson("{_id: 1, at: {shelf: 'a', floor: 1, y: 2}, meta: {tmp: {x: 1, z: 1}, w: 1}}"));
        decoder.decode(Bson.bson("{_id: 2, meta: 5}"));
        decoder.decode(Bson.bson("{_id: 3, meta: {tmp: [1]}}"));

        assertThat(decoder.drift().unmappedFields())
                .isEqualTo(Map.of("at.y", 1L, "meta.tmp.z", 1L, "meta.w", 1L, "meta", 1L, "meta.tmp", 1L));
        assertThat(decoder.drift().types().keySet()).containsExactly("_id", "at", "at.shelf");
    }

    @Test
    void strictMappingsKnowIgnoredPathsToo() {
        CollectionMapping<WideRecord> mapping = mapping(b ->
                b.map(WIDE.AN_INTEGER, size("tags")).ignorePath("at", "floor").strict());

        assertThat(mapping.decode(Bson.bson("{_id: 1, at: {floor: 1}, tags: []}")))
                .isInstanceOf(MappedDocument.class);
        assertThat(mapping.decode(Bson.bson("{_id: 1, at: {floor: 1, x: 1}}")))
                .isInstanceOfSatisfying(
                        RejectedDocument.class,
                        reject -> assertThat(reject.path()).isEqualTo("at.x"));
        assertThat(mapping.decode(Bson.bson("{_id: 1, at: 'x'}")))
                .isInstanceOfSatisfying(
                        RejectedDocument.class,
                        reject -> assertThat(reject.path()).isEqualTo("at"));
    }

    @Test
    void whatIsIgnoredIsNotMappedToo() {
        assertThatThrownBy(() -> mapping(b -> b.map(WIDE.A_TEXT, string("at", "shelf"))
                        .map(WIDE.A_JSONB, json("meta"))
                        .ignorePath("at", "shelf")
                        .ignore("at")
                        .ignorePath("meta", "x")))
                .hasMessageContaining("the field at.shelf is both mapped and ignored")
                .hasMessageContaining("the field at is both mapped and ignored")
                .hasMessageContaining("the field meta.x is ignored, but meta, which holds it, is mapped as a whole");
    }
}
