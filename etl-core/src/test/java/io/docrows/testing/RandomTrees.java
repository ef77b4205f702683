package io.docrows.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Random documents for the mappings of {@link Shop} and of {@link Parts}, the same for the same seed, and random
 * changes of them: arrays grow, shrink and swap, elements repeat, fields change, come and go, and now and then a value
 * does not fit.
 */
public final class RandomTrees {

    /** The keys of the products that there are. */
    public static final List<String> PRODUCTS = List.of("p1", "p2", "p3");

    private static final List<String> MIXED_IDS = List.of("orders", "feed", "memos", "tasks");
    private static final String[] NAMES = {"a", "b", "c", "d", "é", "𝄞", "", "A"};

    private final Random random;
    private final String collection;
    /** One value in so many does not fit; 0 for none. */
    private final int faulty;

    private boolean serials;

    /** Documents of a collection. */
    public RandomTrees(long seed, String collection, int faulty) {
        this.random = new Random(seed);
        this.collection = collection;
        this.faulty = faulty;
    }

    /** Gives labels serial numbers, of which another document may have the same. */
    public RandomTrees withSerials() {
        serials = true;
        return this;
    }

    /** So many new documents. */
    public List<BsonDocument> documents(int count) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(document(i));
        }
        return documents;
    }

    /** The documents after some time: some have changed a little, some whole, some have gone, some are new. */
    public List<BsonDocument> changed(List<BsonDocument> documents) {
        List<BsonDocument> changed = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            changed.add(
                    switch (random.nextInt(6)) {
                        case 0 -> document(i);
                        case 1, 2 -> mutated(documents.get(i).clone()).asDocument();
                        default -> documents.get(i);
                    });
        }
        for (int more = random.nextInt(3); more > 0; more--) {
            changed.add(document(changed.size()));
        }
        return changed;
    }

    private BsonDocument document(int number) {
        BsonDocument document = new BsonDocument("_id", id(number));
        switch (collection) {
            case "orders" -> order(document);
            case "states" -> {
                optional(document, "name", name());
                optional(document, "borders", array(4, this::border));
            }
            case "invoices" -> {
                optional(document, "total", number());
                optional(document, "lines", array(4, this::line));
            }
            case "parcels" -> {
                optional(document, "name", name());
                optional(document, "labels", array(4, this::label));
            }
            case "parts" -> {
                optional(document, "name", name());
                optional(document, "uses", array(4, () -> use(number)));
            }
            case "feed", "memos", "tasks" -> entry(document, number);
            default -> throw new IllegalArgumentException(collection);
        }
        return shuffled(document);
    }

    private BsonValue id(int number) {
        if (collection.equals("invoices")) {
            return new BsonDocument("shop", new BsonInt32(number % 3)).append("nr", new BsonInt64(number / 3));
        }
        return MIXED_IDS.contains(collection) && number % 3 == 1 ? new BsonInt32(number) : new BsonString("k" + number);
    }

    private void order(BsonDocument order) {
        optional(order, "note", name());
        optional(order, "placedAt", new BsonDateTime(random.nextInt(3) * 86_400_000L));
        optional(order, "country", name());
        optional(
                order,
                "shipping",
                optional(new BsonDocument(), "street", name()).append("city", odd(name())));
        optional(order, "items", array(5, this::item));
        BsonDocument prices = new BsonDocument();
        for (int i = random.nextInt(4); i > 0; i--) {
            prices.append(NAMES[random.nextInt(NAMES.length)], odd(number()));
        }
        optional(order, "prices", prices);
        optional(order, "tags", array(4, () -> random.nextInt(4) == 0 ? BsonNull.VALUE : name()));
        optional(
                order,
                "grid",
                array(
                        3,
                        () -> random.nextInt(6) == 0
                                ? BsonNull.VALUE
                                : array(3, () -> new BsonDouble(random.nextInt(4) / 2.0))));
        optional(order, "nobody's", name());
    }

    private BsonValue item() {
        BsonDocument item = new BsonDocument("sku", name());
        optional(item, "quantity", new BsonInt32(1 + random.nextInt(3)));
        optional(item, "price", number());
        optional(item, "product", new BsonString(PRODUCTS.get(random.nextInt(PRODUCTS.size()))));
        optional(item, "discounts", array(3, this::discount));
        if (isOdd() && random.nextBoolean()) {
            item.put("product", new BsonString("none"));
        }
        if (isOdd() && random.nextBoolean()) {
            item.put("quantity", new BsonInt32(0));
        }
        return shuffled(item);
    }

    private BsonValue discount() {
        // Few collide: documents with one code twice are rejected.
        String code = random.nextInt(3) == 0 ? NAMES[random.nextInt(NAMES.length)] : "c" + random.nextInt(40);
        return new BsonDocument("code", new BsonString(code)).append("percent", odd(number()));
    }

    private BsonValue border() {
        BsonDocument border = new BsonDocument("with", new BsonString("k" + random.nextInt(40)));
        return optional(border, "km", new BsonInt32(random.nextInt(3)));
    }

    private BsonValue line() {
        String name = random.nextInt(4) == 0 ? NAMES[random.nextInt(NAMES.length)] : "line " + random.nextInt(30);
        return optional(new BsonDocument("name", new BsonString(name)), "amount", number());
    }

    private BsonValue label() {
        BsonDocument label = new BsonDocument("code", new BsonString("c" + random.nextInt(12)));
        optional(label, "copies", new BsonInt32(1 + random.nextInt(2)));
        if (serials) {
            optional(label, "serial", new BsonInt32(random.nextInt(900)));
        }
        return optional(label, "stamps", array(2, () -> new BsonString("i" + random.nextInt(9))));
    }

    private BsonValue use(int number) {
        BsonDocument use = new BsonDocument();
        // Itself, or one that comes before it.
        optional(use, "part", new BsonString("k" + random.nextInt(number + 1)));
        optional(use, "unit", name());
        optional(use, "amount", new BsonInt32(random.nextInt(3)));
        if (isOdd() && random.nextBoolean()) {
            use.put("part", new BsonString("none"));
        }
        return use;
    }

    /** What a document of a feed may be: some of it is text, some a number, and some is there only for conditions. */
    private void entry(BsonDocument entry, int number) {
        optional(entry, "type", random.nextInt(9) == 0 ? number() : text("post", "comment", "like"));
        entry.append("title", odd(name()));
        entry.append("body", odd(random.nextInt(20) == 0 ? text("forbidden") : name()));
        optional(entry, "views", number());
        optional(entry, "flag", BsonBoolean.valueOf(random.nextBoolean()));
        optional(entry, "meta", optional(new BsonDocument(), "state", text("open", "held")));
        optional(entry, "post", id(random.nextInt(number + 3)));
        optional(entry, "label", name());
        optional(
                entry,
                "lines",
                array(3, () -> optional(optional(new BsonDocument(), "body", name()), "label", name())));
        optional(entry, "parts", array(3, this::name));
    }

    private BsonValue text(String... any) {
        return new BsonString(any[random.nextInt(any.length)]);
    }

    private BsonDocument optional(BsonDocument document, String name, BsonValue value) {
        switch (random.nextInt(7)) {
            case 0 -> {}
            case 1 -> document.append(name, random.nextInt(4) == 0 ? new BsonUndefined() : BsonNull.VALUE);
            default -> document.append(name, odd(value));
        }
        return document;
    }

    private interface Making {
        BsonValue make();
    }

    private BsonArray array(int most, Making element) {
        BsonArray array = new BsonArray();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            array.add(odd(element.make()));
        }
        return array;
    }

    private BsonValue name() {
        return new BsonString(NAMES[random.nextInt(NAMES.length)]);
    }

    private BsonValue number() {
        return switch (random.nextInt(3)) {
            case 0 -> new BsonInt32(random.nextInt(5));
            case 1 -> new BsonDouble(random.nextInt(8) / 4.0);
            default -> new BsonDecimal128(new Decimal128(BigDecimal.valueOf(random.nextInt(400), 2)));
        };
    }

    private boolean isOdd() {
        return faulty > 0 && random.nextInt(faulty) == 0;
    }

    /** The value, or rarely one of another type. */
    private BsonValue odd(BsonValue value) {
        return isOdd()
                ? switch (random.nextInt(6)) {
                    case 0 -> BsonBoolean.TRUE;
                    case 1 -> new BsonInt32(7);
                    case 2 -> new BsonString("nul\0");
                    case 3 -> new BsonDocument("x", new BsonInt32(1));
                    case 4 -> new BsonDouble(Double.NaN);
                    default -> new BsonArray(List.of(value));
                }
                : value;
    }

    private BsonDocument shuffled(BsonDocument document) {
        List<Map.Entry<String, BsonValue>> fields = new ArrayList<>(document.entrySet());
        Collections.shuffle(fields, random);
        BsonDocument shuffled = new BsonDocument();
        fields.forEach(field -> shuffled.put(field.getKey(), field.getValue()));
        return shuffled;
    }

    /** The same value with one change somewhere in it. */
    private BsonValue mutated(BsonValue value) {
        if (value.isArray()) {
            return mutated(value.asArray());
        }
        if (value.isDocument()) {
            BsonDocument document = value.asDocument();
            List<String> names = new ArrayList<>(document.keySet());
            names.remove("_id");
            if (names.isEmpty()) {
                return document;
            }
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(8) == 0) {
                document.remove(name);
            } else {
                document.put(name, mutated(document.get(name)));
            }
            return document;
        }
        return value.isString() ? changedText(value) : value.isInt32() ? new BsonInt32(1 + random.nextInt(3)) : value;
    }

    private BsonValue changedText(BsonValue value) {
        String text = value.asString().getValue();
        return text.startsWith("p") || text.startsWith("k") ? value : name();
    }

    private BsonArray mutated(BsonArray array) {
        if (array.isEmpty()) {
            return array;
        }
        int one = random.nextInt(array.size());
        int other = random.nextInt(array.size());
        switch (random.nextInt(6)) {
            case 0 -> array.remove(one);
            case 1 -> array.add(other, array.get(one));
            case 2, 3 -> Collections.swap(array, one, other);
            case 4 -> Collections.rotate(array, 1);
            default -> array.set(one, mutated(array.get(one)));
        }
        return array;
    }
}
