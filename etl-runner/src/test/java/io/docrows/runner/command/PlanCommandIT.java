package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class PlanCommandIT {

    private static final Databases DATABASES = Databases.shared();

    @TempDir
    Path directory;

    private String target = "";

    @BeforeEach
    void makeDatabase() throws SQLException {
        target = DATABASES.create();
    }

    private Result etl(String command, String sample, String... more) {
        List<String> args = new ArrayList<>(
                List.of(command, "--source", Etl.SAMPLES.resolve(sample).toString(), "--target", target));
        args.addAll(List.of(more));
        return Etl.in(directory).run(args.toArray(String[]::new));
    }

    @Test
    void saysWhatARunThenDoes() {
        Result unmigrated = etl("plan", "gigs");
        assertThat(unmigrated.exitCode()).isEqualTo(4);
        assertThat(unmigrated.errorLine()).contains("./etl migrate");
        Etl.in(directory).run("migrate", "--target", target);

        JsonNode plan = etl("plan", "gigs-dirty", "--output", "json").json();
        assertThat(plan.get("exitCode").asInt()).isEqualTo(1);
        assertThat(plan.get("firstRun").asBoolean()).isTrue();
        JsonNode run =
                etl("run", "gigs-dirty", "--no-progress", "--output", "json").json();
        for (int i = 0; i < 2; i++) {
            for (String count : List.of("read", "inserted", "updated", "unchanged", "rejected", "skipped")) {
                assertThat(plan.get("collections").get(i).get(count))
                        .as(count)
                        .isEqualTo(run.get("collections").get(i).get(count));
            }
        }
        assertThat(plan.get("rejectsByCode")).isEqualTo(run.get("rejectsByCode"));
    }

    @Tag("long")
    @Test
    void saysThatNothingIsToBeDone() throws SQLException {
        etl("run", "gigs", "--no-progress");

        Result nothing = etl("plan", "gigs");
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.out())
                .startsWith("gigs: a run would change nothing\n")
                .endsWith("Nothing was written.\n");

        Databases.execute(target, "UPDATE users SET name = 'x', email = NULL WHERE id = 3");
        Result change = etl("plan", "gigs");
        assertThat(change.exitCode()).isEqualTo(1);
        assertThat(change.out()).contains("Updates of users: name in 1 document, email in 1 document");
    }
}
