package io.docrows.testing;

import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.float64;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.int64;
import static io.docrows.mapping.Values.name;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Keys.BORDER__BORDER_STATE_CODE_FKEY;
import static io.docrows.testing.db.Tables.BORDER;
import static io.docrows.testing.db.Tables.COUNTRY;
import static io.docrows.testing.db.Tables.GRID_CELL;
import static io.docrows.testing.db.Tables.GRID_ROW;
import static io.docrows.testing.db.Tables.INVOICE;
import static io.docrows.testing.db.Tables.INVOICE_LINE;
import static io.docrows.testing.db.Tables.ITEM_DISCOUNT;
import static io.docrows.testing.db.Tables.ORDER_ITEM;
import static io.docrows.testing.db.Tables.ORDER_PRICE;
import static io.docrows.testing.db.Tables.ORDER_TAG;
import static io.docrows.testing.db.Tables.PRODUCT;
import static io.docrows.testing.db.Tables.SHIPPING_ADDRESS;
import static io.docrows.testing.db.Tables.SHOP_ORDER;
import static io.docrows.testing.db.Tables.STATE;

import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.testing.db.tables.records.InvoiceRecord;
import io.docrows.testing.db.tables.records.ProductRecord;
import io.docrows.testing.db.tables.records.ShopOrderRecord;
import io.docrows.testing.db.tables.records.StateRecord;
import java.util.List;

/** A shop: mappings with tables below a document in every form, and queries that show all of their rows. */
public final class Shop {

    public static final CollectionMapping<ProductRecord> PRODUCTS = CollectionMapping.of("products", PRODUCT)
            .key(PRODUCT.MONGO_ID, id("_id"))
            .map(PRODUCT.NAME, string("name"))
            .build();

    public static final CollectionMapping<ShopOrderRecord> ORDERS = CollectionMapping.of("orders", SHOP_ORDER)
            .key(SHOP_ORDER.MONGO_ID, id("_id"))
            .map(SHOP_ORDER.PLACED_AT, instant("placedAt"))
            .map(SHOP_ORDER.NOTE, string("note"))
            .lookup(SHOP_ORDER.COUNTRY_ID, string("country"), COUNTRY.NAME)
            .child(
                    "shipping",
                    SHIPPING_ADDRESS,
                    address -> address.map(SHIPPING_ADDRESS.STREET, string("street"))
                            .map(SHIPPING_ADDRESS.CITY, string("city")))
            .children(
                    "items",
                    ORDER_ITEM,
                    item -> item.position(ORDER_ITEM.LINE, 1)
                            .map(ORDER_ITEM.SKU, string("sku"))
                            .map(ORDER_ITEM.QUANTITY, int32("quantity"))
                            .map(ORDER_ITEM.PRICE, decimal("price"))
                            .reference(ORDER_ITEM.PRODUCT_ID, id("product"), PRODUCT.MONGO_ID)
                            .children(
                                    "discounts",
                                    ITEM_DISCOUNT,
                                    discount -> discount.identity(ITEM_DISCOUNT.CODE, string("code"))
                                            .map(ITEM_DISCOUNT.PERCENT, decimal("percent"))))
            .entries(
                    "prices",
                    ORDER_PRICE,
                    price -> price.identity(ORDER_PRICE.CURRENCY, name()).map(ORDER_PRICE.AMOUNT, decimal()))
            .children("tags", ORDER_TAG, tag -> tag.position(ORDER_TAG.PLACE).map(ORDER_TAG.TAG, string()))
            .children(
                    "grid",
                    GRID_ROW,
                    row -> row.position(GRID_ROW.Y)
                            .children(
                                    List.of(),
                                    GRID_CELL,
                                    cell -> cell.position(GRID_CELL.X).map(GRID_CELL.VALUE, float64())))
            .build();

    public static final CollectionMapping<StateRecord> STATES = CollectionMapping.of("states", STATE)
            .key(STATE.CODE, id("_id"))
            .map(STATE.NAME, string("name"))
            .children(
                    "borders",
                    BORDER,
                    border -> border.parent(BORDER__BORDER_STATE_CODE_FKEY)
                            .identityReference(BORDER.OTHER_CODE, string("with"), STATE.CODE, MissingReference.SKIP)
                            .map(BORDER.KILOMETRES, int32("km")))
            .build();

    public static final CollectionMapping<InvoiceRecord> INVOICES = CollectionMapping.of("invoices", INVOICE)
            .key(INVOICE.SHOP, int32("_id", "shop"))
            .key(INVOICE.NR, int64("_id", "nr"))
            .map(INVOICE.MONGO_ID, id("_id"))
            .map(INVOICE.TOTAL, decimal("total"))
            .children(
                    "lines",
                    INVOICE_LINE,
                    line -> line.identity(INVOICE_LINE.NAME, string("name"))
                            .map(INVOICE_LINE.AMOUNT, decimal("amount")))
            .build();

    /** Every row of the tables below an order, each with its order. */
    public static final String ORDER_ROWS = """
            SELECT o.mongo_id, 'order', o.note, c.name FROM shop_order o LEFT JOIN country c ON c.id = o.country_id
            UNION ALL SELECT o.mongo_id, 'shipping', a.street, a.city
            FROM shipping_address a JOIN shop_order o ON o.id = a.order_id
            UNION ALL SELECT o.mongo_id, 'item ' || i.line, i.sku || ' x ' || i.quantity || COALESCE(' at ' || i.price, ''), p.name
            FROM order_item i JOIN shop_order o ON o.id = i.order_id LEFT JOIN product p ON p.id = i.product_id
            UNION ALL SELECT o.mongo_id, 'item ' || i.line || ' discount', d.code, d.percent::text
            FROM item_discount d JOIN order_item i ON i.id = d.item_id JOIN shop_order o ON o.id = i.order_id
            UNION ALL SELECT order_mongo_id, 'price', currency, amount::text FROM order_price
            UNION ALL SELECT o.mongo_id, 'tag ' || t.place, t.tag, NULL
            FROM order_tag t JOIN shop_order o ON o.id = t.order_id
            UNION ALL SELECT o.mongo_id, 'row ' || g.y, NULL, NULL FROM grid_row g JOIN shop_order o ON o.id = g.order_id
            UNION ALL SELECT o.mongo_id, 'cell ' || g.y || ' ' || g.x, g.value::text, NULL
            FROM grid_cell g JOIN shop_order o ON o.id = g.order_id
            ORDER BY 1, 2, 3, 4
            """;

    private Shop() {}
}
