package io.docrows.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.report.Counts;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.scaffold.choice.ProjectName;
import io.docrows.scaffold.testing.Built;
import io.docrows.scaffold.testing.Dump;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that leads into tables which somebody has made. */
@Tag("long")
final class ExistingSchemaIT {

    private static final ProjectName NAME = new ProjectName("zoo", "com.acme.zoo");

    private static final String TABLES = """
            CREATE TYPE order_state AS ENUM ('open', 'it''s done');
            CREATE DOMAIN code AS text NOT NULL CHECK (VALUE <> '');
            CREATE TABLE customer (
                id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                mongo_id  text NOT NULL UNIQUE,
                full_name text,
                email     varchar(5),
                visits    integer NOT NULL DEFAULT 0 CHECK (visits >= 0),
                vip       boolean
            );
            CREATE TABLE orders (
                number        serial PRIMARY KEY,
                mongo_id      text NOT NULL UNIQUE,
                customer_id   bigint NOT NULL REFERENCES customer,
                state         order_state,
                total         numeric(6, 2),
                placed        timestamp(3) with time zone,
                shipping_city varchar(40),
                "desc"        text,
                kind          code DEFAULT 'x',
                short         varchar(2),
                rate          numeric(3, 2),
                stock         integer,
                doubled       numeric GENERATED ALWAYS AS (total * 2) STORED
            );
            CREATE TABLE order_items (
                order_id bigint NOT NULL REFERENCES orders,
                line     integer NOT NULL,
                sku      text NOT NULL,
                quantity smallint,
                returned_in bigint REFERENCES orders,
                PRIMARY KEY (order_id, line)
            );
            CREATE TABLE audits (id text PRIMARY KEY, what integer NOT NULL);
            CREATE TABLE "Select" (a integer);
            """;

