package io.docrows.run;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.TAG;
import static io.docrows.testing.db.Tables.WIDE;
import static io.docrows.testing.db.Tables.WIDE_TAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Join;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Differences;
import io.docrows.testing.MemorySource;
import io.docrows.testing.PlainLoader;
import io.docrows.testing.PlainLoader.Mapped;
import io.docrows.testing.RandomDocuments;
import io.docrows.testing.WideColumn;
import io.docrows.testing.db.tables.records.WideRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.instancio.Instancio;
import org.instancio.Random;
import org.instancio.Select;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random documents, loaded through random mappings, become what a plain loader makes of them, row by row. */
@ExtendWith(InstancioExtension.class)
@Tag("long")
final class RandomMappingsIT {

    private static final Database DATABASE = database();
    private static long documents;
    private static long loads;

    private static Database database() {
        Database database = Bookshop.database();
        database.execute(
                "ALTER TABLE wide ADD CHECK (an_integer <> 13), ADD CHECK (a_bigint <> 13), ADD UNIQUE (a_bigint)");
        return database;
    }

    /**
     * One load.
     *
     * @param anyTag whether tags that are not there are added
     */
    record Load(List<Mapped> columns, boolean anyTag, int documents, long seed, int batch, BulkLoad bulkLoad) {

        CollectionMapping<WideRecord> mapping() {
            CollectionMapping.Builder<WideRecord> mapping =
                    CollectionMapping.of("things", WIDE).key(WIDE.MONGO_ID, id("_id"));
            for (Mapped mapped : columns) {
                mapped.column().map(mapping, mapped.path().toArray(String[]::new));
            }
            Join<String> tags =
                    join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID).lookup(TAG.NAME);
            return mapping.reference(WIDE.PARENT_ID, id("parent"), WIDE.MONGO_ID)
                    .manyToMany(strings("tags"), anyTag ? tags.insertMissing() : tags)
                    .build();
        }

        boolean hasUniqueColumn() {
            return columns.stream().anyMatch(mapped -> mapped.column().column().equals(WIDE.A_BIGINT));
        }
    }

    private static Load load(Random random) {
        return new Load(
                placed(columns(random)),
                random.trueOrFalse(),
                random.intRange(1, 60),
                random.longRange(0, 1L << 40),
                random.oneOf(1, 2, 7, 1000),
                random.oneOf(BulkLoad.ALWAYS, BulkLoad.NEVER));
    }

    /** One to nine mapped columns, each once. */
    private static List<WideColumn<?>> columns(Random random) {
        List<WideColumn<?>> all = Stream.of(WideColumn.ALL, WideColumn.WITH_POLICIES)
                .<WideColumn<?>>flatMap(List::stream)
                .toList();
        int number = random.intRange(1, 9);
        Map<Object, WideColumn<?>> chosen = new LinkedHashMap<>();
        while (chosen.size() < number) {
            WideColumn<?> column = random.oneOf(all);
            chosen.putIfAbsent(column.column(), column);
        }
        return List.copyOf(chosen.values());
    }

    /** Every third field is in a sub-document. */
    private static List<Mapped> placed(List<WideColumn<?>> columns) {
        List<Mapped> placed = new ArrayList<>();
        for (WideColumn<?> column : columns) {
            String field = "f" + placed.size();
            placed.add(new Mapped(column, placed.size() % 3 == 2 ? List.of("sub", field) : List.of(field)));
        }
        return placed;
    }

    @Test
    void agreeWithAPlainLoader() {
        loads(10).forEach(RandomMappingsIT::check);
    }

    @Test
    @Tag("slow")
    void agreeWithAPlainLoaderManyTimes() {
        loads(200).forEach(RandomMappingsIT::check);
    }

    private static Stream<Load> loads(int number) {
        return Instancio.of(Load.class).supply(Select.root(), RandomMappingsIT::load).stream()
                .limit(number);
    }

    @AfterAll
    static void tell() {
        System.out.println(documents + " random documents in " + loads
                + " loads through random mappings agreed with a plain loader");
    }

    private static void check(Load load) {
        try {
            agree(load);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with " + load + ": " + e.getMessage(), e);
        }
    }

    private static void agree(Load load) {
        PlainLoader plain =
                new PlainLoader(DATABASE, load.columns(), load.anyTag() ? null : Set.copyOf(RandomDocuments.TAGS));
        DATABASE.execute(
                "TRUNCATE twin.wide; TRUNCATE wide, tag CASCADE; DO $$BEGIN IF to_regclass('docrows.run') IS NOT NULL"
                        + " THEN TRUNCATE docrows.run CASCADE; END IF; END$$");
        RandomDocuments.TAGS.forEach(tag -> DATABASE.execute("INSERT INTO tag (name) VALUES ('" + tag + "')"));

        agree(load, plain, RandomDocuments.of(load.seed(), load.columns(), load.documents()));
        // Which of two documents gets a unique value that changes hands depends on what is in one batch.
        if (!load.hasUniqueColumn()) {
            agree(load, plain, RandomDocuments.changed(load.seed(), load.columns(), load.documents()));
        }
    }

    private static void agree(Load load, PlainLoader plain, List<byte[]> raw) {
        RunReport report = run(load, raw);
        Map<String, RejectCode> refused = plain.load(raw);

        assertThat(report.total().read()).isEqualTo(raw.size());
        assertThat(report.total().rejected()).isEqualTo(refused.size());
        List<String> expected = refused.entrySet().stream()
                .map(entry -> entry.getKey() + "|" + entry.getValue())
                .toList();
        assertThat(Differences.of(DATABASE.rows("SELECT document_key, code FROM docrows.reject"), expected))
                .isEmpty();
        assertThat(plain.differences()).isEmpty();

        RunReport again = run(load, raw);
        assertThat(again.total().unchanged()).isEqualTo(raw.size() - (long) refused.size());
        assertThat(again.total().rejected()).isEqualTo(refused.size());
        documents += raw.size();
        loads++;
    }

    private static RunReport run(Load load, List<byte[]> raw) {
        return Docrows.pipeline("random", load.mapping())
                .source(new MemorySource().withRaw("things", raw))
                .target(DATABASE.target())
                .run(RunOptions.defaults()
                        .writers(1)
                        .batch(load.batch(), 1 << 20)
                        .bulkLoad(load.bulkLoad()));
    }
}
