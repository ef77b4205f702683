package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.PARCEL;
import static io.docrows.testing.db.Tables.PARCEL_LABEL;
import static io.docrows.testing.db.Tables.SEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.PlanReport;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import io.docrows.testing.db.tables.records.SeatRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents with rows that a check constraint refuses, in any number. */
final class BrokenChecksIT {

    private static final CollectionMapping<SeatRecord> SEATS = CollectionMapping.of("seats", SEAT)
            .key(SEAT.MONGO_ID, id("_id"))
            .map(SEAT.PLACE, int32("place"))
            .map(SEAT.GUEST, string("guest"))
            .build();

    private static final String REJECTS =
            "SELECT document_key, code, path, column_name, sqlstate, detail FROM docrows.reject ORDER BY 1";

    private final Database database = Bookshop.database();

    private ConnectedPipeline seats(String... documents) {
        return Docrows.pipeline("seats", SEATS)
                .source(new MemorySource().with("seats", documents))
                .target(database.target());
    }

    private RunReport run(BulkLoad bulkLoad, String... documents) {
        return seats(documents).run(RunOptions.defaults().bulkLoad(bulkLoad));
    }

    private static String seat(int number) {
        return "{_id: " + number + ", place: " + number + "}";
    }

    private long rowsWritten(String table) {
        return Long.parseLong(database.rows("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = '" + table + "'")
                .get(0));
    }

    @ParameterizedTest
    @EnumSource
    void manyRejectsOfABatchDoNotMakeItBeWrittenManyTimes(BulkLoad bulkLoad) {
        database.execute("ALTER TABLE seat ADD CONSTRAINT no_tenth CHECK (place % 10 <> 0)");
        List<String> documents = new ArrayList<>();
        for (int i = 1; i <= 2_000; i++) {
            documents.add(seat(i));
        }

        RunReport report = run(bulkLoad, documents.toArray(String[]::new));

        assertThat(report.total()).isEqualTo(new Counts(2_000, 1_800, 0, 0, 200, 0));
        assertThat(database.rows("SELECT DISTINCT code, path, column_name, sqlstate, detail FROM docrows.reject"))
                .containsExactly(
                        "CONSTRAINT_VIOLATION|place|public.seat.place|23514|PostgreSQL refused the row because of"
                                + " the constraint no_tenth (SQLSTATE 23514)");
        // With those that were undone.
        assertThat(rowsWritten("seat")).isBetween(1_800L, 2 * 2_000L);
    }

    @ParameterizedTest
    @EnumSource
    void theSameInTablesBelow(BulkLoad bulkLoad) {
        database.execute(
                "ALTER TABLE shop_order ADD CHECK (note <> 'mute'); ALTER TABLE order_item ADD CHECK (price > 0)");
        List<String> documents = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            documents.add("{_id: " + i + ", note: '" + (i % 7 == 0 ? "mute" : "so") + "', country: 'N" + i % 5
                    + "', items: [{sku: 'a'}, {sku: 'b', price: " + i % 5 + ", product: 'none'}]}");
        }

