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
 * What the four tables hold, told by natural keys, so that it does not depend on the numbers that a load gives to rows
 * nor on their order. Immutable; two contents are equal when every value of every row is.
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

    private static final Map<String, String> ROW_TEXTS = Map.of(
            "skills", "SELECT name AS line FROM skills",
            "users",
                    "SELECT concat_ws('|', mongo_id, " + moment("created") + ", " + moment("updated")
                            + ", name, coalesce(email, '-')) AS line FROM users",
            "users_skills",
                    "SELECT concat_ws('|', u.mongo_id, s.name) AS line FROM users_skills l"
                            + " JOIN users u ON u.id = l.user_id JOIN skills s ON s.id = l.skill_id",
            "gigs",
                    "SELECT concat_ws('|', g.mongo_id, " + moment("g.created") + ", " + moment("g.updated")
                            + ", coalesce(title, '-'), coalesce(description, '-'), state,"
                            + " coalesce(trim_scale(budget)::text, '-'), coalesce(u.mongo_id, '-')) AS line"
                            + " FROM gigs g LEFT JOIN users u ON u.id = g.poster_id");

    /** Copies the map. */
    public Content {
        tables = Map.copyOf(tables);
    }

    private static String moment(String column) {
        return "coalesce((extract(epoch FROM " + column + ") * 1000000)::bigint::text, '-')";
    }

    /**
     * Reads what a database holds.
     *
     * @param connection to a database with the gigs schema
     * @return its content
     * @throws SQLException if it cannot be read
     */
    public static Content of(Connection connection) throws SQLException {
        Map<String, Rows> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> table : ROW_TEXTS.entrySet()) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*), coalesce(sum(('x' || left(md5(line), 15))::bit(60)::bigint), 0)::text FROM ("
                                + table.getValue() + ") lines")) {
                    row.next();
                    tables.put(table.getKey(), new Rows(row.getLong(1), row.getString(2)));
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

    private static String moment(@Nullable Instant moment) {
        return moment == null ? "-" : Long.toString(moment.toEpochMilli() * 1000);
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "-");
    }
}
