package io.docrows.run;

import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.MemberTable.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.PlanReport;
import io.docrows.report.VerifyReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemberTable;
import io.docrows.testing.MemberTable.MemberRecord;
import io.docrows.testing.MemorySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a column's type says of NULL and of its default counts as if the column said so itself. */
final class DomainsIT {

    private static final CollectionMapping<MemberRecord> MEMBERS = CollectionMapping.of("members", MEMBER)
            .key(MEMBER.badge, string("_id"))
            .map(MEMBER.nr, int32("nr"))
            .map(MEMBER.rank, string("rank"))
            .map(MEMBER.points, decimal("points"))
            .map(MEMBER.hundreds, decimal("hundreds"))
            .map(MEMBER.tiny, decimal("tiny"))
            .map(MEMBER.name, string("name"))
            .reference(MEMBER.sponsorId, string("sponsor"), MEMBER.badge)
            .build();

    private static final String ROWS =
            "SELECT m.badge, m.rank, m.points, m.name_length, s.badge FROM member m LEFT JOIN"
                    + " member s ON s.id = m.sponsor_id ORDER BY 1";

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with(
                    "members",
                    "{_id: 'a', rank: 'Patron', points: 7, name: 'Ada'}",
                    "{_id: 'b', sponsor: 'a'}",
                    "{_id: 'c', rank: null, points: null}");
    private final ConnectedPipeline pipeline =
            Docrows.pipeline("members", MEMBERS).source(source).target(database.target());

    @BeforeEach
    void members() {
        database.execute(MemberTable.SQL);
    }

    private Counts run() {
        return pipeline.run(RunOptions.defaults()).total();
    }

    @ParameterizedTest
    @EnumSource
    void aMissingFieldGetsTheDefaultOfItsColumnsDomain(BulkLoad bulkLoad) {
        assertThat(pipeline.run(RunOptions.defaults().bulkLoad(bulkLoad)).total())
                .isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(database.rows(ROWS)).containsExactly("a|Patron|7.00|3|-", "b|Reader|1.50|-|a", "c|Reader|1.50|-|-");
        assertThat(database.rows("SELECT count(DISTINCT nr) FROM member")).containsExactly("3");
    }

    @Test
    void aRowKeepsWhatItHasWhereTheFieldIsMissingAndASecondRunWritesNothing() {
        run();
        String versions = "SELECT badge, xmin FROM member ORDER BY 1";
        var before = database.rows(versions);

        assertThat(run()).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
        assertThat(database.rows(versions)).isEqualTo(before);

        source.with("members", "{_id: 'a', name: 'Ada L.'}", "{_id: 'b', rank: 'Patron'}", "{_id: 'c'}", "{_id: 'd'}");
        PlanReport plan = pipeline.plan(PlanOptions.defaults());
        assertThat(plan.total()).isEqualTo(new Counts(4, 1, 2, 1, 0, 0));
        assertThat(run()).isEqualTo(new Counts(4, 1, 2, 1, 0, 0));
        assertThat(database.rows(ROWS))
                .containsExactly("a|Patron|7.00|6|-", "b|Patron|1.50|-|-", "c|Reader|1.50|-|-", "d|Reader|1.50|-|-");
    }

    @Test
    void bothSidesAreComparedWhereADomainRefusesNull() {
        run();
        source.with(
                "members",
                "{_id: 'a', rank: 'Patron', points: 7, name: 'Ada'}",
                "{_id: 'b', sponsor: 'a', points: 2}",
                "{_id: 'c'}",
                "{_id: 3}");

        VerifyReport report = pipeline.verify(VerifyOptions.defaults());

        assertThat(report.collections()).singleElement().satisfies(members -> {
            assertThat(members.equal()).isEqualTo(2);
            assertThat(members.different()).isEqualTo(1);
        });
    }

    @Test
    void aNumberFitsAScaleBelowZeroAndOneBeyondThePrecision() {
        source.with(
                "members",
                "{_id: 'a', hundreds: 999900, tiny: {$numberDecimal: '0.00099'}}",
                "{_id: 'b', hundreds: {$numberDecimal: '-12E+2'}, tiny: {$numberDecimal: '-0.0001'}}",
                "{_id: 'c', hundreds: 0, tiny: 0}",
                "{_id: 'x1', hundreds: 1250}",
                "{_id: 'x2', hundreds: 1000000}",
                "{_id: 'x3', tiny: {$numberDecimal: '0.001'}}",
                "{_id: 'x4', tiny: {$numberDecimal: '0.000001'}}");

        assertThat(run()).isEqualTo(new Counts(7, 3, 0, 0, 4, 0));
        assertThat(database.rows("SELECT badge, hundreds, tiny FROM member ORDER BY 1"))
                .containsExactly("a|999900|0.00099", "b|-1200|-0.00010", "c|0|0.00000");
        assertThat(database.rows("SELECT document_key, code, detail FROM docrows.reject ORDER BY 1"))
                .containsExactly(
                        "x1|OUT_OF_RANGE|the number is not a multiple of 100, as a numeric(4, -2) demands, and would"
                                + " be rounded",
                        "x2|OUT_OF_RANGE|the number has more than 6 digits before the decimal point",
                        "x3|OUT_OF_RANGE|the number is not below 0.001 in size, as a numeric(2, 5) demands",
                        "x4|OUT_OF_RANGE|the number has more than 5 decimal places and would be rounded");
        assertThat(pipeline.run(RunOptions.defaults().force(true)).total().unchanged())
                .isEqualTo(3);
    }
}
