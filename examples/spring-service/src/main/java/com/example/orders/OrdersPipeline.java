package com.example.orders;

import static com.example.orders.db.Tables.CUSTOMERS;
import static com.example.orders.db.Tables.ORDERS;
import static com.example.orders.db.Tables.ORDER_ITEMS;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.mapping.CollectionMapping;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which field goes into which column. */
@Configuration
class OrdersPipeline {

    @Bean
    Pipeline orders() {
        return Docrows.pipeline(
                "orders",
                CollectionMapping.of("customers", CUSTOMERS)
                        .key(CUSTOMERS.MONGO_ID, id("_id"))
                        .map(CUSTOMERS.EMAIL, string("email"))
                        .map(CUSTOMERS.NAME, string("name"))
                        .build(),
                CollectionMapping.of("orders", ORDERS)
                        .key(ORDERS.MONGO_ID, id("_id"))
                        .reference(ORDERS.CUSTOMER_ID, id("customer"), CUSTOMERS.MONGO_ID)
                        .map(ORDERS.PLACED_AT, instant("placedAt"))
                        .children("items", ORDER_ITEMS, item -> item
                                .position(ORDER_ITEMS.LINE)
                                .map(ORDER_ITEMS.SKU, string("sku"))
                                .map(ORDER_ITEMS.QUANTITY, int32("quantity"))
                                .map(ORDER_ITEMS.PRICE, decimal("price")))
                        .build());
    }
}
