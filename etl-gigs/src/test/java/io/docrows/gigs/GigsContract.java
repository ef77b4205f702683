package io.docrows.gigs;

import static io.docrows.gigs.Decoding.json;
import static io.docrows.gigs.db.Tables.GIGS;
import static io.docrows.gigs.db.Tables.SKILLS;
import static io.docrows.gigs.db.Tables.USERS;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectCode;
import io.docrows.gigs.db.enums.GigState;
import io.docrows.gigs.db.tables.records.GigsRecord;
import io.docrows.gigs.samples.Bson;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pipeline promises, whatever the documents come from and whichever PostgreSQL they go to. */
abstract class GigsContract {

    private static final String ADA =
            "{_id: 1, name: 'Ada', email: 'ada@example.com', skills: ['Gardener', 'Beekeeper']}";
    private static final String BEN = "{_id: 2, name: 'Ben', skills: ['Gardener', 'Plumber']}";
    private static final String MOW = "{_id: 1, state: 'unstarted', title: 'Mow', poster: 1}";

    private DataSource dataSource;
    private Target target;

    /** A source that holds just these documents. */
    abstract DocumentSource source(List<BsonDocument> users, List<BsonDocument> gigs);

    /** A source that holds the documents of the sample. */
    abstract DocumentSource sample();

    /** The PostgreSQL server. */
    abstract MigratedDatabases databases();

    @BeforeEach
    final void makeTarget() {
        dataSource = databases().fresh();
        target = new Target(dataSource);
    }

    @Test
    void theFirstRunInserts() {
        RunReport report = load(List.of(ADA, BEN), List.of("""
            {_id: {$oid: '5313354a5c1af00d422b0000'}, created: {$date: '1969-07-20T20:17:40.5Z'}, updated: {$date: '2026-03-13T14:57:30.25Z'},
             title: 'Mend “the” clock', description: 'It’s 18:00–23:00 ☕', state: 'in_progress', poster: 2,
             budget: {$numberDecimal: '1463.60'}, upsert: true}
            """));

        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(counts(report, "users")).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(counts(report, "gigs")).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertThat(report.collections())
                .allSatisfy(each -> assertThat(each.unmappedFields()).isEmpty());
        assertThat(target.user("1").getEmail()).isEqualTo("ada@example.com");
        assertThat(target.skills("1")).containsExactly("Beekeeper", "Gardener");
        GigsRecord gig = target.gig("5313354a5c1af00d422b0000");
        assertThat(gig.getCreated()).isEqualTo(Instant.parse("1969-07-20T20:17:40.5Z"));
        assertThat(gig.getUpdated()).isEqualTo(Instant.parse("2026-03-13T14:57:30.25Z"));
        assertThat(gig.getTitle()).isEqualTo("Mend 'the' clock");
        assertThat(gig.getDescription()).isEqualTo("It's 18:00-23:00 ☕");
        assertThat(gig.getState()).isEqualTo(GigState.in_progress);
        assertThat(gig.getBudget()).isEqualByComparingTo("1463.6");
        assertThat(target.poster("5313354a5c1af00d422b0000")).isEqualTo("2");
    }

    @Test
    void aSecondRunWritesNoRowVersion() {
        load(List.of(ADA, BEN), List.of(MOW));
        List<String> before = target.rowVersions();

        RunReport report = load(List.of(ADA, BEN), List.of(MOW));

        assertThat(report.total()).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
        assertThat(target.rowVersions()).isEqualTo(before);
    }

    @Test
    void aChangedFieldUpdatesItsRowAlone() {
        load(List.of(ADA, BEN), List.of(MOW));
        long id = target.gig("1").getId();

        RunReport report =
                load(List.of(ADA, BEN), List.of("{_id: 1, state: 'done', title: 'Mow', poster: 2, budget: 12.5}"));

        assertThat(counts(report, "users")).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
        assertThat(counts(report, "gigs")).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
        assertThat(target.gig("1").getId()).isEqualTo(id);
        assertThat(target.gig("1").getState()).isEqualTo(GigState.done);
        assertThat(target.gig("1").getBudget()).isEqualByComparingTo("12.5");
        assertThat(target.poster("1")).isEqualTo("2");
    }