    private static Path dump(Path directory) throws Exception {
        new Dump(directory)
                .with(
                        "customers",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a01'), fullName: 'Ada', email: 'ada@long.example', visits: 3, age: 7}",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a02'), fullName: 'Alan', email: 'b', visits: 1, vip: true}")
                .with(
                        "orders",
                        "{_id: 1, customer: ObjectId('65a1b2c3d4e5f60718293a01'), state: 'open', total: NumberDecimal('12.50'), placed: ISODate('2020-01-02T03:04:05.678Z'), shipping: {city: 'Arica', zip: '1'}, short: 'ab', rate: 1.25, stock: NumberLong(3), items: [{sku: 'a', quantity: 2}, {sku: 'b'}]}",
                        "{_id: 2, customer: ObjectId('65a1b2c3d4e5f60718293a02'), state: \"it's done\", total: 5, desc: 'x', notes: [{text: 'n'}]}",
                        "{_id: '2', customer: ObjectId('65a1b2c3d4e5f60718293a02')}")
                .with("audit", "{_id: 'a', who: 'me'}")
                .with("other", "{_id: 1}");
        return directory;
    }

    @Test
    void whatFitsIsLoadedAndTheRestIsToldWithItsReason(@TempDir Path directory) throws Exception {
        Path dump = dump(directory.resolve("dump"));
        Scaffold scaffold = Scaffold.into(
                Built.inspect(dump),
                NAME,
                Built.withDatabase(TABLES, one -> ExistingSchema.read(one, Optional.empty())));

        String choices = Built.choices(scaffold);
        assertThat(choices)
                .contains("LEFT OUT: column email: type character varying(5) does not hold all values.")
                .contains("LEFT OUT: No column of customer is named like it.")
                .contains("LEFT OUT: No table with a foreign key to orders is named like it.")
                .contains("# No table is named like it.\n  other: {leave-out: true}")
                .contains("Column what of the table audits may not be NULL and has no default");
        try (Built built = Built.of(dump, scaffold, Files.createDirectory(directory.resolve("project")))) {
            ConnectedPipeline pipeline = built.connected();
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(5, 5, 0, 0, 0, 0));
            assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(5, 0, 0, 5, 0, 0));
            assertThat(built.rows("SELECT o.mongo_id, c.full_name, state, total, shipping_city, doubled, placed IS NULL"
                            + " FROM orders o JOIN customer c ON c.id = o.customer_id ORDER BY 1"))
                    .containsExactly(
                            "\"2\"|Alan|null|null|null|null|t",
                            "1|Ada|open|12.50|Arica|25.00|f",
                            "2|Alan|it's done|5.00|null|10.00|t");
            assertThat(built.undecodedShapes()).isEmpty();
            assertThat(built.rows("SELECT line, sku, quantity FROM order_items ORDER BY 1"))
                    .containsExactly("0|a|2", "1|b|null");
        }
    }

    @Test
    void whateverTablesAreCalledTheyAreLedInto(@TempDir Path directory) throws Exception {
        Path dump = directory.resolve("dump");
        new Dump(dump)
                .with(
                        "string",
                        "{_id: 'a', string: 's', String: 't', object: 1, 'a$b': 2, 'unit-price': NumberDecimal('1.50'), moods: ['glad', 'sad', 'glad'], dsl: 'd'}",
                        "{_id: 'b', moods: ['sad']}")
                .with("String", "{_id: 'a', note: 'n'}")
                .with("price_history", "{_id: 1, price: 1.5}")
                .with("order item", "{_id: 1, 'line no': 3}")
                .with("public", "{_id: 1, public: 1}");
        Scaffold scaffold = Scaffold.into(
                Built.inspect(dump), NAME, Built.withDatabase("""
                CREATE TYPE "Mood" AS ENUM ('glad', 'sad');
                CREATE TABLE "string" (
                    id text PRIMARY KEY, "string" text, "String" text, object integer, "a$b" integer, "unit-price" numeric(5, 2),
                    moods "Mood"[], dsl text
                );
                CREATE TABLE "String" (id text PRIMARY KEY, note text);
                CREATE TABLE price_history (id bigint PRIMARY KEY, price double precision);
                CREATE TABLE "order item" (id bigint PRIMARY KEY, "line no" integer);
                CREATE TABLE public (id bigint PRIMARY KEY, public integer);
                """, one -> ExistingSchema.read(one, Optional.empty())));

        assertThat(scaffold.choices().leftOut()).isEmpty();
        try (Built built = Built.of(dump, scaffold, Files.createDirectory(directory.resolve("project")))) {
            ConnectedPipeline pipeline = built.connected();
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(6, 6, 0, 0, 0, 0));
            assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
            assertThat(built.rows("SELECT * FROM \"string\" ORDER BY 1"))
                    .containsExactly("a|s|t|1|2|1.50|{glad,sad,glad}|d", "b|null|null|null|null|null|{sad}|null");
            assertThat(built.undecodedShapes()).isEmpty();
        }
        String yaml = new String(scaffold.files().get("choices.yaml"), UTF_8);
        assertThatThrownBy(() -> scaffold.with(yaml.replace("{column: note,", "{column: notes,")
                        .replace("table: price_history", "table: prices")))
                .hasMessageContaining("String.note: the table String has no column notes")
                .hasMessageContaining("price_history: there is no table prices");
    }

    private static Scaffold into(Path dump, String tables) throws Exception {
        return Scaffold.into(
                Built.inspect(dump),
                NAME,
                Built.withDatabase(tables, one -> ExistingSchema.read(one, Optional.empty())));
    }

    @Test
    void oneReferenceOfACircleIsLeftOutRatherOneThatMayBeNull(@TempDir Path directory) throws Exception {
        Dump dump = new Dump(directory);
        for (String[] pair : new String[][] {{"firms", "boss", "people"}, {"people", "firm", "firms"}}) {
            dump.with(
                    pair[0],
                    IntStream.range(0, 30)
                            .mapToObj(i -> "{_id: '" + pair[0] + i + "', " + pair[1] + ": '" + pair[2] + i + "'}")
                            .toArray(String[]::new));
        }
        String tables = """
                CREATE TABLE firms (id text PRIMARY KEY, boss text);
                CREATE TABLE people (id text PRIMARY KEY, firm text NOT NULL REFERENCES firms);
                ALTER TABLE firms ADD FOREIGN KEY (boss) REFERENCES people;
                """;

        Scaffold scaffold = into(directory, tables);
        assertThat(Built.choices(scaffold))
                .contains("firm: {column: firm, type: text, references: [firms, _id]}")
                .contains("LEFT OUT: column boss: it refers to people, which itself refers to firms,");
        assertThatThrownBy(() -> into(directory, tables.replace("boss text", "boss text NOT NULL")))
                .hasMessageContaining("Column firm of the table people may not be NULL")
                .hasMessageContaining("it refers to firms, which itself refers to people");
        assertThatThrownBy(() -> scaffold.with(Built.choices(scaffold)
                        .replace(
                                "boss: {leave-out: true}",
                                "boss: {column: boss, type: text, references: [people, _id]}")))
                .hasMessageContaining("people.firm: it refers to firms, which itself refers to people");
    }

    @Test
    void noTableIsFilledFromTwoPlaces(@TempDir Path directory) throws Exception {
        new Dump(directory)
                .with("user", "{_id: 'a'}")
                .with("users", "{_id: 'a'}")
                .with("orders", "{_id: 1, items: [{sku: 'a'}], item: [{sku: 'b'}], notes: [{text: 'n'}]}")
                .with("order_notes", "{_id: 'n'}");

        Scaffold scaffold = into(directory, """
                CREATE TABLE users (id text PRIMARY KEY);
                CREATE TABLE orders (id bigint PRIMARY KEY);
                CREATE TABLE order_items (
                    order_id bigint REFERENCES orders, line integer, sku text, PRIMARY KEY (order_id, line));
                CREATE TABLE order_notes (
                    id text PRIMARY KEY, order_id bigint REFERENCES orders, place integer, UNIQUE (order_id, place));
                """);

        assertThat(scaffold.choices().leftOut())
                .containsEntry("user", List.of("The table users is that of the collection users already."));
        assertThat(Built.choices(scaffold))
                .containsOnlyOnce("rows: order_items")
                .doesNotContain("rows: order_notes")
                .contains("LEFT OUT: the table order_items is that of orders.")
                .contains("LEFT OUT: the table order_notes is that of the collection order_notes already.");
    }

    @Test
    void aTypeIsTakenOnlyIfItHoldsEveryValue(@TempDir Path directory) throws Exception {
        new Dump(directory)
                .with(
                        "things",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a01'), sum: 0.30000000000000004, price: 0.25, short: ObjectId('65a1b2c3d4e5f60718293a01'), full: ObjectId('65a1b2c3d4e5f60718293a01'), either: ObjectId('65a1b2c3d4e5f60718293a01'), at: ISODate('2020-01-02T03:04:05.678Z'), exactly: ISODate('2020-01-02T03:04:05.678Z'), more: {a: 'x\\u0000'}, most: 1}",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a02'), either: 'x'}")
                .with("parts", "{_id: ObjectId('65a1b2c3d4e5f60718293a01')}");

        Scaffold scaffold = into(directory, """
                CREATE TABLE things (
                    id varchar(24) PRIMARY KEY, sum numeric(10, 2), price numeric(10, 2), short varchar(20),
                    "full" char(24) NOT NULL, either varchar(30), at timestamptz(0), exactly timestamp(3), more jsonb);
                CREATE TABLE parts (id varchar(20) PRIMARY KEY);
                """);

        assertThat(scaffold.choices().leftOut()).containsOnlyKeys("parts");
        assertThat(Built.choices(scaffold))
                .contains("LEFT OUT: column sum: type numeric(10,2) does not hold all values.")
                .contains("{column: price, type: 'numeric(10,2)'}")
                .contains("LEFT OUT: column short: type character varying(20) does not hold all values.")
                .contains("{column: full, type: character(24)}")
                .contains("LEFT OUT: column either: type character varying(30) does not hold all values.")
                .contains("LEFT OUT: column at: type timestamp(0) with time zone does not hold all values.")
                .contains("# Read in UTC")
                .contains("LOSS: 1 text with NUL (U+0000)")
                .contains("LOSS: 1 document without it will be rejected, because the column is NOT NULL.");
        assertThat(new String(scaffold.files().get("src/test/resources/shapes/things.jsonl"), UTF_8).lines())
                .as("what is rejected is no shape that fits")
                .isNotEmpty()
                .allMatch(shape -> shape.contains("\"full\""));
    }

    @Test
    void whatIsWrongWithChoicesIsToldBeforeAnythingIsWritten(@TempDir Path directory) throws Exception {
        Scaffold scaffold = into(dump(directory), TABLES);
        String yaml = new String(scaffold.files().get("choices.yaml"), UTF_8);

        assertThatThrownBy(() ->
                        scaffold.with(yaml.replace("references: [customers, _id]", "references: [custmers, _id]")))
                .hasMessageContaining("orders.customer: it refers to a field that has no column");
        assertThatThrownBy(() ->
                        scaffold.with(yaml.replace("references: [customers, _id]", "references: [customers, nam]")))
                .hasMessageContaining("orders.customer: it refers to a field that has no column");
        assertThatThrownBy(() -> scaffold.with(yaml.replace("package: com.acme.zoo", "package: io.docrows.zoo")))
                .hasMessageContaining("that package is another one's");
        assertThatThrownBy(() -> scaffold.with(
                        yaml.replace("key: {column: mongo_id, type: text}", "key: {column: full_name, type: bigint}")))
                .hasMessageContaining("customers: the column full_name is of type text, so that has to be its type")
                .hasMessageContaining("customers: no unique constraint covers exactly the key full_name")
                .hasMessageContaining("customers.fullName: the column full_name is there twice")
                .hasMessageContaining("orders: the table orders has no column full_name");
        assertThatThrownBy(() -> scaffold.with(
                        yaml.replace("{column: short, type: character varying(2)}", "{column: doubled, type: numeric}")
                                .replace("by: line", "by: quantity")
                                .replace(
                                        "{column: stock, type: integer}",
                                        "{column: stock, type: integer, references: [customers, _id]}")))
                .hasMessageContaining("orders.short: PostgreSQL computes the column doubled")
                .hasMessageContaining(
                        "orders.items: the table order_items has no unique key of a foreign key to orders and quantity")
                .hasMessageContaining("orders.stock: the column stock has no foreign key to the table customer");
    }

    @Test
    void whereNothingFitsNoProjectIsMade(@TempDir Path directory) throws Exception {
        Path dump = dump(directory);

        assertThatThrownBy(() -> Scaffold.into(
                        Built.inspect(dump),
                        NAME,
                        Built.withDatabase(
                                "CREATE TABLE orders (a integer)", one -> ExistingSchema.read(one, Optional.empty()))))
                .hasMessageContaining("no collection fits into a table")
                .hasMessageContaining("orders: No unique column of the table orders can hold its _id");
    }
}
