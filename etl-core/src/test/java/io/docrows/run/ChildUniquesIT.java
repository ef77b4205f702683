package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.ORDER_TAG;
import static io.docrows.testing.db.Tables.PART;
import static io.docrows.testing.db.Tables.PART_USE;
import static io.docrows.testing.db.Tables.SHOP_ORDER;
import static io.docrows.testing.db.Tables.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RowCounts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Parts;
import io.docrows.testing.RowVersions;
import io.docrows.testing.Shop;
import io.docrows.testing.db.Keys;
import io.docrows.testing.db.tables.records.PartRecord;
import io.docrows.testing.db.tables.records.ShopOrderRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows below a document that are unique beside their identity, or that lead to rows of other documents. */
final class ChildUniquesIT {

    private final Database database = Bookshop.database();
    private final RunOptions options = RunOptions.defaults();

    private CollectionReport load(CollectionMapping<?> mapping, RunOptions how, String... documents) {
        return Docrows.pipeline("parts", mapping)
                .source(new MemorySource().with(mapping.collection(), documents))
                .target(database.target())
                .run(how)
                .collections()
                .get(0);
    }

    private List<String> parcels() {
        return database.rows(Parts.PARCEL_ROWS);
    }

    @Test
    void elementsThatSwapAUniqueValueAreSwappedWithWhatHangsBelowThem() {
        load(
                Parts.PARCELS,
                options,
                "{_id: 1, labels: [{code: 'a', copies: 5, stamps: ['x', 'y']}, {code: 'b', stamps: ['z']}]}",
                "{_id: 2, labels: [{code: 'a'}]}");
        List<String> before = RowVersions.of(database, Parts.PARCELS);

        String swapped = "{_id: 1, labels: [{code: 'b', stamps: ['y', 'x']}, {code: 'a', copies: 2}]}";
        assertThat(load(Parts.PARCELS, options, swapped, "{_id: 2, labels: [{code: 'a'}]}")
                        .counts())
                .isEqualTo(new Counts(2, 0, 1, 1, 0, 0));

        assertThat(parcels())
                .as("a row known by its place does not keep what another element had in it")
                .containsExactly(
                        "1|label 0|b x 1|-",
                        "1|label 0 stamp 0|y|-",
                        "1|label 0 stamp 1|x|-",
                        "1|label 1|a x 2|-",
                        "1|parcel|-|-",
                        "2|label 0|a x 1|-",
                        "2|parcel|-|-");
        assertThat(RowVersions.of(database, Parts.PARCELS))
                .filteredOn(before::contains)
                .as("the document that did not change, and the parcel itself")
                .hasSize(3);
    }

