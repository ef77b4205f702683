package io.docrows.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Index;
import org.jooq.Table;
import org.jooq.UniqueKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Generated classes say what PostgreSQL's catalog says, where jOOQ on its own tells something else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedSchemaIT {

    private static final String SCHEMA = """
            CREATE EXTENSION citext;
            CREATE SCHEMA app;
            CREATE TYPE mood AS ENUM ('glad', 'sad');
            CREATE DOMAIN app.email AS citext NOT NULL DEFAULT 'none@example.org';
            CREATE DOMAIN app.mood AS mood;
            CREATE DOMAIN labels AS varchar(20)[];
            CREATE DOMAIN price AS numeric(8, 2);
            CREATE DOMAIN net_price AS price NOT NULL DEFAULT 0;
            CREATE DOMAIN moment AS timestamptz(3);
            CREATE DOMAIN created AS moment NOT NULL DEFAULT now();
            CREATE DOMAIN thousands AS numeric(4, -3);

            CREATE TABLE item (
                id        int PRIMARY KEY,
                code      text NOT NULL,
                slug      text NOT NULL UNIQUE,
                nr        int  NOT NULL,
                doubled   int  GENERATED ALWAYS AS (nr * 2) STORED NOT NULL,
                felt      mood GENERATED ALWAYS AS (CASE WHEN nr > 0 THEN 'glad'::mood ELSE 'sad' END) STORED NOT NULL,
                hundreds  numeric(3, -2),
                thousands thousands,
                tiny      numeric(2, 5),
                whole     numeric(5),
                long      numeric(20),
                tags      labels,
                net       net_price,
                email     app.email,
                mood      app.mood,
                at        timestamptz,
                at_second timestamptz(0),
                at_milli  timestamptz(3),
                created   created
            );
            CREATE TYPE app.address AS (street text, nr int);
            CREATE DOMAIN host AS inet;
            CREATE TABLE kind (
                id         int PRIMARY KEY,
                host       inet DEFAULT '::1',
                other_host host,
                hosts      inet[],
                range      int4range,
                bits       bit(3) NOT NULL DEFAULT '101',
                more_bits  bit varying(5)[],
                length     interval NOT NULL DEFAULT '1 day',
                lengths    interval(0)[],
                address    app.address NOT NULL DEFAULT '(,)',
                addresses  app.address[],
                words      citext[],
                moments    timestamptz(3)[],
                moods      mood[],
                matrix     int[][],
                at         time(3)
            );
            CREATE UNIQUE INDEX item_code_partly ON item (code) WHERE nr > 0;
            CREATE UNIQUE INDEX item_nr_including ON item (nr DESC) INCLUDE (code);
            CREATE UNIQUE INDEX item_lower ON item (lower(code));
            CREATE INDEX item_slug_code ON item (slug, code);
            CREATE VIEW wanted AS SELECT wish.id, item.net, item.email FROM (VALUES (1)) wish (id) LEFT JOIN item USING (id);
            DO $$ BEGIN
                IF current_setting('server_version_num')::int >= 180000 THEN
                    EXECUTE 'ALTER TABLE item ADD computed int GENERATED ALWAYS AS (nr * 2) VIRTUAL';
                END IF;
            END $$;
            """;

    private Generated schema;

    @BeforeAll
    void generate(@TempDir Path module) throws Exception {
        schema = Generated.of(module, SCHEMA, "public", "app");
    }

    private DataType<?> column(String name) throws ReflectiveOperationException {
        return column("public_.Item", name);
    }

    private DataType<?> column(String table, String name) throws ReflectiveOperationException {
        Field<?> field = schema.table(table).field(name);
        assertThat(field).as(name).isNotNull();
        return field.getDataType();
    }

    @Test
    void aTypeThatJooqDoesNotKnowIsATextThatKeepsItsName() throws Exception {
        assertText("host", String.class, "\"pg_catalog\".\"inet\"");
        assertText("other_host", String.class, "\"pg_catalog\".\"inet\"");
        assertText("hosts", String[].class, "\"pg_catalog\".\"inet\" array");
        assertText("range", String.class, "\"pg_catalog\".\"int4range\"");
        assertText("bits", String.class, "\"pg_catalog\".\"bit\"");
        assertText("more_bits", String[].class, "\"pg_catalog\".\"varbit\" array");
        assertText("length", String.class, "\"pg_catalog\".\"interval\"");
        assertText("lengths", String[].class, "\"pg_catalog\".\"interval\" array");
        assertText("address", String.class, "\"app\".\"address\"");
        assertText("addresses", String[].class, "\"app\".\"address\" array");
        assertText("words", String[].class, "\"public\".\"citext\" array");
    }

    @Test
    void aTextKeepsItsDefault() throws Exception {
        for (String name : List.of("bits", "length", "address")) {
            assertThat(column("public_.Kind", name).nullable()).as(name).isFalse();
            assertThat(column("public_.Kind", name).defaulted()).as(name).isTrue();
        }
    }

    private void assertText(String name, Class<?> type, String typeName) throws Exception {
        assertThat(column("public_.Kind", name))
                .satisfies(found -> assertThat(found.getType()).isEqualTo(type))
                .satisfies(found -> assertThat(found.getTypeName()).isEqualTo(typeName));
    }

    @Test
    void anArrayIsOfWhatAColumnWouldBe() throws Exception {
        assertThat(column("public_.Kind", "moments").getType()).isEqualTo(Instant[].class);
        assertThat(column("public_.Kind", "moods").getType().getComponentType().isEnum())
                .isTrue();
        assertThat(column("public_.Kind", "matrix").getType()).isEqualTo(Integer[][].class);
        assertThat(column("public_.Kind", "at").getType()).isEqualTo(LocalTime.class);
        assertThat(column("public_.Kind", "at").precision()).isEqualTo(3);
    }

    @Test
    void aGeneratedColumnIsReadOnly() throws Exception {
        assertThat(column("doubled").readonly()).isTrue();
        assertThat(column("felt").readonly()).isTrue();
        assertThat(column("felt").getType().isEnum()).isTrue();
        assertThat(column("nr").readonly()).isFalse();
    }

    @Test
    void aVirtualColumnIsReadOnly() throws Exception {
        Field<?> computed = schema.table("public_.Item").field("computed");
        assumeTrue(computed != null, "needs PostgreSQL 18");
        assertThat(computed.getDataType().readonly()).isTrue();
    }

    @Test
    void aScaleBelowZeroIsOne() throws Exception {
        assertThat(column("hundreds"))
                .satisfies(type -> assertThat(type.precision()).isEqualTo(3))
                .satisfies(type -> assertThat(type.scale()).isEqualTo(-2));
        assertThat(column("thousands").scale()).isEqualTo(-3);
        assertThat(column("tiny"))
                .satisfies(type -> assertThat(type.precision()).isEqualTo(2))
                .satisfies(type -> assertThat(type.scale()).isEqualTo(5));
    }

    @Test
    void aNumericWithoutDecimalPlacesIsANumeric() throws Exception {
        assertThat(column("whole").getType()).isEqualTo(BigDecimal.class);
        assertThat(column("whole").precision()).isEqualTo(5);
        assertThat(column("long").getType()).isEqualTo(BigDecimal.class);
    }

    @Test
    void aDomainOverAnArrayIsAnArray() throws Exception {
        assertThat(column("tags").getType()).isEqualTo(String[].class);
    }

    @Test
    void aDomainOverADomainHasWhatTheInnerOneDeclares() throws Exception {
        assertThat(column("net"))
                .satisfies(type -> assertThat(type.getType()).isEqualTo(BigDecimal.class))
                .satisfies(type -> assertThat(type.precision()).isEqualTo(8))
                .satisfies(type -> assertThat(type.scale()).isEqualTo(2))
                .satisfies(type -> assertThat(type.nullable()).isFalse())
                .satisfies(type -> assertThat(type.defaulted()).isTrue());
        assertThat(column("created"))
                .satisfies(type -> assertThat(type.getType()).isEqualTo(Instant.class))
                .satisfies(type -> assertThat(type.precision()).isEqualTo(3))
                .satisfies(type -> assertThat(type.defaulted()).isTrue());
    }

    @Test
    void aDomainOverATypeOfAnotherSchemaFindsItThere() throws Exception {
        assertThat(column("email"))
                .satisfies(type -> assertThat(type.getType()).isEqualTo(String.class))
                .satisfies(type -> assertThat(type.getTypeName()).isEqualTo("varchar"))
                .satisfies(type -> assertThat(type.nullable()).isFalse())
                .satisfies(type -> assertThat(type.defaulted()).isTrue());
        assertThat(column("mood").getType().isEnum()).isTrue();
    }

    @Test
    void aTimestampHasItsPrecisionDownToNone() throws Exception {
        assertThat(List.of(column("at"), column("at_second"), column("at_milli")))
                .allSatisfy(type -> assertThat(type.getType()).isEqualTo(Instant.class));
        assertThat(column("at").precisionDefined()).isFalse();
        assertThat(column("at_second").precisionDefined()).isTrue();
        assertThat(column("at_second").precision()).isZero();
        assertThat(column("at_milli").precision()).isEqualTo(3);
    }

    @Test
    void aViewOverAnOuterJoinMayHoldNulls() throws Exception {
        assertThat(column("public_.Wanted", "net").nullable()).isTrue();
        assertThat(column("public_.Wanted", "email").nullable()).isTrue();
    }

    @Test
    void anIndexOverSomeRowsIsLeftOutAndOneThatIncludesColumnsIsThere() throws Exception {
        Table<?> item = schema.table("public_.Item");
        assertThat(item.getIndexes())
                .extracting(Index::getName)
                .containsExactlyInAnyOrder("item_nr_including", "item_slug_code");
        assertThat(item.getIndexes())
                .filteredOn(Index::getUnique)
                .singleElement()
                .satisfies(index -> {
                    assertThat(index.getName()).isEqualTo("item_nr_including");
                    assertThat(index.getFields())
                            .extracting(field -> field.getName())
                            .containsExactly("nr");
                });
        assertThat(item.getKeys())
                .extracting(UniqueKey::getName)
                .containsExactlyInAnyOrder("item_pkey", "item_slug_key");
    }
}
