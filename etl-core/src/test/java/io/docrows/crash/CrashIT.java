package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.run.BulkLoad;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} at random moments. */
@Tag("long")
final class CrashIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aKilledRunGoesOnAsIfNothingHadHappened(BulkLoad bulkLoad) throws IOException, InterruptedException {
        Killing killing = new Killing(Scene.BOOKS, Shop.write(directory, 2_000, 1), 1, 2_000, bulkLoad);

        killing.kill(2, 2);

        assertThat(killing.kills()).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NEVER"})
    @Tag("slow")
    void fiftyKilledRunsOverManyDocumentsGoOnAsIfNothingHadHappened(BulkLoad bulkLoad)
            throws IOException, InterruptedException {
        Killing killing = new Killing(Scene.BOOKS, Shop.write(directory, 40_000, 2), 2, 2_500, bulkLoad);

        killing.kill(50, 2);

        assertThat(killing.kills()).isGreaterThanOrEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aKilledRunOfOrdersAndTheirTablesGoesOnAsIfNothingHadHappened(BulkLoad bulkLoad)
            throws IOException, InterruptedException {
        Killing killing = new Killing(Scene.ORDERS, Orders.write(directory, 2_000, 3), 3, 2_000, bulkLoad);

        killing.kill(1, 2);

        assertThat(killing.kills()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NEVER"})
    @Tag("slow")
    void fiftyKilledRunsOfOrdersAndTheirTablesGoOnAsIfNothingHadHappened(BulkLoad bulkLoad)
            throws IOException, InterruptedException {
        Killing killing = new Killing(Scene.ORDERS, Orders.write(directory, 30_000, 4), 4, 2_500, bulkLoad);

        killing.kill(50, 2);

        assertThat(killing.kills()).isGreaterThanOrEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aKilledRunOfSeveralMappingsOfACollectionGoesOnAsIfNothingHadHappened(BulkLoad bulkLoad)
            throws IOException, InterruptedException {
        Killing killing = new Killing(Scene.FEED, Feeds.write(directory, 2_000, 5), 5, 2_000, bulkLoad);

        killing.kill(1, 2);

        assertThat(killing.kills()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NEVER"})
    @Tag("slow")
    void fiftyKilledRunsOfSeveralMappingsOfACollectionGoOnAsIfNothingHadHappened(BulkLoad bulkLoad)
            throws IOException, InterruptedException {
        Killing killing = new Killing(Scene.FEED, Feeds.write(directory, 30_000, 6), 6, 2_500, bulkLoad);

        killing.kill(50, 2);

        assertThat(killing.kills()).isGreaterThanOrEqualTo(50);
    }
}