    @Test
    void aFieldThatLeftTheDocumentBecomesNull() {
        load(List.of(ADA), List.of(MOW));

        load(List.of("{_id: 1, name: 'Ada'}"), List.of("{_id: 1, state: 'unstarted'}"));

        assertThat(target.user("1").getEmail()).isNull();
        assertThat(target.gig("1").getTitle()).isNull();
        assertThat(target.poster("1")).isNull();
    }

    @Test
    void linksEqualTheArrayAfterEveryRun() {
        load(List.of(ADA, BEN), List.of());

        RunReport report = load(
                List.of("{_id: 1, name: 'Ada', email: 'ada@example.com', skills: ['Beekeeper', 'Baker']}", BEN),
                List.of());

        assertThat(counts(report, "users")).isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
        assertThat(target.skills("1")).containsExactly("Baker", "Beekeeper");
        assertThat(target.skills("2")).containsExactly("Gardener", "Plumber");

        load(List.of("{_id: 1, name: 'Ada', email: 'ada@example.com'}", BEN), List.of());

        assertThat(target.skills("1")).isEmpty();
        assertThat(target.count(USERS_SKILLS)).isEqualTo(2);
    }

    @Test
    void aKnownSkillIsLinkedAndAnUnknownOneIsCreatedOnce() {
        int known = target.count(SKILLS);

        load(
                List.of(
                        "{_id: 1, name: 'Ada', skills: ['Make–up Artist', 'Lute Maker', '', 'Lute Maker']}",
                        "{_id: 2, name: 'Ben', skills: ['Make-up Artist', 'Lute Maker', ' ']}"),
                List.of());

        assertThat(target.skills("1")).containsExactly("Lute Maker", "Make-up Artist");
        assertThat(target.skills("2")).containsExactly("Lute Maker", "Make-up Artist");
        assertThat(target.count(SKILLS)).isEqualTo(known + 1);
    }

    @Test
    void idsOfEveryTypeFindTheirRowAgain() {
        List<String> users = List.of(
                "{_id: 7, name: 'int'}",
                "{_id: '7', name: 'string'}",
                "{_id: {$numberLong: '5000000000'}, name: 'long'}",
                "{_id: {$oid: '5311c1565c1af00d420a1000'}, name: 'ObjectId'}",
                "{_id: '5311c1565c1af00d420a1000', name: 'string like an ObjectId'}");
        List<String> gigs = List.of(
                "{_id: 1, state: 'done', poster: 7.0}",
                "{_id: 2, state: 'done', poster: '7'}",
                "{_id: 3, state: 'done', poster: {$numberLong: '5000000000'}}",
                "{_id: 4, state: 'done', poster: {$oid: '5311c1565c1af00d420a1000'}}",
                "{_id: 5, state: 'done', poster: '5311c1565c1af00d420a1000'}");

        RunReport first = load(users, gigs);
        RunReport second = load(users, gigs);

        assertThat(first.total()).isEqualTo(new Counts(10, 10, 0, 0, 0, 0));
        assertThat(first.pendingReferences()).isZero();
        assertThat(second.total()).isEqualTo(new Counts(10, 0, 0, 10, 0, 0));
        assertThat(List.of("1", "2", "3", "4", "5").stream()
                        .map(gig ->
                                target.user(String.valueOf(target.poster(gig))).getName()))
                .containsExactly("int", "string", "long", "ObjectId", "string like an ObjectId");
    }

    @Test
    void aPosterIsFilledInByTheRunInWhichTheUserArrives() {
        RunReport early = load(List.of(BEN), List.of(MOW));

        assertThat(counts(early, "gigs")).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertThat(early.pendingReferences()).isEqualTo(1);
        assertThat(target.poster("1")).isNull();

        RunReport late = load(List.of(BEN, ADA), List.of());

        assertThat(late.pendingReferences()).isZero();
        assertThat(target.poster("1")).isEqualTo("1");
        assertThat(load(List.of(BEN, ADA), List.of(MOW)).total()).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
    }

