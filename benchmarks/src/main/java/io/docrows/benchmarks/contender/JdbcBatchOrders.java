package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Upserts orders in JDBC batches, 1,000 to a batch and a transaction, sent as inserts of many rows: orders, then items,
 * then discounts, whose parents' numbers are looked up once for each batch; what left an order is deleted.
 */
final class JdbcBatchOrders implements Loader {

    private static final String UPSERT_ORDER = "INSERT INTO orders (mongo_id, placed_at, customer, status, note) VALUES"
            + " (?, ?, ?, ?, ?) ON CONFLICT (mongo_id) DO UPDATE SET placed_at = EXCLUDED.placed_at,"
            + " customer = EXCLUDED.customer, status = EXCLUDED.status, note = EXCLUDED.note";

    private static final String UPSERT_ITEM = "INSERT INTO order_items (order_id, line, sku, quantity, price) VALUES"
            + " (?, ?, ?, ?, ?) ON CONFLICT (order_id, line) DO UPDATE SET sku = EXCLUDED.sku,"
            + " quantity = EXCLUDED.quantity, price = EXCLUDED.price";

    private static final String UPSERT_DISCOUNT = "INSERT INTO item_discounts (item_id, code, percent) VALUES (?, ?, ?)"
            + " ON CONFLICT (item_id, code) DO UPDATE SET percent = EXCLUDED.percent";

    /** Lines are counted from 0, so that those are gone whose number is not below that of the order's items. */
    private static final String DELETE_DISCOUNTS_OF_ITEMS = "DELETE FROM item_discounts d USING order_items i,"
            + " unnest(?, ?) AS o (id, items) WHERE i.order_id = o.id AND i.line >= o.items AND d.item_id = i.id";

    private static final String DELETE_ITEMS = "DELETE FROM order_items i USING unnest(?, ?) AS o (id, items)"
            + " WHERE i.order_id = o.id AND i.line >= o.items";

    private static final String DELETE_DISCOUNTS = "DELETE FROM item_discounts d WHERE d.item_id = ANY (?) AND NOT"
            + " EXISTS (SELECT FROM unnest(?, ?) AS k (item_id, code) WHERE k.item_id = d.item_id AND k.code ="
            + " d.code)";

    /** A discount and the number of its item. */
    private record OfItem(long item, Order.Discount discount) {}

    @Override
    public Map<String, Long> load(Job job) throws Exception {
        try (Connection connection = job.connectRewritingBatches()) {
            connection.setAutoCommit(false);
            Documents.orders(job, JdbcBatchLoader.BATCH, batch -> {
                write(connection, batch);
                connection.commit();
            });
        }
        return Map.of();
    }

    private static void write(Connection connection, List<Order> batch) throws SQLException {
        orders(connection, batch);
        Map<String, Long> ids = orderIds(connection, batch);
        deleteItems(connection, batch, ids);
        items(connection, batch, ids);
        discounts(connection, batch, ids);
    }

    private static void orders(Connection connection, List<Order> batch) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT_ORDER)) {
            for (Order order : batch) {
                upsert.setString(1, order.mongoId());
                upsert.setObject(2, order.placedAt().atOffset(ZoneOffset.UTC));
                upsert.setString(3, order.customer());
                upsert.setString(4, order.status());
                upsert.setString(5, order.note());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void items(Connection connection, List<Order> batch, Map<String, Long> ids) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT_ITEM)) {
            for (Order order : batch) {
                for (int line = 0; line < order.items().size(); line++) {
                    Order.Item item = order.items().get(line);
                    upsert.setLong(1, id(ids, order));
                    upsert.setInt(2, line);
                    upsert.setString(3, item.sku());
                    upsert.setInt(4, item.quantity());
                    upsert.setBigDecimal(5, item.price());
                    upsert.addBatch();
                }
            }
            upsert.executeBatch();
        }
    }

    private static void discounts(Connection connection, List<Order> batch, Map<String, Long> ids) throws SQLException {
        Map<Long, Long[]> itemIds = itemIds(connection, batch, ids);
        List<Long> items = new ArrayList<>();
        List<OfItem> discounts = new ArrayList<>();
        for (Order order : batch) {
            Long[] numbers = Objects.requireNonNull(itemIds.get(id(ids, order)), "an order's items were lost");
            for (int line = 0; line < order.items().size(); line++) {
                items.add(numbers[line]);
                for (Order.Discount discount : order.items().get(line).discounts()) {
                    discounts.add(new OfItem(numbers[line], discount));
                }
            }
        }
        try (PreparedStatement delete = connection.prepareStatement(DELETE_DISCOUNTS)) {
            delete.setArray(1, connection.createArrayOf("int8", items.toArray()));
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", discounts.stream().map(OfItem::item).toArray()));
            delete.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            discounts.stream().map(one -> one.discount().code()).toArray()));
            delete.executeUpdate();
        }
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT_DISCOUNT)) {
            for (OfItem one : discounts) {
                upsert.setLong(1, one.item());
                upsert.setString(2, one.discount().code());
                upsert.setBigDecimal(3, one.discount().percent());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void deleteItems(Connection connection, List<Order> batch, Map<String, Long> ids)
            throws SQLException {
        for (String sql : List.of(DELETE_DISCOUNTS_OF_ITEMS, DELETE_ITEMS)) {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setArray(
                        1,
                        connection.createArrayOf(
                                "int8",
                                batch.stream().map(order -> id(ids, order)).toArray()));
                delete.setArray(
                        2,
                        connection.createArrayOf(
                                "int4",
                                batch.stream()
                                        .map(order -> order.items().size())
                                        .toArray()));
                delete.executeUpdate();
            }
        }
    }

    private static Map<String, Long> orderIds(Connection connection, List<Order> batch) throws SQLException {
        Map<String, Long> ids = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT mongo_id, id FROM orders WHERE mongo_id = ANY (?)")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text", batch.stream().map(Order::mongoId).toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return ids;
    }

    /** The numbers of the items of each order, by line. */
    private static Map<Long, Long[]> itemIds(Connection connection, List<Order> batch, Map<String, Long> ids)
            throws SQLException {
        Map<Long, Long[]> itemIds = new HashMap<>();
        batch.forEach(
                order -> itemIds.put(id(ids, order), new Long[order.items().size()]));
        try (PreparedStatement query =
                connection.prepareStatement("SELECT order_id, line, id FROM order_items WHERE order_id = ANY (?)")) {
            query.setArray(1, connection.createArrayOf("int8", itemIds.keySet().toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Objects.requireNonNull(itemIds.get(rows.getLong(1)))[rows.getInt(2)] = rows.getLong(3);
                }
            }
        }
        return itemIds;
    }

    private static long id(Map<String, Long> ids, Order order) {
        return Objects.requireNonNull(ids.get(order.mongoId()), "an order was lost");
    }
}
