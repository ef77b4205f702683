package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandIT {

    @TempDir
    Path directory;

    @Test
    void showsTheWholeWayAndThatRepeatingItIsSafe() {
        Result first = Etl.in(directory).run("demo");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("completed", "total", "many to many", "many to one", "Photographer", "What to try next")
                .doesNotContain("rejected  code");
        assertThat(directory.resolve(".etl/postgres")).isDirectory();

        Result second = Etl.in(directory).run("demo");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("nothing was written");

        assertThat(Etl.in(directory).run("tables", "--target", "embedded").out())
                .contains("users_skills");
    }
}
