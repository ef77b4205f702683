package io.docrows.benchmarks.orders;

import static io.docrows.benchmarks.orders.db.Tables.ITEM_DISCOUNTS;
import static io.docrows.benchmarks.orders.db.Tables.ORDERS;
import static io.docrows.benchmarks.orders.db.Tables.ORDER_ITEMS;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.PipelineSchema;
import io.docrows.benchmarks.orders.db.tables.records.OrdersRecord;
import io.docrows.mapping.CollectionMapping;

/** Carries {@code orders} into a table of orders, one of their items, and one of the items' discounts. Stateless. */
public final class OrdersPipeline implements PipelineProvider {

    private static final String NAME = "orders";

    /** An offer of the pipeline. */
    public OrdersPipeline() {}

    @Override
    public Pipeline pipeline() {
        return Docrows.pipeline(NAME, orders());
    }

    @Override
    public PipelineSchema schema() {
        return PipelineSchema.of(NAME, "classpath:db/orders");
    }

    /**
     * The orders.
     *
     * @return the mapping
     */
    public static CollectionMapping<OrdersRecord> orders() {
        return CollectionMapping.of("orders", ORDERS)
                .key(ORDERS.MONGO_ID, id("_id"))
                .map(ORDERS.PLACED_AT, instant("placedAt"))
                .map(ORDERS.CUSTOMER, string("customer"))
                .map(ORDERS.STATUS, string("status"))
                .map(ORDERS.NOTE, string("note"))
                .children(
                        "items",
                        ORDER_ITEMS,
                        item -> item.position(ORDER_ITEMS.LINE)
                                .map(ORDER_ITEMS.SKU, string("sku"))
                                .map(ORDER_ITEMS.QUANTITY, int32("quantity"))
                                .map(ORDER_ITEMS.PRICE, decimal("price"))
                                .children(
                                        "discounts",
                                        ITEM_DISCOUNTS,
                                        discount -> discount.identity(ITEM_DISCOUNTS.CODE, string("code"))
                                                .map(ITEM_DISCOUNTS.PERCENT, decimal("percent"))))
                .build();
    }
}
