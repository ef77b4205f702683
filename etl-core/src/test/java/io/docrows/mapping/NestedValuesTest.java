package io.docrows.mapping;

import static io.docrows.mapping.Values.combine;
import static io.docrows.mapping.Values.constant;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.document;
import static io.docrows.mapping.Values.firstOf;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.json;
import static io.docrows.mapping.Values.name;
import static io.docrows.mapping.Values.rest;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.KIND;
import static io.docrows.testing.db.Tables.ORDER_ITEM;
import static io.docrows.testing.db.Tables.ORDER_PRICE;
import static io.docrows.testing.db.Tables.ORDER_TAG;
import static io.docrows.testing.db.Tables.SHIPPING_ADDRESS;
import static io.docrows.testing.db.Tables.SHOP_ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.RejectCode;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.testing.Bson;
import io.docrows.testing.db.tables.records.KindRecord;
import io.docrows.testing.db.tables.records.OrderItemRecord;
import io.docrows.testing.db.tables.records.ShopOrderRecord;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Composed and lenient values in tables below a document: all is as it is at the top. */
final class NestedValuesTest {

    private static CollectionMapping<ShopOrderRecord> orders(
            UnaryOperator<CollectionMapping.Builder<ShopOrderRecord>> more) {
        return more.apply(CollectionMapping.of("orders", SHOP_ORDER).key(SHOP_ORDER.MONGO_ID, id("_id")))
                .build();
    }

    private static CollectionMapping<ShopOrderRecord> items(Consumer<ChildMapping.Builder<OrderItemRecord>> more) {
        return orders(b -> b.children("items", ORDER_ITEM, item -> {
            item.position(ORDER_ITEM.LINE);
            more.accept(item);
        }));
    }

    private static MappedDocument<ShopOrderRecord> mapped(CollectionMapping<ShopOrderRecord> mapping, String document) {
        Decoded<ShopOrderRecord> decoded = mapping.decode(Bson.bson(document));
        assertThat(decoded).isInstanceOf(MappedDocument.class);
        return (MappedDocument<ShopOrderRecord>) decoded;
    }

    private static <C extends TableRecord<C>> List<String> rows(MappedDocument<?> document, Table<C> table) {
        return document.children(table).stream()
                .map(row ->
                        row.intoStream().filter(value -> value != null).toList().toString())
                .toList();
    }

    @Test
    void elementsHaveComposedValuesOfTheirOwn() {
        CollectionMapping<ShopOrderRecord> mapping = items(item -> item.map(
                        ORDER_ITEM.SKU,
                        firstOf(
                                string("sku"),
                                combine(string("maker"), int32("nr"), (maker, nr) -> maker + nr),
                                constant("none")))
                .map(ORDER_ITEM.PRICE, decimal("prices").orText().at(0, "amount")));

        MappedDocument<ShopOrderRecord> document = mapped(
                mapping,
                "{_id: 1, items: [{sku: 'a', nr: 1}, {maker: 'm', nr: 2, prices: [{amount: '1.5'}]}, {maker: null}]}");

        assertThat(rows(document, ORDER_ITEM)).containsExactly("[0, a]", "[1, m2, 1.5]", "[2, none]");
        assertThat(document.policyUses())
                .containsExactly(
                        new PolicyUse("items[].prices[0].amount", "public.order_item.price", LossPolicy.OR_TEXT, 1));
        assertThat(mapping.decode(Bson.bson("{_id: 1, items: [{sku: 'a'}, {maker: 'm', nr: 'x'}]}")))
                .isInstanceOfSatisfying(
                        RejectedDocument.class,
                        reject -> assertThat(reject)
                                .returns(RejectCode.TYPE_MISMATCH, RejectedDocument::code)
                                .returns("items[].nr", RejectedDocument::path));
    }

