package io.docrows.benchmarks.contender;

import io.docrows.report.Counts;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.mongo.MongoSource;
import java.util.Map;

/** The loader this project is about, through its library, with the options it has by default. */
final class DocrowsLoader implements Loader {

    @Override
    public Map<String, Long> load(Job job) {
        RunOptions options = RunOptions.defaults().writers(job.writers());
        try (DocumentSource source = open(job)) {
            Counts counts = job.shape()
                    .provider()
                    .pipeline()
                    .source(source)
                    .target(job.dataSource())
                    .run(options)
                    .total();
            return Map.of(
                    "inserted", counts.inserted(),
                    "updated", counts.updated(),
                    "unchanged", counts.unchanged(),
                    "rejected", counts.rejected(),
                    "skipped", counts.skipped());
        }
    }

    private static DocumentSource open(Job job) {
        return job.isLive() ? MongoSource.connect(job.source()) : DumpSource.open(job.dump());
    }
}
