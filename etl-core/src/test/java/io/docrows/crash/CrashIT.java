package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments. */
final class CrashIT {

    @TempDir
    Path directory;

    @Test
    void aKilledRunGoesOnAsIfNothingHadHappened() throws IOException, InterruptedException {
        Killing killing = new Killing(Shop.write(directory, 2_000, 1), 1, 2_000);

        killing.kill(3, 2);

        assertThat(killing.kills()).isGreaterThanOrEqualTo(3);
    }

    @Test
    @Tag("slow")
    void fiftyKilledRunsOverManyDocumentsGoOnAsIfNothingHadHappened() throws IOException, InterruptedException {
        Killing killing = new Killing(Shop.write(directory, 40_000, 2), 2, 2_500);

        killing.kill(50, 2);

        assertThat(killing.kills()).isGreaterThanOrEqualTo(50);
    }
}