    @Test
    void eachElementHasItsOwnRestAndTheParentHasWhatOneSubDocumentLeaves() {
        CollectionMapping<ShopOrderRecord> mapping = orders(b -> b.map(SHOP_ORDER.NOTE, rest().convert(JSONB::data))
                .children(
                        "items",
                        ORDER_ITEM,
                        item -> item.position(ORDER_ITEM.LINE)
                                .map(ORDER_ITEM.SKU, rest().convert(JSONB::data))
                                .map(ORDER_ITEM.QUANTITY, int32("quantity")))
                .child(
                        "shipping",
                        SHIPPING_ADDRESS,
                        address -> address.map(SHIPPING_ADDRESS.CITY, string("city"))
                                .ignore("geo"))
                .entries(
                        "prices",
                        ORDER_PRICE,
                        price -> price.identity(ORDER_PRICE.CURRENCY, name())
                                .map(ORDER_PRICE.AMOUNT, decimal("amount"))));
        DocumentDecoder<ShopOrderRecord> decoder = mapping.decoder();

        MappedDocument<ShopOrderRecord> document = (MappedDocument<ShopOrderRecord>) decoder.decode(Bson.bson(
                "{_id: 1, x: 1, items: [{quantity: 2, y: 1}, {quantity: 3}], shipping: {city: 'c', street: 's', geo: 1},"
                        + " prices: {EUR: {amount: 1, z: 1}}}"));

        assertThat(document.record().getNote()).isEqualTo("{\"x\":1,\"shipping\":{\"street\":\"s\"}}");
        assertThat(rows(document, ORDER_ITEM)).containsExactly("[0, {\"y\":1}, 2]", "[1, {}, 3]");
        assertThat(decoder.drift().unmappedFields()).isEqualTo(Map.of("prices.*.z", 1L));
    }

    @Test
    void thePoliciesOfAPartCountAtItsPlaceInTheTree() {
        CollectionMapping<ShopOrderRecord> mapping = items(item -> item.map(
                ORDER_ITEM.SKU, firstOf(string("code").orScalar(), string("sku").emptyAsNull())));

        assertThat(mapped(mapping, "{_id: 1, items: [{code: 5}, {code: 6}]}").policyUses())
                .containsExactly(new PolicyUse("items[].code", "public.order_item.sku", LossPolicy.OR_SCALAR, 2));
    }