    @Test
    void aPosterWhoIsStillMissingKeepsTheGigUnchanged() {
        load(List.of(BEN), List.of(MOW));

        RunReport again = load(List.of(BEN), List.of(MOW));

        assertThat(again.total()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
        assertThat(again.pendingReferences()).isEqualTo(1);
    }

    @Test
    void aPosterWhoLeftTheGigIsWaitedForNoLonger() {
        load(List.of(BEN), List.of(MOW));

        RunReport report = load(List.of(BEN), List.of("{_id: 1, state: 'unstarted', title: 'Mow'}"));

        assertThat(report.pendingReferences()).isZero();
        load(List.of(ADA, BEN), List.of());
        assertThat(target.poster("1")).isNull();
    }

    @Test
    void theFirstUserWithAnEmailStaysAndTheSecondIsRejected() {
        String second = "{_id: 3, name: 'Adah', email: 'mailto:ADA@example.com'}";

        RunReport report = load(List.of(ADA, second, BEN), List.of("{_id: 1, state: 'done', poster: 3}"));

        assertThat(counts(report, "users")).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(report.rejectsByCode()).isEqualTo(Map.of(RejectCode.DUPLICATE_VALUE, 1L));
        assertThat(target.rejects("users")).containsExactly(reject(RejectCode.DUPLICATE_VALUE, second));
        assertThat(target.hasUser("3")).isFalse();
        assertThat(report.pendingReferences()).isEqualTo(1);
        assertThat(counts(load(List.of(ADA, second, BEN), List.of()), "users")).isEqualTo(new Counts(3, 0, 0, 2, 1, 0));
    }

    @Test
    void anEmailThatAnEarlierRunGaveAwayIsTaken() {
        load(List.of(ADA), List.of());

        RunReport report = load(List.of("{_id: 3, name: 'Adah', email: 'Ada@example.com'}"), List.of());

        assertThat(counts(report, "users")).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
        assertThat(target.user("1").getEmail()).isEqualTo("ada@example.com");
    }

    @Test
    void anEmailMayPassFromOneUserToAnotherWithinARun() {
        load(List.of(ADA, BEN), List.of());

        RunReport report = load(
                List.of(
                        "{_id: 1, name: 'Ada', email: 'new@example.com', skills: ['Gardener', 'Beekeeper']}",
                        "{_id: 2, name: 'Ben', email: 'ada@example.com', skills: ['Gardener', 'Plumber']}"),
                List.of());

        assertThat(counts(report, "users")).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(target.user("1").getEmail()).isEqualTo("new@example.com");
        assertThat(target.user("2").getEmail()).isEqualTo("ada@example.com");
    }

    @Test
    void twoUsersMayExchangeTheirEmails() {
        load(
                List.of(
                        "{_id: 1, name: 'Ada', email: 'ada@example.com'}",
                        "{_id: 2, name: 'Ben', email: 'ben@example.com'}"),
                List.of());

        RunReport report = load(
                List.of(
                        "{_id: 1, name: 'Ada', email: 'ben@example.com'}",
                        "{_id: 2, name: 'Ben', email: 'ada@example.com'}"),
                List.of());

        assertThat(counts(report, "users")).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(target.user("1").getEmail()).isEqualTo("ben@example.com");
        assertThat(target.user("2").getEmail()).isEqualTo("ada@example.com");
    }

    @Test
    void aDocumentThatBreaksARuleLaterLeavesItsRowAsItWas() {
        load(List.of(ADA), List.of(MOW));
        List<String> before = target.rowVersions();

        RunReport report = load(List.of("{_id: 1}"), List.of("{_id: 1, state: 'archived'}"));

        assertThat(report.total()).isEqualTo(new Counts(2, 0, 0, 0, 2, 0));
        assertThat(target.rowVersions()).isEqualTo(before);
    }

    @Test
    void aRejectIsKeptByteForByteUntilItsDocumentLoads() {
        String nameless = "{_id: 4, email: 'nobody@example.com', extra: {$numberDecimal: '1.10'}}";

        RunReport rejected = load(List.of(ADA, nameless), List.of("{_id: 5, state: 'archived'}", MOW));

        assertThat(rejected.total()).isEqualTo(new Counts(4, 2, 0, 0, 2, 0));
        assertThat(rejected.rejectsByCode())
                .isEqualTo(Map.of(RejectCode.MISSING_VALUE, 1L, RejectCode.INVALID_VALUE, 1L));
        assertThat(target.rejects("users")).containsExactly(reject(RejectCode.MISSING_VALUE, nameless));
        assertThat(target.rejects("gigs"))
                .containsExactly(reject(RejectCode.INVALID_VALUE, "{_id: 5, state: 'archived'}"));

        RunReport repaired = load(List.of(ADA, "{_id: 4, name: 'Nell'}"), List.of("{_id: 5, state: 'cancelled'}", MOW));

        assertThat(repaired.total()).isEqualTo(new Counts(4, 2, 0, 2, 0, 0));
        assertThat(target.rejects("users")).isEmpty();
        assertThat(target.rejects("gigs")).isEmpty();
    }

    @Test
    void aFieldThatNobodyMapsIsReported() {
        RunReport report = load(List.of("{_id: 1, name: 'Ada', __v: 0}"), List.of());

        assertThat(collection(report, "users").unmappedFields()).isEqualTo(Map.of("__v", 1L));
    }

    @Test
    void oneBatchADocumentComesToTheSameEnd() {
        List<String> users = List.of(ADA, "{_id: 3, name: 'Adah', email: 'ada@example.com'}", BEN, "{_id: 9}");
        List<String> gigs = List.of(MOW, "{_id: 2, state: 'done', poster: 2}", "{_id: 3, state: 'done', poster: 99}");

        RunReport report = load(users, gigs, RunOptions.defaults().batch(1, 1));

        assertThat(report.total()).isEqualTo(new Counts(7, 5, 0, 0, 2, 0));
        assertThat(report.pendingReferences()).isEqualTo(1);
        assertThat(target.count(USERS)).isEqualTo(2);
        assertThat(target.count(GIGS)).isEqualTo(3);
        assertThat(load(users, gigs).total()).isEqualTo(new Counts(7, 0, 0, 5, 2, 0));
    }

    @Test
    void theSampleLoadsWithoutARejectAndThenStays() {
        RunReport first = load(sample(), RunOptions.defaults());

        assertThat(counts(first, "users")).isEqualTo(new Counts(2_000, 2_000, 0, 0, 0, 0));
        assertThat(counts(first, "gigs")).isEqualTo(new Counts(5_000, 5_000, 0, 0, 0, 0));
        assertThat(first.pendingReferences()).isEqualTo(3);
        List<String> written = target.rowVersions();

        RunReport second = load(sample(), RunOptions.defaults());

        assertThat(second.total()).isEqualTo(new Counts(7_000, 0, 0, 7_000, 0, 0));
        assertThat(second.pendingReferences()).isEqualTo(3);
        assertThat(target.rowVersions()).isEqualTo(written);
    }

    final Target target() {
        return target;
    }

    static Counts counts(RunReport report, String collection) {
        return collection(report, collection).counts();
    }

    private RunReport load(List<String> users, List<String> gigs) {
        return load(users, gigs, RunOptions.defaults());
    }

    private RunReport load(List<String> users, List<String> gigs, RunOptions options) {
        return load(
                source(
                        users.stream().map(Decoding::json).toList(),
                        gigs.stream().map(Decoding::json).toList()),
                options);
    }

    final RunReport load(DocumentSource source, RunOptions options) {
        try (source) {
            return GigsPipeline.pipeline().source(source).target(dataSource).run(options);
        }
    }

    private static CollectionReport collection(RunReport report, String name) {
        return report.collections().stream()
                .filter(each -> each.collection().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String reject(RejectCode code, String document) {
        return Target.reject(code.name(), Bson.encode(json(document)));
    }
}
