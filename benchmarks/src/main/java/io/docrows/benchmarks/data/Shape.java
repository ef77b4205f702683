package io.docrows.benchmarks.data;

import io.docrows.PipelineProvider;
import io.docrows.benchmarks.orders.OrdersPipeline;
import io.docrows.gigs.GigsPipelineProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is loaded: documents, the tables that they become, and the pipeline between them. */
public enum Shape {
    /** Flat documents of two collections, one of them with a join table: a third are users, two thirds gigs. */
    GIGS(
            "gigs",
            300_000,
            GigsPipelineProvider::new,
            new ShapeTable("skills", "id, name", true, "SELECT name AS line FROM skills"),
            new ShapeTable(
                    "users",
                    "id, mongo_id, created, updated, name, email",
                    true,
                    "SELECT concat_ws('|', mongo_id, " + ShapeTable.moment("created") + ", "
                            + ShapeTable.moment("updated") + ", name, coalesce(email, '-')) AS line FROM users"),
            new ShapeTable(
                    "users_skills",
                    "user_id, skill_id",
                    false,
                    "SELECT concat_ws('|', u.mongo_id, s.name) AS line FROM users_skills l"
                            + " JOIN users u ON u.id = l.user_id JOIN skills s ON s.id = l.skill_id"),
            new ShapeTable(
                    "gigs",
                    "id, mongo_id, created, updated, title, description, state, budget, poster_id",
                    true,
                    "SELECT concat_ws('|', g.mongo_id, " + ShapeTable.moment("g.created") + ", "
                            + ShapeTable.moment("g.updated")
                            + ", coalesce(title, '-'), coalesce(description, '-'), state,"
                            + " coalesce(trim_scale(budget)::text, '-'), coalesce(u.mongo_id, '-')) AS line"
                            + " FROM gigs g LEFT JOIN users u ON u.id = g.poster_id")),
    /** Documents of one collection, each with four items, and no, one or two discounts an item. */
    ORDERS(
            "orders",
            500_000,
            OrdersPipeline::new,
            new ShapeTable(
                    "orders",
                    "id, mongo_id, placed_at, customer, status, note",
                    true,
                    "SELECT concat_ws('|', mongo_id, " + ShapeTable.moment("placed_at")
                            + ", customer, status, coalesce(note, '-')) AS line FROM orders"),
            new ShapeTable(
                    "order_items",
                    "id, order_id, line, sku, quantity, price",
                    true,
                    "SELECT concat_ws('|', o.mongo_id, line, sku, quantity, price) AS line"
                            + " FROM order_items i JOIN orders o ON o.id = i.order_id"),
            new ShapeTable(
                    "item_discounts",
                    "item_id, code, percent",
                    false,
                    "SELECT concat_ws('|', o.mongo_id, i.line, code, percent) AS line FROM item_discounts d"
                            + " JOIN order_items i ON i.id = d.item_id JOIN orders o ON o.id = i.order_id"));

    private final String title;
    private final int documents;
    private final Supplier<PipelineProvider> provider;
    private final List<ShapeTable> tables;

    Shape(String title, int documents, Supplier<PipelineProvider> provider, ShapeTable... tables) {
        this.title = title;
        this.documents = documents;
        this.provider = provider;
        this.tables = List.of(tables);
    }

    /**
     * The shape of a name.
     *
     * @param title as on the command line
     * @return the shape, or empty if there is none
     */
    public static Optional<Shape> named(String title) {
        return Arrays.stream(values())
                .filter(shape -> shape.title.equals(title))
                .findFirst();
    }

    /** Returns its name on the command line and in reports. */
    public String title() {
        return title;
    }

    /** Returns how many documents are loaded where nothing else is asked for. */
    public int documents() {
        return documents;
    }

    /** Returns the pipeline, and the migrations that make its tables. */
    public PipelineProvider provider() {
        return provider.get();
    }

    /** Returns the tables that are loaded, referenced ones first. */
    public List<ShapeTable> tables() {
        return tables;
    }

    /** Returns the names of the tables, separated by commas. */
    public String tableNames() {
        return tables.stream().map(ShapeTable::name).collect(Collectors.joining(", "));
    }

    /**
     * Writes a data set, and the same one after one in a hundred documents was changed.
     *
     * @param directory where two dumps are written to; made if it is not there
     * @param number how many documents, at least 3
     * @param skills names that a table of skills holds before anything is loaded
     * @return both
     * @throws IOException if they cannot be written
     */
    public DataSet.Pair write(Path directory, int number, Set<String> skills) throws IOException {
        return this == GIGS ? MarketplaceDumps.write(directory, number, skills) : ShopDumps.write(directory, number);
    }
}
