package io.docrows.benchmarks.data;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of a shape hold, told by natural keys, so that it does not depend on the numbers that a load gives to
 * rows nor on their order. Immutable; two contents are equal when every value of every row is.
 *
 * @param tables rows by table
 */
public record Content(Map<String, Rows> tables) {

    /**
     * The rows of a table.
     *
     * @param count how many
     * @param checksum over all values of all rows
     */
    public record Rows(long count, String checksum) {}

    /** Copies the map. */
    public Content {
        tables = Map.copyOf(tables);
    }

    /**
     * Reads what a database holds.
     *
     * @param connection to a database with the tables of the shape
     * @param shape which tables
     * @return its content
     * @throws SQLException if it cannot be read
     */
    public static Content of(Connection connection, Shape shape) throws SQLException {
        Map<String, Rows> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (ShapeTable table : shape.tables()) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*), coalesce(sum(('x' || left(md5(line), 15))::bit(60)::bigint), 0)::text FROM ("
                                + table.lines() + ") lines")) {
                    row.next();
                    tables.put(table.name(), new Rows(row.getLong(1), row.getString(2)));
                }
            }
        }
        return new Content(tables);
    }

    static String line(User user) {
        return String.join(
                Checksum.SEPARATOR,
                user.mongoId(),
                moment(user.created()),
                moment(user.updated()),
                user.name(),
                text(user.email()));
    }

    static String line(User user, String skill) {
        return user.mongoId() + Checksum.SEPARATOR + skill;
    }

    static String line(Gig gig) {
        BigDecimal budget = gig.budget();
        return String.join(
                Checksum.SEPARATOR,
                gig.mongoId(),
                moment(gig.created()),
                moment(gig.updated()),
                gig.title(),
                text(gig.description()),
                gig.state(),
                budget == null ? "-" : budget.stripTrailingZeros().toPlainString(),
                text(gig.poster()));
    }

    static String line(Order order) {
        return String.join(
                Checksum.SEPARATOR,
                order.mongoId(),
                moment(order.placedAt()),
                order.customer(),
                order.status(),
                text(order.note()));
    }

    static String line(Order order, int line, Order.Item item) {
        return String.join(
                Checksum.SEPARATOR,
                order.mongoId(),
                Integer.toString(line),
                item.sku(),
                Integer.toString(item.quantity()),
                item.price().toPlainString());
    }

    static String line(Order order, int line, Order.Discount discount) {
        return String.join(
                Checksum.SEPARATOR,
                order.mongoId(),
                Integer.toString(line),
                discount.code(),
                discount.percent().toPlainString());
    }

    private static String moment(@Nullable Instant moment) {
        return moment == null ? "-" : Long.toString(moment.toEpochMilli() * 1000);
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "-");
    }
}
