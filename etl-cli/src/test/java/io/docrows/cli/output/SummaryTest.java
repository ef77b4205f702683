package io.docrows.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import io.docrows.report.Drift;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.report.RowCounts;
import io.docrows.report.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SummaryTest {

    private static RunReport report(RunReport.Status status, long pending, CollectionReport... collections) {
        return new RunReport(
                7, "gigs", "dump:/d", status, Instant.EPOCH, Duration.ofMillis(1_900), List.of(collections), pending);
    }

    private static String summary(RunReport report) {
        return Summary.of(report, new Attempt());
    }

    private static CollectionReport users(Counts counts, Map<RejectCode, Long> rejects, Map<String, Long> fields) {
        return new CollectionReport(
                "users",
                "users",
                counts,
                Duration.ofMillis(500),
                rejects,
                new Drift(fields, Map.of(), Map.of()),
                List.of());
    }

    @Test
    void alignsRowsAndAddsThemUp() {
        CollectionReport gigs = new CollectionReport(
                "gigs", "gigs", new Counts(5, 2, 1, 2, 0, 0), Duration.ofSeconds(1), Map.of(), Drift.NONE, List.of());
        assertThat(summary(report(
                        RunReport.Status.COMPLETED,
                        0,
                        users(new Counts(2_000, 2_000, 0, 0, 0, 0), Map.of(), Map.of()),
                        gigs)))
                .isEqualTo("""
                    Run 7 of gigs completed
                    from dump:/d

                    collection  table   read  inserted  updated  unchanged  rejected  docs/s   time
                    ----------  -----  -----  --------  -------  ---------  --------  ------  -----
                    users       users  2,000     2,000        0          0         0   4,000  0.50s
                    gigs        gigs       5         2        1          2         0       5  1.00s
                    ----------  -----  -----  --------  -------  ---------  --------  ------  -----
                    total              2,005     2,002        1          2         0   1,055  1.90s
                    """);
    }

    @Test
    void saysWhichPoliciesChangedHowManyValues() {
        CollectionReport report = new CollectionReport(
                "users",
                "users",
                new Counts(5_000, 5_000, 0, 0, 0, 0),
                Duration.ofSeconds(1),
                Map.of(),
                Drift.NONE,
                List.of(
                        new PolicyUse("bio", "public.users.bio", LossPolicy.STRIP_NUL, 1_200),
                        new PolicyUse("at.city", "public.users.city", LossPolicy.TRUNCATE, 3)));

        assertThat(summary(report(RunReport.Status.COMPLETED, 0, report))).endsWith("""

            Changed by a policy in users:
            values  policy    field    column
            ------  --------  -------  -----------------
             1,200  stripNul  bio      public.users.bio
                 3  truncate  at.city  public.users.city
            """);
        assertThat(JsonOutput.write(JsonOutput.run(report(RunReport.Status.COMPLETED, 0, report), 0)))
                .contains("\"policyUses\":[{\"column\":\"public.users.bio\",\"path\":\"bio\",\"policy\":\"stripNul\","
                        + "\"values\":1200},{\"column\":\"public.users.city\",\"path\":\"at.city\","
                        + "\"policy\":\"truncate\",\"values\":3}]");
    }

    private static CollectionReport orders(Map<String, RowCounts> rows) {
        return new CollectionReport(
                "orders",
                "orders",
                new Counts(3, 2, 1, 0, 0, 0),
                Duration.ofSeconds(1),
                Map.of(),
                Drift.NONE,
                List.of(),
                Deletions.NONE,
                Optional.empty(),
                rows);
    }

    @Test
    void tellsWhatWasWrittenIntoEachTable() {
        Map<String, RowCounts> rows = new LinkedHashMap<>();
        rows.put("public.orders", new RowCounts(2, 1, 0));
        rows.put("archive.order_items", new RowCounts(9_000, 0, 3));
        RunReport report = report(
                RunReport.Status.COMPLETED,
                0,
                orders(rows),
                users(new Counts(4, 4, 0, 0, 0, 0), Map.of(), Map.of()),
                orders(Map.of("public.orders", new RowCounts(1, 0, 0))),
                orders(Map.of("public.order_items", new RowCounts(0, 0, 1))));

        assertThat(summary(report)).endsWith("""

            collection  rows of              inserted  updated  deleted
            ----------  -------------------  --------  -------  -------
            orders      orders                      2        1        0
                        archive.order_items     9,000        0        3
            orders      order_items                 0        0        1
            """);
        assertThat(JsonOutput.write(JsonOutput.run(report(RunReport.Status.COMPLETED, 0, orders(rows)), 0)))
                .contains("\"tables\":[{\"table\":\"public.orders\",\"inserted\":2,\"updated\":1,\"deleted\":0},"
                        + "{\"table\":\"archive.order_items\",\"inserted\":9000,\"updated\":0,\"deleted\":3}]");
    }

    @Test
    void saysWhatNeedsAttention() {
        String text = summary(report(
                RunReport.Status.COMPLETED,
                1,
                users(
                        new Counts(4, 1, 0, 0, 2, 1),
                        Map.of(RejectCode.INVALID_VALUE, 2L),
                        Map.of("nick", 3L, "age", 1L))));
        assertThat(text)
                .contains("skipped")
                .contains("       2  INVALID_VALUE  a value breaks a rule of the mapping")
                .contains("./etl rejects list --runs 7")
                .contains("1 reference waits")
                .contains("Not mapped in users: nick (3 documents), age (1 document).");
    }

    @Test
    void saysWhichTypesAreMixedAndWhichValuesAreNew() {
        Drift drift = new Drift(
                Map.of(),
                Map.of("price", Map.of("double", 9_990L, "string", 10L), "name", Map.of("string", 10_000L)),
                Map.of("state", 3L));
        RunReport report = report(
                RunReport.Status.COMPLETED,
                0,
                new CollectionReport("gigs", "gigs", Counts.NONE, Duration.ZERO, Map.of(), drift, List.of()));

        assertThat(summary(report)).endsWith("""

            Mixed types in gigs: price (9,990 double, 10 string).

            New values in gigs: state (3 documents). Their enumerations do not have them; add them to the type with a migration, then retry the rejects.
            """);
        assertThat(JsonOutput.write(JsonOutput.run(report, 1)))
                .contains("\"unmappedFields\":{},\"typeMixes\":{\"price\":{\"double\":9990,\"string\":10}},"
                        + "\"newValues\":{\"state\":3}")
                .contains("\"drift\":true");
    }

    @Test
    void showsOnlySomeOfManyFields() {
        Map<String, Long> many =
                IntStream.range(0, 20).boxed().collect(Collectors.toMap(i -> "field" + i, i -> 100L - i));
        assertThat(summary(report(RunReport.Status.FAILED, 0, users(Counts.NONE, Map.of(), many))))
                .contains("failed; what it committed stays")
                .contains("field7 (93 documents) and 12 more fields.")
                .doesNotContain("field8 ");
    }

    @Test
    void saysThatAnInterruptedRunGoesOn() {
        assertThat(summary(report(RunReport.Status.INTERRUPTED, 0)))
                .contains("was interrupted; the next run continues from here");
    }

    @Test
    void takesTheRateOfARunThatWasContinuedFromWhatThisProcessRead() {
        Attempt attempt = new Attempt();
        attempt.collectionStarted("users", OptionalLong.empty(), new Counts(1_900, 1_900, 0, 0, 0, 0));
        attempt.collectionStarted("users", OptionalLong.empty(), new Counts(1_950, 1_950, 0, 0, 0, 0));
        CollectionReport users = users(new Counts(2_000, 2_000, 0, 0, 0, 0), Map.of(), Map.of());
        assertThat(Summary.of(report(RunReport.Status.COMPLETED, 0, users), attempt))
                .contains("0     200  0.50s")
                .contains("0      53  1.90s");
    }

    @Test
    void hasAMeaningForEveryCode() {
        for (RejectCode code : RejectCode.values()) {
            assertThat(RejectAdvice.of(code)).isNotBlank();
        }
    }
}
