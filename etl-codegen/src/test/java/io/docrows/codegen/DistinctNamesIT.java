package io.docrows.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Whatever things are called, their classes compile, and each has one. */
@TestInstance(Lifecycle.PER_CLASS)
@Tag("long")
class DistinctNamesIT {

    /** Of {@code java.lang}, of jOOQ, of what is generated beside, and of Windows. */
    private static final List<String> WORDS = List.of(
            ("boolean class deprecated double dsl field float indexes instant integer key keys list long name object"
                            + " override path public record row schema short string suppress_warnings table tables uuid void nul")
                    .split(" "));

    private Generated schema;

    private static String table(String word) {
        return """
                CREATE TABLE "%1$s" (id bigint PRIMARY KEY, "%1$s" integer UNIQUE REFERENCES other, parent bigint REFERENCES "%1$s");
                """.formatted(word);
    }

    @BeforeAll
    void generate(@TempDir Path module) throws Exception {
        String words = WORDS.stream()
                .filter(word -> !word.equals("string"))
                .map(DistinctNamesIT::table)
                .collect(Collectors.joining());
        schema = Generated.of(module, """
                CREATE TYPE "string" AS ENUM ('override', 'string');
                CREATE TYPE mood AS ENUM ('glad');
                CREATE TYPE "Mood" AS ENUM ('sad');
                CREATE TYPE pair AS (a text, "A" text);
                CREATE TYPE "Pair" AS (b text);
                CREATE DOMAIN price AS numeric;
                CREATE DOMAIN "Price" AS numeric;
                CREATE SEQUENCE nr;
                CREATE SEQUENCE "NR";
                CREATE TABLE other (
                    id integer PRIMARY KEY, a text, b boolean, c smallint, d real, e double precision, f numeric, g timestamptz, h uuid,
                    i date, j jsonb, k bytea, l text[], m "string", n timestamp, o time, p point, dsl text
                );
                CREATE TABLE "Text" (id int PRIMARY KEY);
                CREATE TABLE item_2 (id int PRIMARY KEY);
                CREATE TABLE item (
                    id int CONSTRAINT item_key PRIMARY KEY, name text, "Name" text, "NAME" text, name_2 text, mood mood, other "Mood",
                    p price, q "Price", r pair, s "Pair"
                );
                CREATE TABLE "Item" (id int CONSTRAINT "Item_key" PRIMARY KEY, item int REFERENCES item);
                CREATE TABLE "ITEM" (id int PRIMARY KEY, item int REFERENCES item, "Item" int REFERENCES "Item");
                CREATE TABLE "order item" (id int PRIMARY KEY, "a b" int, "a-b" int, "a$b" int, "1" int);
                CREATE TABLE order_item (id int PRIMARY KEY);
                CREATE TABLE "orderItem" (id int PRIMARY KEY);
                CREATE TABLE "orderitem" (id int PRIMARY KEY);
                CREATE INDEX idx ON item (name);
                CREATE INDEX "Idx" ON item (name);
                CREATE VIEW items AS SELECT * FROM item;
                CREATE VIEW "Items" AS SELECT * FROM item;
                """ + words, "public");
    }

    private Table<?> constant(String name) throws ReflectiveOperationException {
        return (Table<?>) schema.constant("Tables", name);
    }

    @Test
    void aTableThatIsNamedLikeAClassOfTheLanguageHasOneOfItsOwn() throws Exception {
        for (String word : WORDS) {
            if (!word.equals("string")) {
                String constant = word.equals("public") || word.equals("dsl")
                        ? word.toUpperCase(Locale.ROOT) + "_"
                        : word.toUpperCase(Locale.ROOT);
                assertThat(constant(constant).getName()).isEqualTo(word);
            }
        }
        assertThat(constant("OVERRIDE").getClass().getSimpleName()).isEqualTo("Override_");
        assertThat(constant("OBJECT").newRecord().getClass().getSimpleName()).isEqualTo("ObjectRecord");
        assertThat(constant("FIELD").getClass().getSimpleName()).isEqualTo("Field");
    }

    @Test
    void theFirstThatWasMadeKeepsTheNameAndTheOthersGetANumber() throws Exception {
        assertThat(constant("ITEM").getName()).isEqualTo("item");
        assertThat(constant("ITEM_2").getName()).isEqualTo("item_2");
        assertThat(constant("ITEM_3").getName()).isEqualTo("Item");
        assertThat(constant("ITEM_4").getName()).isEqualTo("ITEM");
        assertThat(constant("ORDER_ITEM").getName()).isEqualTo("order item");
        assertThat(constant("ORDER_ITEM_2").getName()).isEqualTo("order_item");
        assertThat(constant("ORDERITEM_3").getName()).isEqualTo("orderItem");
        assertThat(constant("ORDERITEM_4").getName()).isEqualTo("orderitem");
        assertThat(constant("ITEMS").getName()).isEqualTo("items");
        assertThat(constant("ITEMS_2").getName()).isEqualTo("Items");
        assertThat(constant("ITEM").fields())
                .extracting(field -> field.getName())
                .startsWith("id", "name", "Name", "NAME", "name_2");
        for (String[] column :
                new String[][] {{"NAME", "name"}, {"NAME_2", "Name"}, {"NAME_3", "NAME"}, {"NAME_2_2", "name_2"}}) {
            Table<?> item = constant("ITEM");
            assertThat(((Field<?>) item.getClass().getField(column[0]).get(item)).getName())
                    .isEqualTo(column[1]);
        }
    }
}
