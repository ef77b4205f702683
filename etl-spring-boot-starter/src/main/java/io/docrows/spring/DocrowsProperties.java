package io.docrows.spring;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.run.BulkLoad;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.FollowOptions;
import io.docrows.run.LostHistory;
import io.docrows.run.RejectLimit;
import io.docrows.run.RunOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What {@code application.yaml} says under {@code docrows}. An application with a property there that does not exist
 * does not start. Immutable.
 *
 * @param source where documents come from: {@code mongodb://user:password@host/database}, or the path of a dump or of
 *     JSON. Not needed where the application has a {@code DocumentSource} or a {@link PipelineSource} of its own
 * @param database the database to read, where {@code source} holds several or is empty and the application has a
 *     {@code MongoClient}
 * @param run how and when every pipeline runs
 * @param pipelines what is different for single pipelines, by their names; an application with a name here, or among
 *     those to follow, that none of its pipelines has does not start
 * @param follow whether and how pipelines follow their source
 * @param health when a pipeline is not healthy
 */
@ConfigurationProperties(prefix = "docrows", ignoreUnknownFields = false)
public record DocrowsProperties(
        @Nullable String source,
        @Nullable String database,
        @DefaultValue Run run,
        @DefaultValue Map<String, Run> pipelines,
        @DefaultValue Follow follow,
        @DefaultValue Health health) {

    /**
     * How and when a pipeline runs. Whatever is absent is as for every pipeline, and there as {@link RunOptions} has it
     * by default.
     *
     * @param cron when it runs, as six fields of Spring's cron expressions; {@code -} for never, which is the default
     * @param zone the time zone of {@code cron}; by default the JVM's
     * @param onStartup whether it runs once when the application is ready; by default not
     * @param collections the collections to load; by default all
     * @param writers how many partitions are loaded at the same time, each over a connection of its own
     * @param batchDocuments the most documents in one transaction
     * @param batchSize the most bytes of documents in one transaction
     * @param bulkLoad whether a first load may drop constraints and rebuild them at its end
     * @param maxRejects how many rejected documents of a collection are tolerated: a number or a percentage
     * @param deletes what is done with rows whose document no longer exists
     * @param maxDeletes how many rows of a table may go: a number or a percentage
     * @param watermark the path of the field that says when a document was changed, with dots between its names
     * @param overlap how far a run that reads only changed documents goes back
     */
    public record Run(
            @Nullable String cron,
            @Nullable String zone,
            @Nullable Boolean onStartup,
            @Nullable Set<String> collections,
            @Nullable Integer writers,
            @Nullable Integer batchDocuments,
            @Nullable DataSize batchSize,
            @Nullable BulkLoad bulkLoad,
            @Nullable String maxRejects,
            @Nullable DeleteMode deletes,
            @Nullable String maxDeletes,
            @Nullable String watermark,
            @Nullable Duration overlap) {

        /** The same, with what is absent here taken from another. */
        Run or(Run other) {
            return new Run(
                    first(cron, other.cron),
                    first(zone, other.zone),
                    first(onStartup, other.onStartup),
                    first(collections, other.collections),
                    first(writers, other.writers),
                    first(batchDocuments, other.batchDocuments),
                    first(batchSize, other.batchSize),
                    first(bulkLoad, other.bulkLoad),
                    first(maxRejects, other.maxRejects),
                    first(deletes, other.deletes),
                    first(maxDeletes, other.maxDeletes),
                    first(watermark, other.watermark),
                    first(overlap, other.overlap));
        }

        private static <T> @Nullable T first(@Nullable T mine, @Nullable T other) {
            return mine == null ? other : mine;
        }

        /** As options of a run. */
        RunOptions options() {
            RunOptions options = RunOptions.defaults();
            if (collections != null) {
                options = options.collections(collections);
            }
            if (writers != null) {
                options = options.writers(writers);
            }
            options = options.batch(
                    batchDocuments == null ? options.batchDocuments() : batchDocuments,
                    batchSize == null ? options.batchBytes() : batchSize.toBytes());
            if (bulkLoad != null) {
                options = options.bulkLoad(bulkLoad);
            }
            if (maxRejects != null) {
                options = options.maxRejects(RejectLimit.of(maxRejects));
            }
            if (deletes != null) {
                options = options.deletes(deletes);
            }
            if (maxDeletes != null) {
                options = options.maxDeletes(DeleteLimit.of(maxDeletes));
            }
            if (watermark != null) {
                options = options.watermark(List.of(watermark.split("\\.")));
            }
            if (overlap != null) {
                options = options.overlap(overlap);
            }
            return options;
        }

        boolean startsWithTheApplication() {
            return onStartup != null && onStartup;
        }
    }

    /**
     * Whether and how pipelines follow their source: it is loaded once, then its changes are applied for as long as the
     * application runs.
     *
     * @param enabled whether pipelines follow from when the application is ready; by default not
     * @param pipelines the names of those that do; by default all
     * @param deletes what is done with rows of deleted documents; by default they are deleted
     * @param onLostHistory what to do when changes were missed: {@code run} to load everything again, or {@code fail},
     *     which is the default
     * @param batchDocuments the most changed documents that are applied at once, 10,000 by default
     * @param moment how long changes are collected at most, half a second by default
     * @param retryAfter how long to wait before following again after a failure, or while another instance does; 30
     *     seconds by default
     */
    public record Follow(
            @DefaultValue("false") boolean enabled,
            @Nullable Set<String> pipelines,
            @DefaultValue("delete") DeleteMode deletes,
            @DefaultValue("fail") LostHistory onLostHistory,
            @DefaultValue("10000") int batchDocuments,
            @DefaultValue("500ms") Duration moment,
            @DefaultValue("30s") Duration retryAfter) {

        boolean concerns(String pipeline) {
            return enabled && (pipelines == null || pipelines.contains(pipeline));
        }

        /** As options of following, with the options of a run for the load before. */
        FollowOptions options(RunOptions load) {
            return FollowOptions.defaults()
                    .load(load)
                    .batch(batchDocuments, moment)
                    .deletes(deletes)
                    .lostHistory(onLostHistory);
        }
    }

    /**
     * When a pipeline is not healthy.
     *
     * @param maxAge how long ago the last complete run may have ended, or a pipeline that an instance of the
     *     application follows may have stored its position, which it does about once a minute; by default it does not
     *     matter
     * @param maxLag how far a pipeline that is followed may be behind its source; by default it does not matter
     */
    public record Health(
            @Nullable Duration maxAge, @Nullable Duration maxLag) {}

    /**
     * Refuses names of pipelines that are not there: what is said for them would be passed over.
     *
     * @throws DocrowsException {@code INVALID_OPTION} that names the first of them, and all pipelines
     */
    void requireKnown(Set<String> names) {
        pipelines.keySet().forEach(name -> requireKnown("docrows.pipelines." + name, name, names));
        if (follow.pipelines() != null) {
            follow.pipelines().forEach(name -> requireKnown("docrows.follow.pipelines: " + name, name, names));
        }
    }

    private static void requireKnown(String property, String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    property + ": there is no such pipeline; this application has " + String.join(", ", names)
                            + ". In the name of a property, put a name with other characters than lower-case letters,"
                            + " digits and hyphens in brackets: docrows.pipelines.[web_Shop].cron.");
        }
    }

    /**
     * How and when one pipeline runs.
     *
     * @param pipeline its name
     * @return what is said for it, and where nothing is, what is said for every pipeline
     */
    public Run run(String pipeline) {
        Run own = pipelines.get(pipeline);
        return own == null ? run : own.or(run);
    }
}
