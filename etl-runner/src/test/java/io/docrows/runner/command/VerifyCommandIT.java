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

final class VerifyCommandIT {

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

    @Tag("long")
    @Test
    void provesThatALoadIsCompleteAndFindsWhatWasPlanted() throws SQLException {
        etl("run", "gigs", "--no-progress");

        Result text = etl("verify", "gigs");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).startsWith("gigs: source and target are equal\n").contains("users", "2,000");
        JsonNode json = etl("verify", "gigs", "--output", "json").json();
        assertThat(json.get("equal").asBoolean()).isTrue();
        assertThat(json.get("collections").get(0).get("equal").asLong()).isEqualTo(2_000);

        Databases.execute(
                target,
                "UPDATE gigs SET title = 'Nobody wrote this' WHERE id = 3",
                "DELETE FROM users_skills WHERE user_id = (SELECT min(user_id) FROM users_skills)",
                "INSERT INTO users (mongo_id, name) VALUES ('nobody', 'Nobody')");

        Result result = etl("verify", "gigs");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("gigs: source and target differ\n")
                .contains(
                        "gigs differs: title in 1 row",
                        "users_skills with",
                        "orphaned rows, whose document no longer exists\n  nobody\n")
                .doesNotContain("Nobody wrote this");
        assertThat(etl("verify", "gigs", "--show-values").out()).contains("target 'Nobody wrote this'");
        assertThat(etl("verify", "gigs", "--collections", "gigs", "--output", "json")
                        .json()
                        .get("collections")
                        .get(0)
                        .get("columns")
                        .get("title")
                        .asLong())
                .isOne();
    }

    @Test
    void letsKnownRejectsPassOnRequestOnly() {
        etl("run", "gigs-dirty", "--no-progress");

        assertThat(etl("verify", "gigs-dirty").exitCode()).isEqualTo(1);
        Result accepted = etl("verify", "gigs-dirty", "--accept-rejects");
        assertThat(accepted.exitCode()).isZero();
        assertThat(accepted.out())
                .startsWith("gigs: every document is in the target, or kept among its rejects\n")
                .contains("kept in docrows.reject")
                .doesNotContain("differ\n");
    }

    @Test
    void needsTheSchemaToBeThere() {
        Result result = etl("verify", "gigs");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.errorLine()).contains("./etl migrate");
    }
}
