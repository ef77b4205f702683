package io.docrows.benchmarks.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the documents of the shop: orders with their items. */
final class ShopDumps {

    private static final String COLLECTION = "orders";

    private ShopDumps() {}

    static DataSet.Pair write(Path directory, int documents) throws IOException {
        Shop shop = new Shop(documents);
        try (DumpPart original = new DumpPart(directory.resolve("original"), List.of(COLLECTION));
                DumpPart changed = new DumpPart(directory.resolve("changed"), List.of(COLLECTION))) {
            for (int i = 0; i < documents; i++) {
                Order order = shop.order(i, false);
                byte[] document = DocumentEncoder.order(order);
                add(original, order, document);
                if (Shop.changes(i)) {
                    order = shop.order(i, true);
                    document = DocumentEncoder.order(order);
                }
                add(changed, order, document);
            }
            return new DataSet.Pair(original.dataSet(documents), changed.dataSet(documents));
        }
    }

    private static void add(DumpPart part, Order order, byte[] document) throws IOException {
        part.document(COLLECTION, document);
        part.row("orders", Content.line(order));
        for (int line = 0; line < order.items().size(); line++) {
            Order.Item item = order.items().get(line);
            part.row("order_items", Content.line(order, line, item));
            for (Order.Discount discount : item.discounts()) {
                part.row("item_discounts", Content.line(order, line, discount));
            }
        }
    }
}
