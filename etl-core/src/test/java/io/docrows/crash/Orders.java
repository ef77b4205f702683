package io.docrows.crash;

import static io.docrows.mapping.MissingReference.PENDING;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.name;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Keys.BORDER__BORDER_STATE_CODE_FKEY;
import static io.docrows.testing.db.Tables.BORDER;
import static io.docrows.testing.db.Tables.COUNTRY;
import static io.docrows.testing.db.Tables.ITEM_DISCOUNT;
import static io.docrows.testing.db.Tables.ORDER_ITEM;
import static io.docrows.testing.db.Tables.ORDER_PRICE;
import static io.docrows.testing.db.Tables.PRODUCT;
import static io.docrows.testing.db.Tables.SHOP_ORDER;
import static io.docrows.testing.db.Tables.STATE;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.mapping.CollectionMapping;
import io.docrows.source.dump.DumpWriter;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.Shop;
import io.docrows.testing.db.tables.records.ShopOrderRecord;
import io.docrows.testing.db.tables.records.StateRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * A dump of orders of any size, from a seed, with tables below a document and elements that wait for others; and what a
 * target holds of it.
 */
final class Orders {

    private static final CollectionMapping<ShopOrderRecord> ORDERS = CollectionMapping.of("orders", SHOP_ORDER)
            .key(SHOP_ORDER.MONGO_ID, id("_id"))
            .map(SHOP_ORDER.NOTE, string("note"))
            .lookup(SHOP_ORDER.COUNTRY_ID, string("country"), COUNTRY.NAME)
            .children(
                    "items",
                    ORDER_ITEM,
                    item -> item.position(ORDER_ITEM.LINE)
                            .map(ORDER_ITEM.SKU, string("sku"))
                            .map(ORDER_ITEM.QUANTITY, int32("quantity"))
                            .reference(ORDER_ITEM.PRODUCT_ID, id("product"), PRODUCT.MONGO_ID, PENDING)
                            .children(
                                    "discounts",
                                    ITEM_DISCOUNT,
                                    discount -> discount.identity(ITEM_DISCOUNT.CODE, string("code"))
                                            .map(ITEM_DISCOUNT.PERCENT, decimal("percent"))))
            .entries(
                    "prices",
                    ORDER_PRICE,
                    price -> price.identity(ORDER_PRICE.CURRENCY, name()).map(ORDER_PRICE.AMOUNT, decimal()))
            .build();

    private static final CollectionMapping<StateRecord> STATES = CollectionMapping.of("states", STATE)
            .key(STATE.CODE, id("_id"))
            .map(STATE.NAME, string("name"))
            .children(
                    "borders",
                    BORDER,
                    border -> border.parent(BORDER__BORDER_STATE_CODE_FKEY)
                            .identityReference(BORDER.OTHER_CODE, string("with"), STATE.CODE, PENDING)
                            .map(BORDER.KILOMETRES, int32("km")))
            .build();

    private Orders() {}

    static Pipeline pipeline() {
        return Docrows.pipeline("orders", Shop.PRODUCTS, ORDERS, STATES);
    }

    /** Writes orders, half as many states, which border those that come later, and some of the products. */
    static Path write(Path directory, int orders, long seed) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(seed);
        try (DumpWriter out = DumpWriter.create(directory.resolve("products.bson"))) {
            for (int i = 0; i < 40; i++) {
                out.write(Bson.bytes(new BsonDocument("_id", new BsonString("p" + i))));
            }
        }
        try (DumpWriter out = DumpWriter.create(directory.resolve("orders.bson"))) {
            for (int i = 0; i < orders; i++) {
                out.write(Bson.bytes(order(i, random)));
            }
        }
        try (DumpWriter out = DumpWriter.create(directory.resolve("states.bson"))) {
            for (int i = 0; i < orders / 2; i++) {
                BsonArray borders = new BsonArray();
                for (int with = i + 1 + random.nextInt(20); borders.size() < i % 3; with += 1 + random.nextInt(30)) {
                    borders.add(new BsonDocument("with", new BsonString("s" + with)).append("km", new BsonInt32(i)));
                }
                out.write(Bson.bytes(new BsonDocument("_id", new BsonString("s" + i)).append("borders", borders)));
            }
        }
        return directory;
    }

    private static BsonDocument order(int i, Random random) {
        BsonArray items = new BsonArray();
        for (int item = random.nextInt(5); item > 0; item--) {
            BsonArray discounts = new BsonArray();
            for (int discount = random.nextInt(3); discount > 0; discount--) {
                discounts.add(new BsonDocument("code", new BsonString("c" + discount))
                        .append("percent", new BsonInt32(random.nextInt(50))));
            }
            items.add(new BsonDocument("sku", new BsonString("sku " + item))
                    // Every so often PostgreSQL's check refuses the quantity.
                    .append("quantity", new BsonInt32(random.nextInt(500) == 0 ? 0 : 1 + random.nextInt(9)))
                    // Every so often there is no such product.
                    .append("product", new BsonString("p" + (random.nextInt(60) == 0 ? 99 : random.nextInt(40))))
                    .append("discounts", discounts));
        }
        return new BsonDocument("_id", new BsonInt32(i))
                .append("note", new BsonString("Order " + i))
                .append("country", new BsonString("Country " + random.nextInt(30)))
                .append("items", items)
                .append(
                        "prices",
                        new BsonDocument("EUR", new BsonInt32(random.nextInt(900)))
                                .append("USD", new BsonInt32(random.nextInt(900))));
    }

    /** Everything that a run leaves behind, but for the numbers it draws. */
    static List<String> contents(Database database) {
        return Stream.concat(
                        Stream.of(
                                Shop.ORDER_ROWS,
                                "SELECT 'state', code FROM state ORDER BY 2",
                                "SELECT 'border', state_code, other_code, kilometres FROM border ORDER BY 2, 3",
                                "SELECT 'waits', d.collection, d.row_key, md5(d.document), e.table_name, e.column_name,"
                                        + " e.referenced_key FROM docrows.pending_document d JOIN"
                                        + " docrows.pending_element e ON e.document_id = d.id ORDER BY 2, 3, 5, 6, 7"),
                        io.docrows.crash.Shop.BOOKKEEPING.stream())
                .flatMap(sql -> database.rows(sql).stream())
                .toList();
    }
}
