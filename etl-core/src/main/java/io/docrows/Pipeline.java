package io.docrows;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.history.RunHistory;
import io.docrows.internal.bookkeeping.RejectSource;
import io.docrows.internal.compare.PlanEngine;
import io.docrows.internal.compare.VerifyEngine;
import io.docrows.internal.postgres.PoolerCheck;
import io.docrows.internal.run.LoadOrder;
import io.docrows.internal.run.Preflight;
import io.docrows.internal.run.RunEngine;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.PlanReport;
import io.docrows.report.RunReport;
import io.docrows.report.VerifyReport;
import io.docrows.run.RejectFilter;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.DocumentSource;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Mappings, a source and a target, ready to run. Immutable and thread-safe; it owns neither the source nor the target,
 * and closes neither.
 */
public final class Pipeline {

    private final String name;
    private final List<CollectionMapping<?>> mappings;
    private final @Nullable DocumentSource source;
    private final @Nullable DataSource target;

    private Pipeline(
            String name,
            List<CollectionMapping<?>> mappings,
            @Nullable DocumentSource source,
            @Nullable DataSource target) {
        this.name = name;
        this.mappings = mappings;
        this.source = source;
        this.target = target;
    }

    static Pipeline of(String name, List<CollectionMapping<?>> mappings) {
        if (name.isBlank()) {
            throw new DocrowsException(ErrorCode.INVALID_MAPPING, "a pipeline needs a name");
        }
        return new Pipeline(name, LoadOrder.of(mappings), null, null);
    }

    /**
     * The pipeline's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The mappings, referenced tables before those that refer to them.
     *
     * @return the mappings in load order
     */
    public List<CollectionMapping<?>> mappings() {
        return mappings;
    }

    /**
     * The same pipeline, reading from a source.
     *
     * @param documents where documents come from
     * @return a pipeline with that source
     */
    public Pipeline source(DocumentSource documents) {
        return new Pipeline(name, mappings, Objects.requireNonNull(documents, "documents"), target);
    }

    /**
     * The same pipeline, writing to a database.
     *
     * @param database a plain data source of PostgreSQL's driver or a pool over it; a run takes one connection per
     *     writer and up to three more: one for its lock and bookkeeping, two for what it does beside loading
     * @return a pipeline with that target
     */
    public Pipeline target(DataSource database) {
        return new Pipeline(name, mappings, source, Objects.requireNonNull(database, "database"));
    }

    /**
     * Makes sure that the source holds every collection that a run with these options reads, before anything is done to
     * the target.
     *
     * @param options those of the run; only the choice of collections is used
     * @throws DocrowsException {@code SOURCE_COLLECTION_MISSING} if it does not; {@code INVALID_OPTION} if no mapping
     *     reads a collection that was asked for
     * @throws IllegalStateException if the pipeline has no source
     */
    public void checkSource(RunOptions options) {
        if (source == null) {
            throw new IllegalStateException("the pipeline " + name + " needs a source before it can be checked");
        }
        Preflight.source(name, mappings, source, options.collections());
    }

    /**
     * Makes sure that the target's tables are those that the mappings were compiled for: columns and their types, enum
     * labels, NOT NULL, unique keys. Reads the catalogue only; whoever made the tables, and how, makes no difference.
     *
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if they are not, listing everything that differs
     * @throws IllegalStateException if the pipeline has no target
     */
    public void checkTarget() {
        if (target == null) {
            throw new IllegalStateException("the pipeline " + name + " needs a target before it can be checked");
        }
        Preflight.target(name, mappings, target);
    }

    /**
     * Loads the collections. Goes on where the last run stopped if that one was interrupted or failed; reads everything
     * afresh otherwise. The library's own schema {@code docrows} is created or brought up to date first; the mapped
     * tables must be there already.
     *
     * @param options what to load and how
     * @return the report of a run that came to its end, or was interrupted
     * @throws DocrowsException when it could not; once the run had begun, a
     *     {@link io.docrows.report.RunFailedException} that tells what was committed
     * @throws IllegalStateException if the pipeline has no source or no target
     */
    public RunReport run(RunOptions options) {
        if (source == null || target == null) {
            throw new IllegalStateException("the pipeline " + name + " needs a "
                    + (source == null ? "source" : "target") + " before it can run");
        }
        return new RunEngine(name, watermarked(options), source, target, options, !options.partial()).run();
    }

