package io.docrows.benchmarks.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order. Immutable.
 *
 * @param mongoId its key
 * @param placedAt when it was placed
 * @param customer who placed it
 * @param status how far it is
 * @param note what the customer adds
 * @param items what is ordered; an item's line is its place, from 0
 */
public record Order(
        String mongoId,
        Instant placedAt,
        String customer,
        String status,
        @Nullable String note,
        List<Item> items) {

    /** Copies the items. */
    public Order {
        items = List.copyOf(items);
    }

    /**
     * What is ordered. Immutable.
     *
     * @param sku which article
     * @param quantity how many
     * @param price for one
     * @param discounts what is taken off, each by a code of its own
     */
    public record Item(String sku, int quantity, BigDecimal price, List<Discount> discounts) {

        /** Copies the discounts. */
        public Item {
            discounts = List.copyOf(discounts);
        }
    }

    /**
     * What is taken off a price. Immutable.
     *
     * @param code why
     * @param percent how much
     */
    public record Discount(String code, BigDecimal percent) {}
}
