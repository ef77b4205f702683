package io.docrows.run;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.list;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.TAG;
import static io.docrows.testing.db.Tables.WIDE;
import static io.docrows.testing.db.Tables.WIDE_TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.WideRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses of policies are counted for what was loaded, no more and no less, whatever happens on the way. */
final class PolicyIT {

    private static final CollectionMapping<WideRecord> THINGS = CollectionMapping.of("things", WIDE)
            .key(WIDE.MONGO_ID, id("_id"))
            .map(WIDE.A_VARCHAR, string("text").stripNul().truncate())
            .map(WIDE.A_PRICE, decimal("price").round().nanAsNull())
            .map(WIDE.A_TIMESTAMPTZ, instant("at").clampDate())
            .map(WIDE.AN_INTEGER, int32("n").mismatchAsNull())
            .manyToMany(
                    list(string("tags").stripNul()),
                    join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID).lookup(TAG.NAME))
            .build();

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource();

    private RunReport run(RunOptions options) {
        return Docrows.pipeline("things", THINGS)
                .source(source)
                .target(database.target())
                .run(options);
    }

    private RunReport run() {
        return run(RunOptions.defaults());
    }

    private static List<PolicyUse> uses(RunReport report) {
        return report.collections().get(0).policyUses();
    }

    private List<String> stored() {
        return database.rows("SELECT run_id, collection, column_name, path, policy, sum(uses) FROM docrows.policy_use"
                + " GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5");
    }

    private static PolicyUse use(String path, String column, LossPolicy policy, long count) {
        return new PolicyUse(path, "public." + column, policy, count);
    }

    @Test
    void everyUseIsReportedAndStoredAndTheValuesAreInTheirColumns() {
        source.with(
                "things",
                "{_id: 1, text: 'abc\\u0000defg', price: 1.239, at: {$date: {$numberLong: '9223372036854775807'}},"
                        + " n: 'x', tags: ['ne\\u0000w', 'us\\u0000ed', 'new']}",
                "{_id: 2, text: 'x\\u0000', price: {$numberDouble: 'NaN'}, n: 7}",
                "{_id: 3, text: 'abcde', price: 1.23, n: 7, tags: ['new']}");

        RunReport report = run();

        assertThat(report.total()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(uses(report))
                .containsExactly(
                        use("tags", "tag.name", LossPolicy.STRIP_NUL, 2),
                        use("price", "wide.a_price", LossPolicy.ROUND, 1),
                        use("price", "wide.a_price", LossPolicy.NAN_AS_NULL, 1),
                        use("at", "wide.a_timestamptz", LossPolicy.CLAMP_DATE, 1),
                        use("text", "wide.a_varchar", LossPolicy.STRIP_NUL, 2),
                        use("text", "wide.a_varchar", LossPolicy.TRUNCATE, 1),
                        use("n", "wide.an_integer", LossPolicy.MISMATCH_AS_NULL, 1));
        assertThat(stored())
                .containsExactly(
                        "1|things|public.tag.name|tags|stripNul|2",
                        "1|things|public.wide.a_price|price|nanAsNull|1",
                        "1|things|public.wide.a_price|price|round|1",
                        "1|things|public.wide.a_timestamptz|at|clampDate|1",
                        "1|things|public.wide.a_varchar|text|stripNul|2",
                        "1|things|public.wide.a_varchar|text|truncate|1",
                        "1|things|public.wide.an_integer|n|mismatchAsNull|1");
        assertThat(database.rows("SELECT a_varchar, a_price, a_timestamptz AT TIME ZONE 'UTC', an_integer,"
                        + " (SELECT string_agg(t.name, ',' ORDER BY t.name) FROM wide_tag j JOIN tag t ON t.id = j.tag_id"
                        + " WHERE j.wide_id = w.id) FROM wide w ORDER BY mongo_id"))
                .containsExactly("abcde|1.24|294276-12-31 23:59:59.999|-|new,used", "x|-|-|7|-", "abcde|1.23|-|7|new");
    }

    @Test
    void aDocumentThatIsFoundUnchangedIsCountedAgain() {
        source.with("things", "{_id: 1, text: '\\u0000'}");
        run();

        RunReport second = run();

        assertThat(second.total().unchanged()).isEqualTo(1);
        assertThat(uses(second)).containsExactly(use("text", "wide.a_varchar", LossPolicy.STRIP_NUL, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aDocumentThatIsRejectedOrSupersededIsNotCounted(int batch) {
        database.execute("ALTER TABLE wide ADD CHECK (an_integer <> 13)");
        source.with(
                "things",
                "{_id: 1, text: '\\u0000'}",
                "{_id: 2, text: '\\u0000', n: 13}",
                "{_id: 3, text: '\\u0000', price: 'x'}",
                "{_id: 4, text: '\\u0000', tags: ['unknown']}",
                "{_id: 5, text: '\\u0000', price: 1.239}",
                "{_id: 5, text: 'a'}");

        RunReport report = run(RunOptions.defaults().batch(batch, 1 << 20));

        assertThat(report.total().rejected()).isEqualTo(3);
        // Alone in its batch, the first of the two documents is loaded and later updated; else it is passed over.
        long loaded = 3 - report.total().skipped();
        assertThat(uses(report))
                .contains(use("text", "wide.a_varchar", LossPolicy.STRIP_NUL, loaded - 1))
                .hasSize(report.total().skipped() == 1 ? 1 : 2);
    }

    @Test
    void aDocumentThatArrivesLateIsCountedInTheRunThatLoadsIt() {
        database.execute("ALTER TABLE wide ADD UNIQUE (an_integer)");
        source.with("things", "{_id: 1, n: 5}", "{_id: 2, n: 5, text: '\\u0000'}");
        assertThat(uses(run())).isEmpty();
        source.with("things", "{_id: 1, n: 6}");

        RunReport second = run();

        assertThat(second.total()).isEqualTo(new Counts(2, 1, 1, 0, 0, 0));
        assertThat(uses(second)).containsExactly(use("text", "wide.a_varchar", LossPolicy.STRIP_NUL, 1));
        assertThat(stored()).containsExactly("2|things|public.wide.a_varchar|text|stripNul|1");
    }

    @Test
    void aRunThatGoesOnCountsWhatWasCommittedBefore() {
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            documents.add("{_id: " + i + ", text: '\\u0000" + i + "'}");
        }
        source.with("things", documents.toArray(String[]::new)).failingAfter(55);
        RunOptions options = RunOptions.defaults().batch(10, 1 << 20).writers(1);

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(options))
                .satisfies(e -> assertThat(uses(((RunFailedException) e).report()))
                        .containsExactly(use("text", "wide.a_varchar", LossPolicy.STRIP_NUL, 55)));
        RunReport report = run(options);

        assertThat(report.total()).isEqualTo(new Counts(100, 100, 0, 0, 0, 0));
        assertThat(uses(report)).containsExactly(use("text", "wide.a_varchar", LossPolicy.STRIP_NUL, 100));
        assertThat(stored()).containsExactly("1|things|public.wide.a_varchar|text|stripNul|100");
    }

    @Test
    void aTargetThatHoldsLessThanItsClassTellsRoundsByThePolicyAndNeverUnseen() {
        database.execute("ALTER TABLE wide ALTER a_price TYPE numeric(8, 1), ALTER a_timestamptz TYPE timestamptz(0)");
        source.with(
                "things",
                "{_id: 1, price: NumberDecimal('1.26')}",
                "{_id: 2, at: ISODate('2024-01-01T00:00:00.250Z')}",
                "{_id: 3, price: NumberDecimal('1.2'), at: ISODate('2024-01-01T00:00:00Z')}");

        RunReport report = run();

        assertThat(report.total()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(report.rejectsByCode()).containsOnlyKeys(RejectCode.OUT_OF_RANGE);
        assertThat(uses(report)).containsExactly(use("price", "wide.a_price", LossPolicy.ROUND, 1));
        assertThat(database.rows("SELECT mongo_id, a_price FROM wide ORDER BY 1"))
                .containsExactly("1|1.3", "3|1.2");
    }
}
