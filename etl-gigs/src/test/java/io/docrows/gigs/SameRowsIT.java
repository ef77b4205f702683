package io.docrows.gigs;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.embedded.PostgresServer;
import io.docrows.gigs.samples.Samples;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.bson.json.JsonMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database gives the same rows whether it comes as a dump or as JSON, in whatever dialect. */
final class SameRowsIT {

    private static PostgresServer postgres;
    private static MigratedDatabases databases;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.temporary();
        databases = MigratedDatabases.on(postgres.jdbcUrl());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void whatIsLoadedFromOneIsEqualToAllOthers() {
        DataSource target = databases.fresh();
        try (DocumentSource export = json(JsonMode.RELAXED)) {
            assertThat(Docrows.pipeline("gigs", GigsPipeline.users(), GigsPipeline.gigs())
                            .source(export)
                            .target(target)
                            .run(RunOptions.defaults())
                            .total()
                            .rejected())
                    .isZero();
        }

        assertEqual(DumpSource.open(Samples.gigs()), target);
        // The driver's writer of the shell's form has days before 1582-10-15 in the Julian calendar, so one is left
        // out.
        for (JsonMode dialect : List.of(JsonMode.EXTENDED, JsonMode.STRICT)) {
            assertEqual(json(dialect), target);
        }
    }

    private DocumentSource json(JsonMode dialect) {
        return new JsonFiles(directory).export(DumpSource.open(Samples.gigs()), dialect);
    }

    private static void assertEqual(DocumentSource opened, DataSource target) {
        try (DocumentSource source = opened) {
            assertThat(Docrows.pipeline("gigs", GigsPipeline.users(), GigsPipeline.gigs())
                            .source(source)
                            .target(target)
                            .verify(VerifyOptions.defaults())
                            .isEqual())
                    .as(source.description())
                    .isTrue();
        }
    }
}
