package io.docrows.gigs.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.embedded.PostgresServer;
import io.docrows.gigs.GigsPipeline;
import io.docrows.gigs.MigratedDatabases;
import io.docrows.gigs.samples.Samples;
import io.docrows.mapping.ColumnMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
final class EmbeddingExampleIT {

    @Test
    void itLoadsTheSample() {
        try (PostgresServer postgres = PostgresServer.temporary()) {
            DataSource target = MigratedDatabases.on(postgres.jdbcUrl()).fresh();

            RunReport report = EmbeddingExample.load(Samples.gigs(), target);

            assertThat(report.total()).isEqualTo(new Counts(7_000, 7_000, 0, 0, 0, 0));
        }
    }

    @Test
    void itMapsWhatThePipelineMaps() {
        assertThat(EmbeddingExample.PEOPLE.columns())
                .extracting(ColumnMapping::column, ColumnMapping::path)
                .isEqualTo(GigsPipeline.users().columns().stream()
                        .map(each -> org.assertj.core.groups.Tuple.tuple(each.column(), each.path()))
                        .toList());
    }
}