        RunReport report = Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                .source(new MemorySource()
                        .with("products", "{_id: 'none'}")
                        .with("orders", documents.toArray(String[]::new)))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(bulkLoad));

        assertThat(report.collections().get(1).counts()).isEqualTo(new Counts(1_000, 686, 0, 0, 314, 0));
        assertThat(database.rows("SELECT path, column_name, count(*) FROM docrows.reject GROUP BY 1, 2 ORDER BY 1"))
                .containsExactly("items[].price|public.order_item.price|172", "note|public.shop_order.note|142");
        assertThat(database.rows("SELECT count(*) FROM order_item")).containsExactly("1372");
        assertThat(database.rows("SELECT name FROM country ORDER BY 1")).containsExactly("N1", "N2", "N3", "N4");
        assertThat(rowsWritten("shop_order")).isBetween(686L, 2 * 1_000L);
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoChecksThatARowBreaksTheFirstByNameIsTold(BulkLoad bulkLoad) {
        database.execute("ALTER TABLE seat ADD CONSTRAINT b CHECK (place < 10), ADD CONSTRAINT a CHECK (guest <> 'X')");

        run(bulkLoad, seat(1), "{_id: 2, place: 20, guest: 'X'}", "{_id: 3, place: 30}");

        assertThat(database.rows("SELECT document_key, path FROM docrows.reject ORDER BY 1"))
                .containsExactly("2|guest", "3|place");
    }

    @ParameterizedTest
    @EnumSource
    void aTriggerMayMendWhatACheckWouldRefuse(BulkLoad bulkLoad) {
        database.execute("""
                ALTER TABLE seat ADD CHECK (place < 100);
                CREATE FUNCTION mend() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN NEW.place := CASE WHEN NEW.place < 200 THEN NEW.place % 100 ELSE NEW.place END; RETURN NEW; END $$;
                CREATE TRIGGER mend BEFORE INSERT ON seat FOR EACH ROW EXECUTE FUNCTION mend();
                """);

        RunReport report = run(bulkLoad, seat(1), seat(102), seat(203), seat(104));

        assertThat(report.total()).isEqualTo(new Counts(4, 3, 0, 0, 1, 0));
        assertThat(database.rows("SELECT place FROM seat ORDER BY 1")).containsExactly("1", "2", "4");
    }

    @ParameterizedTest
    @EnumSource
    void anExpressionThatFailsForARowRejectsThatOneAlone(BulkLoad bulkLoad) {
        database.execute("ALTER TABLE seat ADD CHECK (100 / place > 2), ADD CHECK (guest <> 'X')");

        RunReport report =
                run(bulkLoad, seat(1), seat(0), seat(50), "{_id: 4, place: 4, guest: 'X'}", seat(5), seat(6));

        assertThat(report.total()).isEqualTo(new Counts(6, 3, 0, 0, 3, 0));
        assertThat(database.rows("SELECT document_key, code, sqlstate FROM docrows.reject ORDER BY 1"))
                .containsExactly(
                        "0|REFUSED_BY_TARGET|22012", "4|CONSTRAINT_VIOLATION|23514", "50|CONSTRAINT_VIOLATION|23514");
    }

    @ParameterizedTest
    @EnumSource
    void aCheckThatLooksAtTheWholeRowIsPostgresqlsToEvaluate(BulkLoad bulkLoad) {
        database.execute("""
                CREATE FUNCTION taken(seat) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.guest IS NOT NULL';
                ALTER TABLE seat ADD CHECK (place > 2 OR taken(seat));
                """);

        RunReport report = run(bulkLoad, seat(1), "{_id: 2, place: 2, guest: 'B'}", seat(3));
        PlanReport plan = seats(seat(1), seat(3)).plan(PlanOptions.defaults());

        assertThat(report.total()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("1");
        assertThat(plan.total().unchanged()).isEqualTo(1);
    }

    @Test
    void rowsThatBreakACheckWhichWasAddedLaterStayAsLongAsNothingChanges() {
        run(BulkLoad.AUTO, seat(1), seat(2), seat(3));
        database.execute("ALTER TABLE seat ADD CONSTRAINT from_two CHECK (place > 1) NOT VALID");

        assertThat(run(BulkLoad.AUTO, seat(1), seat(2), "{_id: 3, place: 3, guest: 'C'}", seat(4))
                        .total())
                .isEqualTo(new Counts(4, 1, 1, 2, 0, 0));
        assertThat(run(BulkLoad.AUTO, "{_id: 1, place: 1, guest: 'A'}", seat(2), seat(4))
                        .total())
                .isEqualTo(new Counts(3, 0, 0, 2, 1, 0));
        assertThat(database.rows(REJECTS))
                .containsExactly(
                        "1|CONSTRAINT_VIOLATION|place|public.seat.place|23514|PostgreSQL refused the row because"
                                + " of the constraint from_two (SQLSTATE 23514)");
    }

    @Test
    void whoIsRejectedTakesNoValueFromAnother() {
        database.execute("ALTER TABLE seat ADD CHECK (guest <> 'X')");
        run(BulkLoad.NEVER, "{_id: 1, place: 1, guest: 'A'}", "{_id: 2, place: 2, guest: 'B'}");
        String[] documents = {
            "{_id: 1, place: 2, guest: 'B'}",
            "{_id: 2, place: 1, guest: 'A'}",
            "{_id: 3, place: 3, guest: 'X'}",
            "{_id: 4, place: 3}",
            "{_id: 5, place: 1, guest: 'X'}"
        };
        PlanReport plan = seats(documents).plan(PlanOptions.defaults());

        RunReport report = run(BulkLoad.NEVER, documents);

        assertThat(report.total()).isEqualTo(new Counts(5, 1, 2, 0, 2, 0));
        assertThat(report.rejectsByCode()).containsExactly(entry(RejectCode.CONSTRAINT_VIOLATION, 2L));
        assertThat(plan.total()).isEqualTo(report.total());
        assertThat(plan.rejectsByCode()).isEqualTo(report.rejectsByCode());
    }

    @Test
    void aValueThatNobodyMapsIsNotForeseen() {
        database.execute("ALTER TABLE seat ALTER note SET DEFAULT 'x', ADD CHECK (place < 3 OR note IS NULL)");

        RunReport report = run(BulkLoad.NEVER, seat(1), seat(2), seat(3), seat(4));

        assertThat(report.total()).isEqualTo(new Counts(4, 2, 0, 0, 2, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aCheckThatLooksAtOtherTablesSeesThemAsTheyAreWhenTheRowIsWritten(BulkLoad bulkLoad) {
        database.execute("""
                CREATE FUNCTION known(text) RETURNS boolean LANGUAGE sql IMMUTABLE
                AS 'SELECT EXISTS (SELECT FROM public.country WHERE name = $1)';
                ALTER TABLE shop_order ADD CHECK (known(note));
                """);

        RunReport report = Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                .source(new MemorySource()
                        .with("products")
                        .with(
                                "orders",
                                "{_id: 1, note: 'N', country: 'N'}",
                                "{_id: 2, note: 'O', country: 'O'}",
                                "{_id: 3, note: 'P', country: 'N'}"))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(bulkLoad));

        assertThat(report.collections().get(1).counts()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("3");
    }

    @Test
    void aRowThatKeepsWhatItHasIsNotCheckedWithTheDefault() {
        database.execute("ALTER TABLE parcel_label ADD CHECK (serial <= copies)");
        ConnectedPipeline parcels = parcels("{_id: 1, labels: [{code: 'a', copies: 10, serial: 2}]}");
        parcels.run(RunOptions.defaults());
        String[] changed = {
            "{_id: 1, labels: [{code: 'a', serial: 3}, {code: 'b', serial: 1}]}",
            "{_id: 2, labels: [{code: 'a', serial: 5}]}"
        };
        PlanReport plan = parcels(changed).plan(PlanOptions.defaults());

        RunReport report = parcels(changed).run(RunOptions.defaults());

        assertThat(report.total()).isEqualTo(new Counts(2, 0, 1, 0, 1, 0));
        assertThat(plan.total()).isEqualTo(report.total());
        assertThat(database.rows("SELECT code, copies, serial FROM parcel_label ORDER BY 1"))
                .containsExactly("a|10|3", "b|1|1");
        assertThat(parcels("{_id: 1, labels: [{code: 'a', serial: 11}, {code: 'b', serial: 1}]}")
                        .plan(PlanOptions.defaults())
                        .rejectsByCode())
                .containsExactly(entry(RejectCode.CONSTRAINT_VIOLATION, 1L));
    }

    private ConnectedPipeline parcels(String... documents) {
        return Docrows.pipeline(
                        "parcels",
                        CollectionMapping.of("parcels", PARCEL)
                                .key(PARCEL.MONGO_ID, id("_id"))
                                .children(
                                        "labels",
                                        PARCEL_LABEL,
                                        label -> label.identity(PARCEL_LABEL.CODE, string("code"))
                                                .map(PARCEL_LABEL.PLACE, int32("serial"))
                                                .map(PARCEL_LABEL.SERIAL, int32("serial"))
                                                .map(PARCEL_LABEL.COPIES, int32("copies")))
                                .build())
                .source(new MemorySource().with("parcels", documents))
                .target(database.target());
    }

    @Test
    void anElementThatIsLeftOutBreaksNothing() {
        database.execute("ALTER TABLE state ADD CHECK (name <> 'X'); ALTER TABLE border ADD CHECK (kilometres > 0)");

        RunReport report = Docrows.pipeline("states", Shop.STATES)
                .source(new MemorySource()
                        .with(
                                "states",
                                "{_id: 'A', borders: [{with: 'B', km: -1}]}",
                                "{_id: 'B', name: 'X'}",
                                "{_id: 'C', borders: [{with: 'A', km: -1}]}"))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(BulkLoad.NEVER));

        assertThat(report.total()).isEqualTo(new Counts(3, 1, 0, 0, 2, 0));
        assertThat(database.rows("SELECT code FROM state")).containsExactly("A");
    }

    @ParameterizedTest
    @EnumSource
    void aDefaultIsCheckedAsItIsStored(BulkLoad bulkLoad) {
        database.execute("ALTER TABLE parcel_label ALTER copies SET DEFAULT 1.6, ADD CHECK (copies = 2)");

        RunReport report = parcels(
                        "{_id: 1, labels: [{code: 'a', serial: 3}]}",
                        "{_id: 2, labels: [{code: 'a', copies: 1, serial: 4}]}")
                .run(RunOptions.defaults().bulkLoad(bulkLoad));

        assertThat(report.total()).isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
    }

    @Test
    void aConstraintThatIsDroppedMeanwhileRejectsNobodyAnyMore() {
        database.execute("ALTER TABLE seat ADD CONSTRAINT low CHECK (place < 3)");
        List<String> rejected = new ArrayList<>();

        seats(seat(1), seat(2), seat(3), seat(4), seat(5), seat(6), seat(7), seat(8))
                .run(RunOptions.defaults()
                        .bulkLoad(BulkLoad.NEVER)
                        .writers(1)
                        .batch(2, 1 << 20)
                        .listener(new RunListener() {
                            @Override
                            public void batchCommitted(String collection, Counts counts) {
                                rejected.add(String.valueOf(counts.rejected()));
                                if (counts.rejected() > 0) {
                                    database.execute("ALTER TABLE seat DROP CONSTRAINT IF EXISTS low");
                                }
                            }
                        }));

        assertThat(rejected).startsWith("0", "2", "0", "0");
    }

    @Test
    void aRowBelowOneThatATriggerLeavesOutBreaksNothing() {
        database.execute("""
                ALTER TABLE item_discount ADD CHECK (percent > 0);
                CREATE FUNCTION leave_out() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RETURN CASE WHEN NEW.sku = 'x' THEN NULL ELSE NEW END; END $$;
                CREATE TRIGGER leave_out BEFORE INSERT ON order_item FOR EACH ROW EXECUTE FUNCTION leave_out();
                """);

        RunReport report = Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                .source(new MemorySource()
                        .with("products")
                        .with(
                                "orders",
                                "{_id: 1, items: [{sku: 'x', discounts: [{code: 'a', percent: -1}]}]}",
                                "{_id: 2, items: [{sku: 'y', discounts: [{code: 'a', percent: -1}]}]}"))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(BulkLoad.NEVER));

        assertThat(report.collections().get(1).counts()).isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
    }

    @Test
    void whatTwoRulesForbidIsToldAlikeByThePlan() {
        database.execute("""
                CREATE FUNCTION fits(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 <> 'B' $$;
                ALTER TABLE seat ADD CHECK (fits(guest));
                """);
        run(BulkLoad.NEVER, "{_id: 1, place: 1, guest: 'A'}");
        String[] documents = {
            "{_id: 1, place: 1, guest: 'A'}", "{_id: 2, place: 1, guest: 'B'}", "{_id: 3, place: 3, guest: 'B'}"
        };
        PlanReport plan = seats(documents).plan(PlanOptions.defaults());

        RunReport report = run(BulkLoad.NEVER, documents);

        assertThat(report.rejectsByCode())
                .containsOnly(entry(RejectCode.DUPLICATE_VALUE, 1L), entry(RejectCode.CONSTRAINT_VIOLATION, 1L));
        assertThat(plan.rejectsByCode()).isEqualTo(report.rejectsByCode());
    }
}