    /**
     * Says what {@link #run} with the same options would do, and writes nothing but temporary tables: the rights that
     * {@link #verify} needs are enough. It migrates nothing either; a target on which no run was ever made is planned
     * as what it is.
     *
     * <p>The whole source is read and staged, then compared in one snapshot of the target. Documents are taken in the
     * batches of a run with one writer, so that the counts are those of that run, as long as neither side changes
     * meanwhile. What only a write can tell is not foreseen: triggers, exclusion constraints, unique indexes that are
     * no constraint, foreign keys that are no reference of the mapping. Nor is it foreseen which rejected documents the
     * run would load at its end. Of documents with the same key in several batches only the last is counted as what it
     * becomes, the others as skipped. A run that was interrupted is not gone on with: the plan is that of a run that
     * starts over.
     *
     * @param options those of the run; the listener and the limit of rejects are not used
     * @return what the run would do
     * @throws DocrowsException as {@link #verify}
     * @throws IllegalStateException if the pipeline has no source or no target
     */
    public PlanReport plan(RunOptions options) {
        if (source == null || target == null) {
            throw new IllegalStateException("the pipeline " + name + " needs a "
                    + (source == null ? "source" : "target") + " before it can be planned");
        }
        return new PlanEngine(name, watermarked(options), source, target, options).run();
    }

    /**
     * Compares the source with the target: every document with its row and its rows in join tables, column by column,
     * and every row with its document. Writes to temporary tables only; the right to read the tables (those of
     * {@code docrows} too, if they are there) and to make temporary ones is enough. The target is seen as it is at one
     * moment, after the source was read; no run of the pipeline can change it meanwhile.
     *
     * <p>Columns that no mapping fills are not compared, nor are lookup tables beyond what arrays ask for.
     *
     * @param options what to compare
     * @return what was found
     * @throws DocrowsException if source or target cannot be read, or the target's tables are not those of the
     *     mappings; {@code PIPELINE_LOCKED} while a run is at work
     * @throws IllegalStateException if the pipeline has no source or no target
     */
    public VerifyReport verify(VerifyOptions options) {
        if (source == null || target == null) {
            throw new IllegalStateException("the pipeline " + name + " needs a "
                    + (source == null ? "source" : "target") + " before it can be verified");
        }
        return new VerifyEngine(name, mappings, source, target, options).run();
    }

    /**
     * Loads the documents that were rejected again, after the mapping, the schema or what they refer to was mended.
     * Those that load leave {@code docrows.reject}; the others stay in it, with their present reason. The pipeline's
     * source is not used, and whatever run was interrupted before goes on afterwards as if this one had not been.
     *
     * @param options what to load and how; {@link RunOptions#ids(java.util.List)} is refused
     * @return the report
     * @throws DocrowsException as {@link #run}
     * @throws IllegalStateException if the pipeline has no target
     */
    public RunReport retryRejects(RunOptions options) {
        return retryRejects(RejectFilter.ALL, options);
    }

    /**
     * Loads some of the documents that were rejected again; see {@link #retryRejects(RunOptions)}.
     *
     * @param filter which
     * @param options what to load and how; {@link RunOptions#ids(java.util.List)} is refused
     * @return the report
     * @throws DocrowsException as {@link #run}
     * @throws IllegalStateException if the pipeline has no target
     */
    public RunReport retryRejects(RejectFilter filter, RunOptions options) {
        if (target == null) {
            throw new IllegalStateException(
                    "the pipeline " + name + " needs a target before its rejects can be retried");
        }
        return new RunEngine(name, mappings, new RejectSource(target, name, filter), target, options, false).run();
    }

    /**
     * Rebuilds the constraints and indexes that a first load dropped, if that load was cut off or interrupted. The next
     * run does so by itself, or goes on with that load; this is for whoever needs the tables whole before it.
     *
     * @return how many were missing; 0 if there was nothing to do
     * @throws DocrowsException {@code PIPELINE_LOCKED} if a run is at work; {@code TARGET_FAILED} if values occur more
     *     than once that must not, which only the interrupted run can sort out
     * @throws IllegalStateException if the pipeline has no target
     */
    public int rebuildConstraints() {
        if (target == null) {
            throw new IllegalStateException(
                    "the pipeline " + name + " needs a target before its constraints can be rebuilt");
        }
        DataSource database = target;
        // Asked by whoever is about to change the tables: not through a pooler that would leave changes half done.
        PoolerCheck.refuseTransactionPooler(database);
        int missing = (int) RunHistory.of(database).missingConstraints().stream()
                .filter(constraint -> constraint.pipeline().equals(name))
                .count();
        if (missing > 0) {
            new RunEngine(
                            name,
                            mappings,
                            new RejectSource(database, name, RejectFilter.ALL),
                            database,
                            RunOptions.defaults(),
                            false)
                    .rebuildConstraints();
        }
        return missing;
    }

    private List<CollectionMapping<?>> watermarked(RunOptions options) {
        if (options.watermark().isEmpty()) {
            return mappings;
        }
        String[] path = options.watermark().toArray(String[]::new);
        return mappings.stream()
                .<CollectionMapping<?>>map(
                        mapping -> mapping.watermark().isEmpty() ? mapping.withWatermark(path) : mapping)
                .toList();
    }

    @Override
    public String toString() {
        return "Pipeline[" + name + "]";
    }
}