    @Test
    void rowsThatPassUniqueValuesOnKeepTheirIdsAndWhatNobodyMaps() {
        database.execute("""
                ALTER TABLE parcel_label ADD COLUMN checked_by text, ADD COLUMN twice integer GENERATED ALWAYS AS (place * 2) STORED;
                ALTER TABLE label_stamp ADD COLUMN "Seen At" text;
                CREATE TABLE label_scan (label_id bigint NOT NULL REFERENCES parcel_label)
                """);
        load(
                Parts.PARCELS,
                options,
                "{_id: 1, labels: [{code: 'a', stamps: ['x', 'y']}, {code: 'b', stamps: ['z']}, {code: 'c'}]}");
        database.execute("""
                UPDATE parcel_label SET checked_by = 'who checked ' || place;
                UPDATE label_stamp SET "Seen At" = 'day ' || ink;
                INSERT INTO label_scan SELECT id FROM parcel_label
                """);
        String labels = "SELECT id, place, checked_by, twice FROM parcel_label ORDER BY place";
        List<String> before = database.rows(labels);

        CollectionReport report = load(
                Parts.PARCELS,
                options,
                "{_id: 1, labels: [{code: 'b', stamps: ['x', 'w']}, {code: 'a', stamps: ['z']}, {code: 'c', stamps: ['n']}]}");

        assertThat(report.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
        assertThat(report.rows())
                .containsOnly(
                        entry("public.parcel_label", new RowCounts(0, 2, 0)),
                        entry("public.label_stamp", new RowCounts(1, 1, 0)));
        assertThat(database.rows(labels)).isEqualTo(before);
        assertThat(database.rows("""
                SELECT l.code, s.ink, s."Seen At" FROM parcel_label l LEFT JOIN label_stamp s ON s.label_id = l.id
                ORDER BY l.place, s.nr
                """)).containsExactly("b|x|day x", "b|w|day y", "a|z|day z", "c|n|-");
        assertThat(database.rows("SELECT count(*) FROM label_scan")).containsExactly("3");
    }

    @Test
    void whatPostgresDoesWhenRowsBelowGoAndComeBackIsNotUndone() {
        database.execute("""
                ALTER TABLE parcel_label ADD COLUMN stamps integer NOT NULL DEFAULT 0, ADD COLUMN first_of bigint, ADD COLUMN first_nr integer;
                CREATE FUNCTION count_stamps() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  UPDATE public.parcel_label SET stamps = stamps + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END
                  WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.label_id ELSE OLD.label_id END;
                  RETURN NULL;
                END $$;
                CREATE TRIGGER counted AFTER INSERT OR DELETE ON label_stamp FOR EACH ROW EXECUTE FUNCTION count_stamps();
                ALTER TABLE parcel_label ADD FOREIGN KEY (first_of, first_nr) REFERENCES label_stamp ON DELETE SET NULL
                """);
        load(Parts.PARCELS, options, "{_id: 1, labels: [{code: 'a', stamps: ['x', 'y']}, {code: 'b', stamps: ['z']}]}");
        database.execute("UPDATE parcel_label SET first_of = id, first_nr = 0");

        for (String swapped : List.of(
                "{_id: 1, labels: [{code: 'b', stamps: ['x', 'y']}, {code: 'a', stamps: ['z']}]}",
                "{_id: 1, labels: [{code: 'a', stamps: ['x', 'y']}, {code: 'b', stamps: ['z']}]}")) {
            assertThat(load(Parts.PARCELS, options, swapped).counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
            assertThat(database.rows("SELECT place, stamps FROM parcel_label ORDER BY place"))
                    .containsExactly("0|2", "1|1");
        }
    }

    @Test
    void elementsExchangeWhatAnExclusionConstraintAllowsOnceInEveryPartOfABatch() {
        database.execute("ALTER TABLE parcel_label ADD EXCLUDE USING hash (code WITH =)");
        load(
                Parts.PARCELS,
                options,
                "{_id: 1, labels: [{code: 'a', stamps: ['x']}, {code: 'b'}]}",
                "{_id: 2, labels: [{code: 'c'}, {code: 'd'}]}",
                "{_id: 3, labels: [{code: 'e'}]}");

        CollectionReport report = load(
                Parts.PARCELS,
                options,
                "{_id: 1, labels: [{code: 'b', stamps: ['x']}, {code: 'a'}]}",
                "{_id: 2, labels: [{code: 'd'}, {code: 'c'}]}",
                "{_id: 3, labels: [{code: 'f', stamps: ['x', 'x']}]}");

        assertThat(report.counts()).isEqualTo(new Counts(3, 0, 2, 0, 1, 0));
        assertThat(parcels()).contains("1|label 0|b x 1|-", "1|label 0 stamp 0|x|-", "2|label 1|c x 1|-");
    }

    @Test
    void anElementInFrontOfOthersMovesTheirUniqueValuesAlong() {
        load(Parts.PARCELS, options, "{_id: 1, labels: [{code: 'a'}, {code: 'b'}, {code: 'c'}]}");

        assertThat(load(
                                Parts.PARCELS,
                                options,
                                "{_id: 1, labels: [{code: 'new'}, {code: 'a'}, {code: 'b'}, {code: 'c'}]}")
                        .counts())
                .isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
        assertThat(parcels())
                .containsExactly(
                        "1|label 0|new x 1|-",
                        "1|label 1|a x 1|-",
                        "1|label 2|b x 1|-",
                        "1|label 3|c x 1|-",
                        "1|parcel|-|-");
    }

    @Test
    void documentsThatSwapAUniqueValueBelowThemAreLoaded() {
        load(
                Parts.PARCELS,
                options,
                "{_id: 1, labels: [{code: 'a', serial: 1}]}",
                "{_id: 2, labels: [{code: 'a', serial: 2}]}");

        assertThat(load(
                                Parts.PARCELS,
                                options,
                                "{_id: 1, labels: [{code: 'a', serial: 2}]}",
                                "{_id: 2, labels: [{code: 'a', serial: 1}]}")
                        .counts())
                .isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(parcels()).contains("1|label 0|a x 1|2", "2|label 0|a x 1|1");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aDocumentThatBreaksAConstraintBelowItCostsNoOther(BulkLoad bulkLoad) {
        CollectionReport report = load(
                Parts.PARCELS,
                options.bulkLoad(bulkLoad),
                "{_id: 1, labels: [{code: 'a'}, {code: 'a'}]}",
                "{_id: 2, labels: [{code: 'a', serial: 7}]}",
                "{_id: 3, labels: [{code: 'a', serial: 7}]}",
                "{_id: 4, labels: [{code: 'a', stamps: ['x', 'x']}]}");

        assertThat(report.counts()).isEqualTo(new Counts(4, 1, 0, 0, 3, 0));
        assertThat(report.rejectsByCode()).containsExactly(entry(RejectCode.DUPLICATE_VALUE, 3L));
        assertThat(parcels()).containsExactly("2|label 0|a x 1|7", "2|parcel|-|-");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void rowsBelowADocumentLeadToDocumentsThatComeLater(BulkLoad bulkLoad) {
        String[] documents = {
            "{_id: 'c', uses: [{part: 'b', amount: 1, unit: 'kg'}, {part: 'c', unit: 'kg'}]}",
            "{_id: 'b', uses: [{part: 'a', amount: 2}, null]}",
            "{_id: 'a'}",
            "{_id: 'd', uses: [{part: 'gone'}]}"
        };
        assertThat(load(Parts.PARTS, options.batch(1, 1 << 20).bulkLoad(bulkLoad), documents)
                        .counts())
                .isEqualTo(new Counts(4, 3, 0, 0, 1, 0));
        assertThat(database.rows(Parts.PART_ROWS))
                .containsExactly(
                        "a|part|-|-",
                        "b|part|-|-",
                        "b|use 0 of a|2|-",
                        "b|use 1|-|-",
                        "c|part|-|-",
                        "c|use 0 of b|1|kg",
                        "c|use 1 of c|-|kg");
        assertThat(load(Parts.PARTS, options, documents).counts()).isEqualTo(new Counts(4, 0, 0, 3, 1, 0));
    }

    /** Parts whose units must be there. */
    private static CollectionMapping<PartRecord> parts(MissingReference whenMissing) {
        return CollectionMapping.of("parts", PART)
                .key(PART.MONGO_ID, id("_id"))
                .children(
                        "uses",
                        PART_USE,
                        use -> use.parent(Keys.PART_USE__PART_USE_PART_ID_FKEY)
                                .position(PART_USE.LINE)
                                .reference(PART_USE.USED_ID, id("part"), PART.MONGO_ID, whenMissing)
                                .reference(PART_USE.UNIT_ID, string("unit"), UNIT.NAME))
                .build();
    }

    private static final String[] OF_A_PART_WITHOUT_UNIT = {
        "{_id: 'a', uses: [{part: 'b'}]}", "{_id: 'b', uses: [{unit: 'kg'}]}", "{_id: 'c', uses: [{part: 'a'}]}"
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void whoeverRefersToADocumentThatIsRejectedForAnotherReferenceIsRejectedToo(int batch) {
        CollectionMapping<PartRecord> mapping = parts(MissingReference.REJECT);

        CollectionReport report = load(mapping, options.batch(batch, 1 << 20), OF_A_PART_WITHOUT_UNIT);

        assertThat(report.counts()).isEqualTo(new Counts(3, 0, 0, 0, 3, 0));
        assertThat(report.rejectsByCode()).containsExactly(entry(RejectCode.MISSING_REFERENCE, 3L));
        database.execute("INSERT INTO unit (name) VALUES ('kg')");
        assertThat(load(mapping, options, OF_A_PART_WITHOUT_UNIT).counts()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(database.rows(Parts.PART_ROWS)).contains("a|use 0 of b|-|-", "b|use 0|-|kg", "c|use 0 of a|-|-");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void whoeverRefersToADocumentThatIsRejectedForAnotherReferenceWaitsForIt(int batch) {
        CollectionMapping<PartRecord> mapping = parts(MissingReference.PENDING);

        CollectionReport report = load(mapping, options.batch(batch, 1 << 20), OF_A_PART_WITHOUT_UNIT);

        assertThat(report.counts()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(database.rows("SELECT row_key, referenced_key FROM docrows.pending_document d"
                        + " JOIN docrows.pending_element e ON e.document_id = d.id"))
                .containsExactly("a|b");
        database.execute("INSERT INTO unit (name) VALUES ('kg')");
        load(mapping, options, OF_A_PART_WITHOUT_UNIT[1]);
        assertThat(database.rows(Parts.PART_ROWS)).contains("a|use 0 of b|-|-", "b|use 0|-|kg", "c|use 0 of a|-|-");
        assertThat(database.rows("SELECT row_key FROM docrows.pending_document"))
                .isEmpty();
    }

    @Test
    void aCollectionIsLoadedAfterThoseThatRowsBelowItsDocumentsLeadTo() {
        assertThat(Docrows.pipeline("shop", Shop.ORDERS, Shop.PRODUCTS)
                        .source(new MemorySource()
                                .with("orders", "{_id: 1, items: [{sku: 'a', product: 'p'}]}")
                                .with("products", "{_id: 'p'}"))
                        .target(database.target())
                        .run(options)
                        .collections())
                .extracting(CollectionReport::collection)
                .containsExactly("products", "orders");
        assertThat(database.rows("SELECT count(product_id) FROM order_item")).containsExactly("1");
    }

    @Test
    void elementsOfAPartitionedTableSwapWhatAnIndexOverExpressionsAllowsOnce() {
        database.execute("""
                DROP TABLE order_tag;
                CREATE TABLE order_tag (order_id bigint NOT NULL REFERENCES shop_order, place smallint NOT NULL, tag text,
                  PRIMARY KEY (order_id, place)) PARTITION BY HASH (order_id);
                CREATE TABLE order_tag_all PARTITION OF order_tag FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                CREATE UNIQUE INDEX ON order_tag (order_id, lower(tag))
                """);
        CollectionMapping<ShopOrderRecord> orders = CollectionMapping.of("orders", SHOP_ORDER)
                .key(SHOP_ORDER.MONGO_ID, id("_id"))
                .children(
                        "tags", ORDER_TAG, tag -> tag.position(ORDER_TAG.PLACE).map(ORDER_TAG.TAG, string()))
                .build();
        for (String tags : List.of("['a', 'b']", "['B', 'A']")) {
            assertThat(Docrows.pipeline("orders", orders)
                            .source(new MemorySource().with("orders", "{_id: 1, tags: " + tags + "}"))
                            .target(database.target())
                            .run(RunOptions.defaults())
                            .total()
                            .rejected())
                    .isZero();
        }
        assertThat(database.rows("SELECT tag FROM order_tag ORDER BY place")).containsExactly("B", "A");
    }
}
