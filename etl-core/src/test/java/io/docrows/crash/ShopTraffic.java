package io.docrows.crash;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Applications at work on a shop: they insert, update, replace and delete orders and the products that orders refer to,
 * at random from a seed; arrays grow and shrink. What they were acknowledged is remembered.
 */
final class ShopTraffic {

    private static final int PRODUCTS = 30;

    private final MongoCollection<BsonDocument> products;
    private final MongoCollection<BsonDocument> orders;
    private final Map<Integer, BsonDocument> acknowledgedProducts = new TreeMap<>();
    private final Map<Integer, BsonDocument> acknowledgedOrders = new TreeMap<>();
    private final Random random;
    private final int ids;
    private long writes;

    /** @param ids so many different orders there are at most */
    ShopTraffic(MongoDatabase database, long seed, int ids) {
        this.products = database.getCollection("products", BsonDocument.class);
        this.orders = database.getCollection("orders", BsonDocument.class);
        this.random = new Random(seed);
        this.ids = ids;
    }

    long writes() {
        return writes;
    }

    /** Every product, and an order of each {@code _id}. */
    void fill() {
        restock();
        for (int id = 0; id < ids; id++) {
            acknowledgedOrders.put(id, order(id));
        }
        orders.insertMany(List.copyOf(acknowledgedOrders.values()));
    }

    /** Puts every product back, so that no order waits for one in the end. */
    void restock() {
        for (int id = 0; id < PRODUCTS; id++) {
            putProduct(id);
        }
    }

    /** Writes, a few hundred times a second at most, until it is asked to stop. */
    void run(CountDownLatch stop) {
        try {
            while (!stop.await(2, TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes so often, as fast as it can. */
    void write(int times) {
        for (int i = 0; i < times; i++) {
            write();
        }
    }

    private void write() {
        int id = random.nextInt(ids);
        writes++;
        switch (random.nextInt(10)) {
            case 0 -> putProduct(random.nextInt(PRODUCTS));
            case 1 -> {
                int product = random.nextInt(PRODUCTS);
                products.deleteOne(key(product));
                acknowledgedProducts.remove(product);
            }
            case 2, 3 -> {
                orders.deleteOne(key(id));
                acknowledgedOrders.remove(id);
            }
            case 4, 5 -> grow(id);
            default -> {
                BsonDocument order = order(id);
                orders.replaceOne(key(id), order, new ReplaceOptions().upsert(true));
                acknowledgedOrders.put(id, order);
            }
        }
    }

    /** An update, where there is an order. */
    private void grow(int id) {
        BsonDocument order = acknowledgedOrders.get(id);
        if (order != null) {
            BsonDocument item = item();
            orders.updateOne(key(id), Updates.push("items", item));
            BsonDocument grown = order.clone();
            grown.getArray("items").add(item);
            acknowledgedOrders.put(id, grown);
        }
    }

    private void putProduct(int id) {
        BsonDocument product = key(id).append("name", new BsonString("P" + random.nextInt(1_000)));
        products.replaceOne(key(id), product, new ReplaceOptions().upsert(true));
        acknowledgedProducts.put(id, product);
    }

    private BsonDocument order(int id) {
        BsonArray items = new BsonArray();
        for (int i = random.nextInt(5); i > 0; i--) {
            items.add(item());
        }
        BsonArray tags = new BsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.add(new BsonString("t" + random.nextInt(9)));
        }
        return key(id).append("note", new BsonString("n" + random.nextInt(1_000)))
                .append("items", items)
                .append("tags", tags);
    }

    private BsonDocument item() {
        return new BsonDocument("sku", new BsonString("s" + random.nextInt(50)))
                .append("quantity", new BsonInt32(1 + random.nextInt(9)))
                .append("product", new BsonInt32(random.nextInt(PRODUCTS)));
    }

    private static BsonDocument key(int id) {
        return new BsonDocument("_id", new BsonInt32(id));
    }

    /** What was acknowledged and not replaced or deleted since: products, then orders. */
    List<BsonDocument> acknowledged() {
        return Stream.concat(acknowledgedProducts.values().stream(), acknowledgedOrders.values().stream())
                .toList();
    }

    /** What the source holds, in the same order. */
    List<BsonDocument> stored() {
        BsonDocument byId = new BsonDocument("_id", new BsonInt32(1));
        List<BsonDocument> stored = new ArrayList<>();
        products.find().sort(byId).batchSize(1_000).into(stored);
        orders.find().sort(byId).batchSize(1_000).into(stored);
        return stored;
    }
}
