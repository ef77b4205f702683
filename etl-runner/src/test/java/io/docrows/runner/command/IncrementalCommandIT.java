package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs that read only what was changed, on the command line. */
@Tag("long")
final class IncrementalCommandIT {

    private static final Databases DATABASES = Databases.shared();

    @TempDir
    Path directory;

    private String target = "";

    @BeforeEach
    void makeDatabase() throws SQLException {
        target = DATABASES.create();
    }

    private Result etl(String command, String... more) {
        List<String> args = new ArrayList<>(
                List.of(command, "--source", Etl.SAMPLES.resolve("gigs").toString(), "--target", target));
        args.addAll(List.of(more));
        return Etl.in(directory).run(args.toArray(String[]::new));
    }

    @Test
    void readsWhatWasChangedSinceTheLastRun() throws Exception {
        JsonNode first = etl("run", "--watermark", "updated", "--no-progress", "--output", "json")
                .json()
                .at("/collections/0");
        assertThat(first.get("read").asInt()).isEqualTo(2_000);
        assertThat(first.at("/watermark/field").asString()).isEqualTo("updated");
        assertThat(first.at("/watermark").has("since")).isFalse();
        String newest = Databases.text(
                target,
                "SELECT count(*) FROM users WHERE updated >= (SELECT max(updated) - interval '1 h' FROM users)");

        Result plan = etl("plan", "--watermark", "updated", "--overlap", "1h");
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out())
                .contains("Only documents of users changed since ", " UTC would be read; --full reads all.");
        Result second =
                etl("run", "--watermark", "updated", "--overlap", "1h", "--report", "report.html", "--no-progress");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out())
                .contains("Only documents of users changed since ", " UTC were read; --full reads all.")
                .containsPattern("users +users +" + newest + " ");
        assertThat(Jsoup.parse(Files.readString(directory.resolve("report.html")))
                        .text())
                .contains("Only of users what changed since");

        Result status = Etl.in(directory).run("status", "--target", target);
        assertThat(status.out()).containsOnlyOnce("completed, changes only");
        assertThat(Etl.in(directory)
                        .run("status", "--target", target, "--output", "json")
                        .json()
                        .at("/runs/0/collections/1")
                        .has("since"))
                .isTrue();

        Databases.execute(target, "UPDATE users SET name = 'x' WHERE id = 3");
        assertThat(etl("verify").exitCode()).isEqualTo(1);
        JsonNode full = etl("run", "--watermark", "updated", "--full", "--no-progress", "--output", "json")
                .json()
                .at("/collections/0");
        assertThat(full.get("read").asInt()).isEqualTo(2_000);
        assertThat(full.get("updated").asInt()).isOne();
    }

    @Test
    void refusesWhatIsNoFieldOrTime() {
        assertThat(etl("run", "--watermark", " ").errorLine()).contains("--watermark");
        Result overlap = etl("plan", "--overlap", "soon");
        assertThat(overlap.exitCode()).isEqualTo(2);
        assertThat(overlap.errorLine()).contains("such as 15m");
    }
}
