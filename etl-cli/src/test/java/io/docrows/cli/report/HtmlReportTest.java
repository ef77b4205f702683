package io.docrows.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectCode;
import io.docrows.history.PastCollection;
import io.docrows.history.PastRun;
import io.docrows.history.RejectPlace;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import io.docrows.report.Drift;
import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import io.docrows.report.RowCounts;
import io.docrows.report.RunReport;
import io.docrows.run.BatchTiming;
import io.docrows.run.RunOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HtmlReportTest {

    private static final Counts COUNTS = new Counts(1_010, 1_000, 4, 3, 2, 1);

    private final AtomicLong clock = new AtomicLong();
    private final RunRecorder recorder = new RunRecorder(clock::get);

    private void pass(double seconds) {
        clock.addAndGet((long) (seconds * 1e9));
    }

    private CollectionReport load(String collection, String table, String field) {
        recorder.collectionStarted(collection, OptionalLong.of(1_010), Counts.NONE);
        for (int batch = 0; batch < 10; batch++) {
            pass(0.5);
            recorder.batchCommitted(collection, new Counts(101, 100, 1, 0, 0, 0));
            recorder.batchTimed(
                    collection,
                    new BatchTiming(
                            Duration.ofMillis(100),
                            Duration.ofMillis(60),
                            Duration.ofMillis(340),
                            Duration.ofMillis(5),
                            Duration.ofMillis(495)));
        }
        CollectionReport report = new CollectionReport(
                collection,
                table,
                COUNTS,
                Duration.ofSeconds(5),
                Map.of(RejectCode.INVALID_VALUE, 2L),
                new Drift(Map.of(field, 7L), Map.of(field, Map.of("int", 5L, "string", 2L)), Map.of()),
                List.of(new PolicyUse(field, field, LossPolicy.STRIP_NUL, 1_200)),
                Deletions.NONE,
                Optional.empty(),
                Map.of(table, new RowCounts(1_000, 4, 0)));
        recorder.collectionFinished(report);
        return report;
    }

    private static PastRun past(long run, int seconds, long documents, String source) {
        return new PastRun(
                run,
                "gigs",
                source,
                PastRun.State.COMPLETED,
                Instant.EPOCH,
                Optional.of(Instant.ofEpochSecond(seconds)),
                Optional.empty(),
                false,
                List.of(new PastCollection("users", 1, 1, new Counts(documents, documents, 0, 0, 0, 0))));
    }

    @Test
    void showsWhatWasWrittenIntoEachTable() {
        Element section = page("users").selectFirst("section[aria-labelledby=tables]");

        assertThat(section.select("tbody tr").eachText()).containsExactly("users users 1,000 4 0");
    }

    /** A page in which every text that may come from outside is this one. */
    private Document page(String text) {
        recorder.runStarted(7, false);
        recorder.retrying(text, 1, Duration.ofSeconds(1));
        RunReport report = new RunReport(
                7,
                "gigs",
                text,
                RunReport.Status.FAILED,
                Instant.EPOCH,
                Duration.ofSeconds(6),
                List.of(load(text, text, text)),
                3);
        recorder.runFinished(report);
        return Jsoup.parse(HtmlReport.html(
                new RunFacts(
                        report,
                        text,
                        text,
                        RunOptions.defaults(),
                        List.of(past(7, 6, 1_010, text), past(6, 12, 1_000, text)),
                        List.of(new RejectPlace(text, text, Optional.of(text), Optional.of(text), 2)),
                        text,
                        text),
                recorder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "</title></style></svg><h1>mine</h1>",
                "&lt;b&gt;",
                "]]><!-- ${7*7} @raw"
            })
    void nothingThatADocumentHoldsBecomesMarkup(String text) {
        Document harmless = new HtmlReportTest().page("harmless");
        Document page = page(text);
        assertThat(page.getAllElements().eachAttr("class"))
                .isEqualTo(harmless.getAllElements().eachAttr("class"));
        assertThat(page.getAllElements().stream().map(Element::tagName))
                .isEqualTo(
                        harmless.getAllElements().stream().map(Element::tagName).toList());
        assertThat(page.getAllElements().stream()
                        .map(element -> element.attributes().size()))
                .isEqualTo(harmless.getAllElements().stream()
                        .map(element -> element.attributes().size())
                        .toList());
        assertThat(page.select(".failure p").text()).isEqualTo(text);
        assertThat(page.select("[aria-labelledby=drift] tbody th").text()).isEqualTo(text);
        assertThat(page.select("[aria-labelledby=conversions] tbody th").text()).isEqualTo(text);
        assertThat(page.select(".places code").get(0).text()).isEqualTo(text);
    }

    @Test
    void isOneFileWithoutScriptsThatFetchesNothing() {
        Document page = page("users");
        assertThat(page.select("script, link, iframe, object, embed, form, img"))
                .isEmpty();
        assertThat(page.select("[src], [href], [action], [onload], [onclick]")).isEmpty();
        assertThat(page.select("style").html()).doesNotContain("url(", "@import");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .contains("default-src 'none'");
    }

    @Test
    void canBeReadWithoutSeeingIt() {
        Document page = page("users");
        assertThat(page.select("html").attr("lang")).isEqualTo("en");
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("table")).isNotEmpty().allSatisfy(table -> {
            assertThat(table.select("caption").text()).isNotBlank();
            assertThat(table.select("tbody th"))
                    .allSatisfy(cell -> assertThat(cell.attr("scope")).isEqualTo("row"));
        });
        assertThat(page.select("section"))
                .allSatisfy(section -> assertThat(page.getElementById(section.attr("aria-labelledby")))
                        .isNotNull());
        assertThat(page.select("svg[role=img]").attr("aria-label"))
                .isEqualTo("Documents a second over time. users: from 0s to 5s, at most 202 documents a second.");
    }

    @Test
    void tellsWhatBecameOfTheDocuments() {
        Document page = page("users");
        assertThat(page.title()).isEqualTo("Run 7 of gigs: failed");
        assertThat(page.select(".figures dd").eachText()).containsExactly("1,010", "168", "1,004", "2", "6.00s");
        assertThat(page.select(".identity").text())
                .endsWith("1,010 read = 1,000 inserted + 4 updated + 3 unchanged + 2 rejected + 1 skipped");
        assertThat(page.select("[aria-labelledby=documents] tbody td").eachText())
                .containsExactly("1,010", "1,000", "4", "3", "2", "1", "202", "5.00s");
        assertThat(page.select("[aria-labelledby=documents] .bar")
                        .get(0)
                        .select(".inserted")
                        .attr("style"))
                .isEqualTo("width: 99.01%");
    }

    @Test
    void tellsWhichPoliciesChangedHowManyValues() {
        assertThat(page("bio").select("[aria-labelledby=conversions] tbody tr").text())
                .isEqualTo("bio bio bio stripNul 1,200");
    }

    @Test
    void saysWhatSetThePace() {
        assertThat(page("users").select(".phase h3").text())
                .isEqualTo("users Writing to the target set the pace: readers waited for it.");
    }

    @Test
    void saysHowMuchTimeTheCollectionsDoNotExplain() {
        assertThat(page("users").select("[aria-labelledby=time] > p").last().text())
                .startsWith("Besides the collections, 1.00s went into preparation");
    }

    @Test
    void comparesWithTheRunBeforeOfTheSameSource() {
        assertThat(page("dump:/d").select("[aria-labelledby=past] > p").text())
                .isEqualTo("Compared with run 6 of the same source: 10 more documents, 6.00s instead of 12.00s.");
        assertThat(Comparison.of(List.of(past(7, 6, 10, "dump:/d"), past(6, 6, 10, "dump:/other")), 7))
                .isEmpty();
    }
}
