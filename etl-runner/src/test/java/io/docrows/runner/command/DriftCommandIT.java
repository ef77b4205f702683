package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Documents that are not as their mapping expects them, on the command line. */
@Tag("long")
final class DriftCommandIT {

    private static final Databases DATABASES = Databases.shared();

    @TempDir
    Path directory;

    private Result etl(String target, String command, String sample, String... more) {
        List<String> args = new ArrayList<>(
                List.of(command, "--source", Etl.SAMPLES.resolve(sample).toString(), "--target", target));
        args.addAll(List.of(more));
        return Etl.in(directory).run(args.toArray(String[]::new));
    }

    @Test
    void failsOnlyWhenAskedToAndLoadsEverythingAllTheSame() throws SQLException {
        String target = DATABASES.create();

        Result strict = etl(target, "run", "gigs", "--strict", "--no-progress");
        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.out())
                .contains("Not mapped in users: __v (13 documents). Map or ignore them.\n")
                .endsWith("Exit code 1 because of --strict: documents differ from what their mapping expects.\n");
        assertThat(Databases.text(target, "SELECT count(*) FROM users")).isEqualTo("2000");

        assertThat(etl(target, "plan", "gigs").exitCode()).isZero();
        Result plan = etl(target, "plan", "gigs", "--strict");
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out()).startsWith("gigs: a run would change nothing\n").contains("because of --strict");

        Result lax = etl(target, "run", "gigs", "--no-progress");
        assertThat(lax.exitCode()).isZero();
        assertThat(lax.out()).contains("Not mapped in users: __v").doesNotContain("--strict");
    }

    @Test
    void tellsMixedTypesAndNewValues() throws SQLException {
        String target = DATABASES.create();
        JsonNode run = etl(target, "run", "gigs-dirty", "--no-progress", "--output", "json")
                .json();
        JsonNode gigs = run.at("/collections/1");

        assertThat(run.get("drift").asBoolean()).isTrue();
        assertThat(gigs.at("/newValues/state").asInt()).isPositive();
        assertThat(gigs.get("typeMixes").get("state").propertyNames()).contains("string");
        JsonNode plan = etl(target, "plan", "gigs-dirty", "--output", "json").json();
        for (String kind : List.of("unmappedFields", "typeMixes", "newValues")) {
            assertThat(plan.at("/collections/1").get(kind)).isEqualTo(gigs.get(kind));
        }
    }
}
