package io.docrows.benchmarks.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An invented shop. Each order follows from the seed and its number alone, so that two shops of the same size are
 * alike, and a changed order differs only in what was changed. Immutable.
 */
final class Shop {

    private static final long SEED = 20_150_611;
    private static final long FIRST_SECOND =
            Instant.parse("2015-06-11T07:30:00Z").getEpochSecond();
    private static final long SECONDS = 250_000_000;
    private static final int ITEMS = 4;
    private static final int ARTICLES = 20_000;
    private static final List<String> STATUSES = List.of("delivered", "sent", "packed", "paid", "placed", "returned");
    private static final List<String> CODES = List.of("SPRING", "LOYAL", "STAFF", "SECOND", "BULK", "SORRY");

    private final int orders;

    Shop(int orders) {
        this.orders = orders;
    }

    /** Whether the order of a number is among those that change. */
    static boolean changes(int number) {
        return Marketplace.changes(number);
    }

    /** An order; the changed one has another quantity in one of its items. */
    Order order(int number, boolean changed) {
        SplittableRandom random = new SplittableRandom(SEED + 0x9E3779B97F4A7C15L * number);
        long second = FIRST_SECOND + SECONDS * number / orders;
        Instant placed = Instant.ofEpochMilli(second * 1000 + random.nextInt(1000));
        String customer = pick(Words.FIRST_NAMES, random) + " " + pick(Words.LAST_NAMES, random);
        String status = pick(STATUSES, random);
        String note = random.nextInt(100) < 30 ? pick(Words.SENTENCES, random) : null;
        List<Order.Item> items = new ArrayList<>();
        for (int line = 0; line < ITEMS; line++) {
            items.add(item(random));
        }
        if (changed) {
            int line = number / 100 % ITEMS;
            Order.Item item = items.get(line);
            items.set(line, new Order.Item(item.sku(), item.quantity() + 1, item.price(), item.discounts()));
        }
        return new Order(id(number, second), placed, customer, status, note, items);
    }

    private static Order.Item item(SplittableRandom random) {
        List<Order.Discount> discounts = new ArrayList<>();
        int first = random.nextInt(CODES.size());
        int number = random.nextInt(3);
        for (int i = 0; i < number; i++) {
            String code = CODES.get((first + i) % CODES.size());
            discounts.add(new Order.Discount(code, BigDecimal.valueOf(random.nextInt(50, 4_000), 2)));
        }
        String sku = "SKU-" + (100_000 + random.nextInt(ARTICLES));
        return new Order.Item(
                sku, 1 + random.nextInt(5), BigDecimal.valueOf(random.nextInt(1_00, 900_00), 2), discounts);
    }

    /** Second, process, counter. */
    private static String id(int number, long second) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((int) second) + hex.toHexDigits(0x5A_0B_77_13_C4L, 10) + hex.toHexDigits(number, 6);
    }

    private static <T> T pick(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }
}
