package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/** Rows whose document is gone, on the command line. */
final class DeletesCommandIT {

    private static final Databases DATABASES = Databases.shared();

    @TempDir
    Path directory;

    private String target = "";
    private Path dump = Path.of("");
    private int gigs;

    @BeforeEach
    void loadTheSample() throws SQLException, IOException {
        target = DATABASES.create();
        dump = Files.createDirectory(directory.resolve("dump"));
        Files.copy(Etl.SAMPLES.resolve("gigs/users.bson"), dump.resolve("users.bson"));
        gigs = keepGigs(Integer.MAX_VALUE);
        assertThat(etl("run", "--no-progress").exitCode()).isZero();
    }

    private Result etl(String command, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "--source", dump.toString(), "--target", target));
        args.addAll(List.of(more));
        return Etl.in(directory).run(args.toArray(String[]::new));
    }

    /** Leaves so many documents in the dump; returns how many there were. */
    private int keepGigs(int most) throws IOException {
        byte[] all = Files.readAllBytes(Etl.SAMPLES.resolve("gigs/gigs.bson"));
        ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        int documents = 0;
        int end = 0;
        while (end < all.length && documents < most) {
            end += bytes.getInt(end);
            documents++;
        }
        bytes.limit(end).position(0);
        byte[] kept = new byte[end];
        bytes.get(kept);
        Files.write(dump.resolve("gigs.bson"), kept);
        return documents;
    }

    private String rows() throws SQLException {
        return Databases.text(target, "SELECT count(*) FROM gigs");
    }

    @Test
    @Tag("long")
    void rowsGoOnlyWhenAskedForAndPlanForeseesIt() throws Exception {
        keepGigs(gigs - 3);

        assertThat(etl("run", "--output", "json")
                        .json()
                        .at("/collections/1/deletions/deleted")
                        .asInt())
                .isZero();
        assertThat(rows()).isEqualTo(String.valueOf(gigs));
        assertThat(etl("verify").exitCode()).isEqualTo(1);
        assertThat(etl("plan").exitCode()).isZero();

        Result plan = etl("plan", "--deletes", "delete");
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out())
                .contains("3 rows of gigs would be deleted or marked, because the document no longer exists.\n");
        JsonNode planned =
                etl("plan", "--deletes", "delete", "--output", "json").json();
        assertThat(planned.at("/collections/1/deletions/deleted").asInt()).isEqualTo(3);
        assertThat(planned.at("/collections/1/tooManyDeletes").asBoolean()).isFalse();

        Result run = etl("run", "--deletes", "delete", "--report", "report.html", "--no-progress");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("3 rows of gigs were deleted or marked, because the document no longer exists.\n");
        assertThat(Jsoup.parse(Files.readString(directory.resolve("report.html")))
                        .text())
                .contains("Orphaned rows: their document no longer exists 3 rows of gigs were deleted");
        assertThat(rows()).isEqualTo(String.valueOf(gigs - 3));
        assertThat(etl("verify").exitCode()).isZero();

        Result status = Etl.in(directory).run("status", "--target", target);
        assertThat(status.out()).contains("rows deleted");
        JsonNode last = Etl.in(directory)
                .run("status", "--target", target, "--output", "json")
                .json()
                .at("/runs/0/collections/0");
        assertThat(last.get("collection").asString()).isEqualTo("gigs");
        assertThat(last.get("deleted").asInt()).isEqualTo(3);
    }

    @Tag("long")
    @Test
    void nothingGoesWhenItWouldBeTooMuch() throws Exception {
        keepGigs(gigs / 2);

        Result plan = etl("plan", "--deletes", "delete");
        assertThat(plan.out()).contains("more than --max-deletes allows");
        Result stopped = etl("run", "--deletes", "delete", "--no-progress", "--output", "json");
        assertThat(stopped.exitCode()).isEqualTo(5);
        assertThat(stopped.json().at("/error/code").asString()).isEqualTo("TOO_MANY_DELETES");
        assertThat(stopped.errorLine())
                .contains(gigs - gigs / 2 + " of " + gigs + " in gigs", "limit of 10%", "None was deleted");
        assertThat(rows()).isEqualTo(String.valueOf(gigs));

        assertThat(etl("run", "--deletes", "delete", "--max-deletes", "50.5%", "--no-progress")
                        .exitCode())
                .isZero();
        assertThat(rows()).isEqualTo(String.valueOf(gigs / 2));
    }

    @Tag("long")
    @Test
    void refusesWhatCannotBeDone() throws Exception {
        keepGigs(1);
        for (String command : List.of("run", "plan")) {
            Result limited = etl(command, "--deletes", "delete", "--limit", "1");
            assertThat(limited.exitCode()).isEqualTo(2);
            assertThat(limited.errorLine()).contains("--limit");
            Result marking = etl(command, "--deletes", "mark");
            assertThat(marking.exitCode()).isEqualTo(2);
            assertThat(marking.errorLine()).contains("deletedAt");
            assertThat(etl(command, "--deletes", "all").exitCode()).isEqualTo(2);
            assertThat(etl(command, "--max-deletes", "few").exitCode()).isEqualTo(2);
        }
        assertThat(rows()).isEqualTo(String.valueOf(gigs));
    }
}
