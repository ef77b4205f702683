package io.docrows.benchmarks.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.benchmarks.Bench;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That it measures at all: what it measures on a busy machine is worth nothing. */
final class FollowCommandIT {

    @Test
    @Tag("slow")
    void measuresARatioAndALag() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Bench.line(new PrintWriter(out), new PrintWriter(err))
                .execute("follow", "--documents", "500", "--rounds", "1", "--seconds", "2");
        assertThat(exitCode).as("%s%s", out, err).isBetween(0, 1);
        assertThat(out.toString())
                .containsPattern("ratio +\\d+\\.\\d\\d ")
                .containsPattern("median lag in seconds +\\d+\\.\\d\\d ");
    }
}
