package io.docrows.testing;

import io.docrows.error.RejectCode;
import io.docrows.mapping.DocumentId;
import io.docrows.testing.Bookshop.Database;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The plain way to load documents into tables below them: each decoded whole by the driver, its old rows deleted and
 * the new ones inserted one by one, in a transaction of its own. It writes to a database of its own, to which what the
 * library made is then compared. It knows the documents of {@link Shop} and of {@link Parts}.
 */
public final class PlainTrees implements AutoCloseable {

    private final Connection connection;
    private final Set<RejectCode> faults = EnumSet.noneOf(RejectCode.class);

    /** Over a database with the same tables as the library's. */
    public PlainTrees(Database database) {
        PGSimpleDataSource target = database.another();
        target.setStringType("unspecified");
        try {
            connection = target.getConnection();
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads documents; returns why some were refused, by key: any of the codes will do. */
    public Map<String, Set<RejectCode>> load(String collection, List<byte[]> documents) {
        Map<String, Set<RejectCode>> refused = new LinkedHashMap<>();
        for (byte[] bson : documents) {
            BsonDocument document = new RawBsonDocument(bson).decode(new BsonDocumentCodec());
            BsonValue id = document.get("_id");
            faults.clear();
            try {
                write(collection, id == null ? null : DocumentId.text(id), document);
                if (faults.isEmpty()) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            } catch (SQLException e) {
                rollback(e);
            }
            if (!faults.isEmpty()) {
                refused.put(id == null ? DocumentId.ofDocument(bson) : DocumentId.text(id), Set.copyOf(faults));
            }
        }
        return refused;
    }

    private void rollback(SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (!faults.isEmpty()) {
            // What follows a fault of decoding is of no interest.
            return;
        }
        switch (String.valueOf(failure.getSQLState())) {
            case "23505" -> {
                faults.add(RejectCode.DUPLICATE_VALUE);
                faults.add(RejectCode.DUPLICATE_ELEMENT);
            }
            case "23514", "23503" -> faults.add(RejectCode.CONSTRAINT_VIOLATION);
            default -> throw new IllegalStateException(failure);
        }
    }

    private void write(String collection, @Nullable String key, BsonDocument document) throws SQLException {
        if (key == null) {
            faults.add(RejectCode.MISSING_VALUE);
            return;
        }
        switch (collection) {
            case "orders" -> order(key, document);
            case "states" -> state(key, document);
            case "invoices" -> invoice(key, document);
            case "parcels" -> parcel(key, document);
            case "parts" -> part(key, document);
            default -> throw new IllegalArgumentException(collection);
        }
    }

    // Orders.

    private void order(String key, BsonDocument document) throws SQLException {
        String note = text(document.get("note"));
        String placed = read(document.get("placedAt"), value -> PlainReading.instant(value, 1));
        Long country = lookup("country", text(document.get("country")));
        Long order = id("SELECT id FROM shop_order WHERE mongo_id = ?", key);
        if (order == null) {
            order = id(
                    "INSERT INTO shop_order (mongo_id, note, placed_at, country_id) VALUES (?, ?, ?, ?) RETURNING id",
                    key,
                    note,
                    placed,
                    country);
        } else {
            execute(
                    "UPDATE shop_order SET note = ?, placed_at = ?, country_id = ? WHERE id = ?",
                    note,
                    placed,
                    country,
                    order);
        }
        execute("DELETE FROM item_discount WHERE item_id IN (SELECT id FROM order_item WHERE order_id = ?)", order);
        execute("DELETE FROM order_item WHERE order_id = ?", order);
        execute("DELETE FROM shipping_address WHERE order_id = ?", order);
        execute("DELETE FROM order_price WHERE order_mongo_id = ?", key);
        execute("DELETE FROM order_tag WHERE order_id = ?", order);
        execute("DELETE FROM grid_cell WHERE order_id = ?", order);
        execute("DELETE FROM grid_row WHERE order_id = ?", order);
        BsonDocument shipping = document(document.get("shipping"));
        if (shipping != null) {
            execute(
                    "INSERT INTO shipping_address VALUES (?, ?, ?)",
                    order,
                    text(shipping.get("street")),
                    required(text(shipping.get("city"))));
        }
        int line = 1;
        for (BsonValue element : array(document.get("items"))) {
            item(order, line, elementDocument(element));
            line++;
        }
        BsonDocument prices = document(document.get("prices"));
        if (prices != null) {
            for (Map.Entry<String, BsonValue> price : prices.entrySet()) {
                execute(
                        "INSERT INTO order_price VALUES (?, ?, ?)",
                        key,
                        required(fit(price.getKey())),
                        required(decimal(price.getValue(), 131_072, 16_383)));
            }
        }
        int place = 0;
        for (BsonValue tag : array(document.get("tags"))) {
            execute("INSERT INTO order_tag VALUES (?, ?, ?)", order, place++, text(tag));
        }
        int y = 0;
        for (BsonValue row : array(document.get("grid"))) {
            execute("INSERT INTO grid_row VALUES (?, ?)", order, y);
            int x = 0;
            for (BsonValue cell : array(row)) {
                String value = read(cell, number -> PlainReading.real(number, false));
                execute("INSERT INTO grid_cell VALUES (?, ?, ?, ?)", order, y, x++, value);
            }
            y++;
        }
    }

    private void item(Long order, int line, BsonDocument item) throws SQLException {
        String quantity = whole(item.get("quantity"));
        String productKey = item.get("product") == null || isNull(item.get("product"))
                ? null
                : DocumentId.text(item.get("product"));
        Long product = productKey == null ? null : id("SELECT id FROM product WHERE mongo_id = ?", productKey);
        if (productKey != null && product == null) {
            faults.add(RejectCode.MISSING_REFERENCE);
        }
        Long id = id(
                "INSERT INTO order_item (order_id, line, sku, quantity, price, product_id) VALUES (?, ?, ?, ?, ?, ?)"
                        + " RETURNING id",
                order,
                line,
                required(text(item.get("sku"))),
                quantity != null ? quantity : "1",
                decimal(item.get("price"), 10, 2),
                product);
        Set<String> codes = new TreeSet<>();
        for (BsonValue element : array(item.get("discounts"))) {
            BsonDocument discount = elementDocument(element);
            String code = required(text(discount.get("code")));
            if (!codes.add(code)) {
                faults.add(RejectCode.DUPLICATE_ELEMENT);
            }
            execute(
                    "INSERT INTO item_discount VALUES (?, ?, ?)",
                    id,
                    code,
                    required(decimal(discount.get("percent"), 131_072, 16_383)));
        }
    }

    // States, invoices, parcels, parts.

    private void state(String key, BsonDocument document) throws SQLException {
        execute(
                "INSERT INTO state VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name",
                key,
                text(document.get("name")));
        execute("DELETE FROM border WHERE state_code = ?", key);
        Set<String> others = new TreeSet<>();
        for (BsonValue element : array(document.get("borders"))) {
            BsonDocument border = elementDocument(element);
            String other = required(text(border.get("with")));
            String kilometres = whole(border.get("km"));
            if (!others.add(other)) {
                faults.add(RejectCode.DUPLICATE_ELEMENT);
            }
            if (faults.isEmpty() && id("SELECT 1 FROM state WHERE code = ?", other) != null) {
                execute("INSERT INTO border VALUES (?, ?, ?)", key, other, kilometres);
            }
        }
    }

    private void invoice(String key, BsonDocument document) throws SQLException {
        BsonDocument parts = document(document.get("_id"));
        String shop = parts == null ? null : required(whole(parts.get("shop")));
        String nr = parts == null ? null : required(read(parts.get("nr"), value -> PlainReading.whole(value, 64)));
        execute(
                "INSERT INTO invoice VALUES (?, ?, ?, ?) ON CONFLICT (shop, nr)"
                        + " DO UPDATE SET mongo_id = excluded.mongo_id, total = excluded.total",
                required(shop),
                required(nr),
                key,
                decimal(document.get("total"), 131_072, 16_383));
        execute("DELETE FROM invoice_line WHERE shop = ? AND nr = ?", shop, nr);
        Set<String> names = new TreeSet<>();
        for (BsonValue element : array(document.get("lines"))) {
            BsonDocument line = elementDocument(element);
            String name = required(text(line.get("name")));
            String amount = decimal(line.get("amount"), 131_072, 16_383);
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                faults.add(RejectCode.DUPLICATE_ELEMENT);
            }
            execute("INSERT INTO invoice_line VALUES (?, ?, ?, ?)", shop, nr, name, amount);
        }
    }

    private void parcel(String key, BsonDocument document) throws SQLException {
        Long parcel = id(
                "INSERT INTO parcel (mongo_id, name) VALUES (?, ?) ON CONFLICT (mongo_id)"
                        + " DO UPDATE SET name = excluded.name RETURNING id",
                key,
                text(document.get("name")));
        execute("DELETE FROM label_stamp WHERE label_id IN (SELECT id FROM parcel_label WHERE parcel_id = ?)", parcel);
        execute("DELETE FROM parcel_label WHERE parcel_id = ?", parcel);
        int place = 0;
        for (BsonValue element : array(document.get("labels"))) {
            BsonDocument label = elementDocument(element);
            String wanted = whole(label.get("copies"));
            Long id = id(
                    "INSERT INTO parcel_label (parcel_id, place, code, serial, copies) VALUES (?, ?, ?, ?, ?)"
                            + " RETURNING id",
                    parcel,
                    place,
                    required(text(label.get("code"))),
                    whole(label.get("serial")),
                    wanted != null ? wanted : "1");
            place++;
            int nr = 0;
            for (BsonValue ink : array(label.get("stamps"))) {
                execute("INSERT INTO label_stamp VALUES (?, ?, ?)", id, nr++, text(ink));
            }
        }
    }

    private void part(String key, BsonDocument document) throws SQLException {
        Long part = id(
                "INSERT INTO part (mongo_id, name) VALUES (?, ?) ON CONFLICT (mongo_id)"
                        + " DO UPDATE SET name = excluded.name RETURNING id",
                key,
                text(document.get("name")));
        execute("DELETE FROM part_use WHERE part_id = ?", part);
        int line = 0;
        for (BsonValue element : array(document.get("uses"))) {
            BsonDocument use = elementDocument(element);
            BsonValue other = use.get("part");
            Long used = null;
            if (other != null && !isNull(other)) {
                used = id("SELECT id FROM part WHERE mongo_id = ?", DocumentId.text(other));
                if (used == null) {
                    faults.add(RejectCode.MISSING_REFERENCE);
                }
            }
            execute(
                    "INSERT INTO part_use VALUES (?, ?, ?, ?, ?)",
                    part,
                    line++,
                    used,
                    lookup("unit", text(use.get("unit"))),
                    whole(use.get("amount")));
        }
    }

    // Values.

    private interface Reading {
        Outcome of(BsonValue value);
    }

    private @Nullable String read(@Nullable BsonValue value, Reading reading) {
        if (value == null || isNull(value)) {
            return null;
        }
        Outcome outcome = reading.of(value);
        if (outcome.code() != null) {
            faults.add(outcome.code());
        }
        return outcome.text();
    }

    private @Nullable String text(@Nullable BsonValue value) {
        return read(value, any -> PlainReading.text(any).then(text -> PlainReading.fits(text, 0)));
    }

    private @Nullable String fit(String text) {
        Outcome outcome = PlainReading.fits(text, 0);
        if (outcome.code() != null) {
            faults.add(outcome.code());
        }
        return outcome.text();
    }

    private @Nullable String whole(@Nullable BsonValue value) {
        return read(value, any -> PlainReading.whole(any, 32));
    }

    private @Nullable String decimal(@Nullable BsonValue value, int digits, int scale) {
        return read(value, any -> PlainReading.decimal(any, digits, scale));
    }

    /** The value, or one that does no harm until the document is rejected. */
    private String required(@Nullable String value) {
        if (value == null) {
            faults.add(RejectCode.MISSING_VALUE);
            return "0";
        }
        return value;
    }

    private @Nullable BsonDocument document(@Nullable BsonValue value) {
        if (value == null || isNull(value)) {
            return null;
        }
        if (!value.isDocument()) {
            faults.add(RejectCode.TYPE_MISMATCH);
            return null;
        }
        return value.asDocument();
    }

    /** An element that is null has no fields. */
    private BsonDocument elementDocument(BsonValue value) {
        BsonDocument document = document(value);
        return document == null ? new BsonDocument() : document;
    }

    private List<BsonValue> array(@Nullable BsonValue value) {
        if (value == null || isNull(value)) {
            return List.of();
        }
        if (!value.isArray()) {
            faults.add(RejectCode.TYPE_MISMATCH);
            return List.of();
        }
        return value.asArray();
    }

    private static boolean isNull(BsonValue value) {
        return value.isNull() || value.getBsonType() == BsonType.UNDEFINED;
    }

    // Statements. After a fault none is of use.

    private @Nullable Long lookup(String table, @Nullable String name) throws SQLException {
        if (name == null) {
            return null;
        }
        Long id = id("SELECT id FROM " + table + " WHERE name = ?", name);
        return id != null ? id : id("INSERT INTO " + table + " (name) VALUES (?) RETURNING id", name);
    }

    private @Nullable Long id(String sql, @Nullable Object... values) throws SQLException {
        if (!faults.isEmpty()) {
            return null;
        }
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? (Long) rows.getLong(1) : null;
        }
    }

    private void execute(String sql, @Nullable Object... values) throws SQLException {
        if (faults.isEmpty()) {
            try (PreparedStatement statement = prepare(sql, values)) {
                statement.executeUpdate();
            }
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        List<@Nullable Object> all = new ArrayList<>();
        for (Object value : values) {
            all.add(value instanceof BigDecimal number ? number.toPlainString() : value);
        }
        for (int i = 0; i < all.size(); i++) {
            Object value = all.get(i);
            statement.setString(i + 1, value == null ? null : value.toString());
        }
        return statement;
    }
}
