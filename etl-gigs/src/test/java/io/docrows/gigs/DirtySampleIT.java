package io.docrows.gigs;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.embedded.PostgresServer;
import io.docrows.error.RejectCode;
import io.docrows.gigs.samples.DirtyRejects;
import io.docrows.gigs.samples.Samples;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A load of the dirty sample against what its page promises. */
@Tag("long")
final class DirtySampleIT {

    private static final Pattern DOCUMENTS = Pattern.compile("(?m)^\\| (\\w+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$");
    private static final Pattern REJECTS = Pattern.compile("(?m)^\\| (\\w+) \\| `([A-Z_0-9]+)` \\| (\\d+) \\|$");

    private static PostgresServer postgres;
    private static MigratedDatabases databases;

    private DataSource dataSource;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.temporary();
        databases = MigratedDatabases.on(postgres.jdbcUrl());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void makeTarget() {
        dataSource = databases.fresh();
    }

    @Test
    void theCountsAreThoseOfThePage() throws IOException {
        assertThat(load(Samples.dirty())).satisfies(DirtySampleIT::equalsThePage);
    }

    @Test
    void theyAreTheSameBesideTheOtherSample() throws IOException {
        load(Samples.gigs());

        assertThat(load(Samples.dirty())).satisfies(DirtySampleIT::equalsThePage);
    }

    @Test
    void aSecondRunRejectsTheSameAndChangesNothing() {
        Counts first = load(Samples.dirty()).total();
        List<String> written = new Target(dataSource).rowVersions();

        RunReport second = load(Samples.dirty());

        assertThat(second.total()).isEqualTo(new Counts(first.read(), 0, 0, first.inserted(), first.rejected(), 0));
        assertThat(new Target(dataSource).rowVersions()).isEqualTo(written);
    }

    @Tag("long")
    @Test
    void everyRejectedDocumentIsReadBackByteForByte() {
        load(Samples.dirty());

        Target target = new Target(dataSource);
        DirtyRejects.byCollection().forEach((collection, rejects) -> {
            List<String> expected = new ArrayList<>();
            rejects.forEach(reject -> expected.add(Target.reject(reject.code().name(), reject.bson())));
            assertThat(target.rejects(collection)).containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    @Test
    void theUserWhoHadTheEmailFirstIsTheOneWhoIsThere() {
        load(Samples.dirty());

        Target target = new Target(dataSource);
        assertThat(target.user("90003").getEmail()).isEqualTo("user3@dirty.example.com");
        assertThat(target.hasUser("90115")).isFalse();
    }

    private RunReport load(Path dump) {
        try (DocumentSource source = DumpSource.open(dump)) {
            return GigsPipeline.pipeline().source(source).target(dataSource).run(RunOptions.defaults());
        }
    }

    private static void equalsThePage(RunReport report) throws IOException {
        String page = Files.readString(Samples.dirty().resolve("README.md"));
        assertThat(DOCUMENTS.matcher(page).results().toList())
                .hasSize(2)
                .allSatisfy(row -> assertThat(collection(report, row).counts())
                        .isEqualTo(new Counts(number(row, 2), number(row, 3), 0, 0, number(row, 4), 0)));
        for (CollectionReport each : report.collections()) {
            Map<RejectCode, Long> expected = new EnumMap<>(RejectCode.class);
            REJECTS.matcher(page)
                    .results()
                    .filter(row -> row.group(1).equals(each.collection()))
                    .forEach(row -> expected.put(RejectCode.valueOf(row.group(2)), number(row, 3)));
            assertThat(each.rejectsByCode()).isEqualTo(expected);
        }
    }

    private static CollectionReport collection(RunReport report, MatchResult row) {
        return report.collections().stream()
                .filter(each -> each.collection().equals(row.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static long number(MatchResult row, int group) {
        return Long.parseLong(row.group(group));
    }
}