    @Test
    void whatFollowsAValueOfSeveralFieldsIsReadAsWell() {
        CollectionMapping<ShopOrderRecord> mapping = orders(b -> b.map(SHOP_ORDER.NOTE, string("shipping", "zip"))
                .child(
                        "shipping",
                        SHIPPING_ADDRESS,
                        address -> address.map(SHIPPING_ADDRESS.CITY, firstOf(string("city"), string("town"))))
                .children(
                        "items",
                        ORDER_ITEM,
                        item -> item.position(ORDER_ITEM.LINE)
                                .map(ORDER_ITEM.SKU, firstOf(json("code").convert(JSONB::data), string("sku")))
                                .skipInvalid())
                .children(
                        "tags",
                        ORDER_TAG,
                        tag -> tag.position(ORDER_TAG.PLACE)
                                .map(ORDER_TAG.TAG, firstOf(string("names").at(0), string("name")))));

        MappedDocument<ShopOrderRecord> document = mapped(
                mapping,
                "{_id: 1, shipping: {city: 'c', zip: '1'}, items: [{code: [1, {a: 2}], sku: 's'}, {code: {}, x: [1]},"
                        + " {sku: [5]}, {sku: 't'}], tags: [{names: ['n', 'm'], name: 'k'}, {name: 'k'}]}");

        assertThat(document.record().getNote()).isEqualTo("1");
        assertThat(rows(document, SHIPPING_ADDRESS)).containsExactly("[c]");
        assertThat(rows(document, ORDER_ITEM)).containsExactly("[0, [1,{\"a\":2}]]", "[1, {}]", "[3, t]");
        assertThat(rows(document, ORDER_TAG)).containsExactly("[0, n]", "[1, k]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            address: {city: 'c', phones: ['1']} | [c, 1]       |
            address: []                         | []           | emptyAsNull mismatchAsEmpty mismatchAsNull
            address: ''                         | []           | emptyAsNull mismatchAsEmpty mismatchAsNull
            address: 'Main St'                  | [Main St]    | mismatchAsEmpty mismatchAsNull
            """)
    void whatIsInThePlaceOfASubDocumentIsTakenByThePoliciesOfAllThatIsInIt(
            String field, String values, String policies) {
        CollectionMapping<ShopOrderRecord> mapping = orders(b -> b.map(
                        SHOP_ORDER.NOTE,
                        firstOf(
                                string("address", "city").mismatchAsNull(),
                                string("address").emptyAsNull().mismatchAsNull()))
                .children(
                        List.of("address", "phones"),
                        ORDER_TAG,
                        tag -> tag.position(ORDER_TAG.PLACE)
                                .map(ORDER_TAG.TAG, string())
                                .mismatchAsEmpty()));
        MappedDocument<ShopOrderRecord> document = mapped(mapping, "{_id: 1, " + field + "}");

        List<String> all = new java.util.ArrayList<>();
        if (document.record().getNote() != null) {
            all.add(document.record().getNote());
        }
        document.children(ORDER_TAG).forEach(row -> all.add(row.get(ORDER_TAG.TAG)));
        assertThat(all).hasToString(values);
        assertThat(document.policyUses().stream()
                        .map(use -> use.policy().method())
                        .sorted()
                        .toList())
                .isEqualTo(policies == null ? List.of() : List.of(policies.split(" ")));
    }

    @Test
    void anArrayIsEmptyWhereSomethingElseIsInThePlaceOfTheSubDocumentThatItWouldBeIn() {
        CollectionMapping<KindRecord> mapping = CollectionMapping.of("things", KIND)
                .key(KIND.MONGO_ID, id("_id"))
                .map(KIND.SOME_TEXTS, strings("meta", "tags").mismatchAsEmpty())
                .build();
        for (String meta : List.of("[]", "5", "{tags: 5}", "{tags: []}")) {
            Decoded<KindRecord> decoded = mapping.decode(Bson.bson("{_id: 1, meta: " + meta + "}"));
            assertThat(decoded).as(meta).isInstanceOf(MappedDocument.class);
            assertThat(((MappedDocument<KindRecord>) decoded).record().getSomeTexts())
                    .isEmpty();
        }
    }

    @Test
    void withoutPoliciesASubDocumentIsExpected() {
        for (Value<String> city : List.of(
                string("address", "city"),
                string("address", "city").emptyAsNull(),
                firstOf(string("address", "city"), string("name")))) {
            CollectionMapping<ShopOrderRecord> mapping = orders(b -> b.map(SHOP_ORDER.NOTE, city));
            assertThat(mapping.decode(Bson.bson("{_id: 1, address: ['Main St'], name: 'n'}")))
                    .isInstanceOfSatisfying(
                            RejectedDocument.class,
                            reject -> assertThat(reject)
                                    .returns(RejectCode.TYPE_MISMATCH, RejectedDocument::code)
                                    .satisfies(r -> assertThat(r.path()).startsWith("address")));
        }
        assertThat(mapped(
                                orders(b -> b.map(
                                        SHOP_ORDER.NOTE,
                                        string("address", "city").emptyAsNull())),
                                "{_id: 1, address: []}")
                        .record()
                        .getNote())
                .isNull();
    }

    @Test
    void theElementAsAWholeIsItsDocument() {
        CollectionMapping<ShopOrderRecord> mapping =
                items(item -> item.map(ORDER_ITEM.SKU, document().plain().convert(JSONB::data)));

        assertThat(rows(mapped(mapping, "{_id: 1, items: [{a: 1}, 5, [1.0]]}"), ORDER_ITEM))
                .containsExactly("[0, {\"a\":1}]", "[1, 5]", "[2, [1]]");
    }

    @Test
    void fieldsOfElementsAreIgnoredAtAnyDepth() {
        DocumentDecoder<ShopOrderRecord> decoder = items(
                        item -> item.map(ORDER_ITEM.SKU, string("sku")).ignorePath("meta", "x"))
                .decoder();
        decoder.decode(Bson.bson("{_id: 1, items: [{sku: 'a', meta: {x: 1, y: 1}}, {sku: 'b', meta: {x: 1}}]}"));

        assertThat(decoder.drift().unmappedFields()).isEqualTo(Map.of("items[].meta.y", 1L));
        assertThatThrownBy(() -> orders(b -> b.children(
                                "items",
                                ORDER_ITEM,
                                item -> item.position(ORDER_ITEM.LINE).map(ORDER_ITEM.SKU, string("sku")))
                        .ignore("items")))
                .hasMessageContaining("the field items is ignored, but order_item is filled from it");
    }

    private static final CollectionMapping<ShopOrderRecord> LENIENT = orders(b -> b.children(
                    "tags",
                    ORDER_TAG,
                    tag -> tag.position(ORDER_TAG.PLACE)
                            .map(ORDER_TAG.TAG, string().orScalar().emptyAsNull())
                            .orSingle()
                            .orDigitKeys()
                            .emptyAsNull())
            .child(
                    "shipping",
                    SHIPPING_ADDRESS,
                    address -> address.map(SHIPPING_ADDRESS.CITY, string("city"))
                            .orArrayOfOne()
                            .emptyAsNull())
            .entries(
                    "prices",
                    ORDER_PRICE,
                    price -> price.identity(ORDER_PRICE.CURRENCY, name())
                            .map(ORDER_PRICE.AMOUNT, decimal().orText())
                            .mismatchAsEmpty()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tags: ['a', 'b']                    | [[0, a], [1, b]]        |
            tags: 'a'                           | [[0, a]]                | orSingle
            tags: 5                             | [[0, 5]]                | orScalar orSingle
            tags: {'0': 'a', '2': 'c'}          | [[0, a], [1, c]]        | orDigitKeys
            tags: {}                            | []                      | emptyAsNull
            tags: ''                            | []                      | emptyAsNull
            tags: ['a', '', null]               | [[0, a], [1], [2]]      | emptyAsNull
            shipping: {city: 'c'}               | [[c]]                   |
            shipping: [{city: 'c'}]             | [[c]]                   | orArrayOfOne
            shipping: []                        | []                      | emptyAsNull
            shipping: {}                        | []                      | emptyAsNull
            prices: []                          | []                      | mismatchAsEmpty
            prices: {EUR: '1.5'}                | [[EUR, 1.5]]            | orText
            """)
    void whatStandsForAnArrayOrASubDocument(String field, String rows, String policies) {
        MappedDocument<ShopOrderRecord> document = mapped(LENIENT, "{_id: 1, " + field + "}");

        List<String> all = new java.util.ArrayList<>(rows(document, ORDER_TAG));
        all.addAll(rows(document, SHIPPING_ADDRESS));
        all.addAll(rows(document, ORDER_PRICE));
        assertThat(all).hasToString(rows);
        assertThat(document.policyUses().stream()
                        .map(use -> use.policy().method())
                        .sorted()
                        .toList())
                .isEqualTo(policies == null ? List.of() : List.of(policies.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tags: {'1': 'a', '0': 'c'}          | tags
            tags: {x: 'a'}                      | tags
            shipping: [{city: 'c'}, {city: 'd'}] | shipping
            shipping: ['c']                     | shipping
            """)
    void whatDoesNotStandForOneStillRejects(String field, String path) {
        assertThat(LENIENT.decode(Bson.bson("{_id: 1, " + field + "}")))
                .isInstanceOfSatisfying(
                        RejectedDocument.class,
                        reject -> assertThat(reject)
                                .returns(RejectCode.TYPE_MISMATCH, RejectedDocument::code)
                                .satisfies(r -> assertThat(r.path()).startsWith(path)));
    }

    @Test
    void formsThatHaveNoMeaningAreRefused() {
        assertThatThrownBy(() -> orders(b -> b.child(
                        "shipping",
                        SHIPPING_ADDRESS,
                        address -> address.map(SHIPPING_ADDRESS.CITY, string("city"))
                                .orDigitKeys())))
                .hasMessageContaining(
                        "orDigitKeys() for shipping_address has no meaning for rows that are made of one sub-document");
    }
}
