package io.docrows.run;

import io.docrows.error.DocrowsException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;

/**
 * Which run to plan: those options of a run that decide what it does to the rows. Immutable and thread-safe; each
 * method that takes a value returns changed options and leaves these as they are.
 *
 * <pre>{@code
 * RunOptions options = RunOptions.defaults().deletes(DeleteMode.DELETE);
 * PlanReport report = pipeline.plan(PlanOptions.of(options));
 * }</pre>
 */
public final class PlanOptions {

    private final RunOptions run;

    private PlanOptions(RunOptions run) {
        this.run = run;
    }

    /**
     * Plans a run with the default options: of everything.
     *
     * @return the defaults
     */
    public static PlanOptions defaults() {
        return new PlanOptions(RunOptions.defaults());
    }

    /**
     * Plans a run with these options. The bulk load, the limit of rejects and the listener are left out: a plan has no
     * use for them.
     *
     * @param run a run's options
     * @return what of them a plan honours
     */
    public static PlanOptions of(RunOptions run) {
        return new PlanOptions(
                run.bulkLoad(BulkLoad.AUTO).maxRejects(RejectLimit.NONE).listener(RunListener.NONE));
    }

    /**
     * Returns the options of the run that is planned.
     *
     * @return a run's options, with defaults for what a plan has no use for
     */
    public RunOptions run() {
        return run;
    }

    /**
     * Plans only some collections.
     *
     * @param names their names; empty for all, which is the default
     * @return changed options
     */
    public PlanOptions collections(Set<String> names) {
        return new PlanOptions(run.collections(names));
    }

    /**
     * Plans only some documents.
     *
     * @param documentIds their {@code _id}s, compared as MongoDB compares them; empty for all, which is the default
     * @return changed options
     */
    public PlanOptions ids(List<BsonValue> documentIds) {
        return new PlanOptions(run.ids(documentIds));
    }

    /**
     * Limits how many documents of each collection are read.
     *
     * @param documents at least 1; by default all are read
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if the number is out of range
     */
    public PlanOptions limit(long documents) {
        return new PlanOptions(run.limit(documents));
    }

    /**
     * Plans a run that reads all documents, or only those that were changed, where a mapping has a
     * {@linkplain io.docrows.mapping.CollectionMapping#watermark() watermark}. A plan is always that of a run that
     * starts over.
     *
     * @param startOver true to read all; default false
     * @return changed options
     */
    public PlanOptions force(boolean startOver) {
        return new PlanOptions(run.force(startOver));
    }

    /**
     * Sets the writers of the run, which decide into how many partitions a source splits its collections. A plan reads
     * them one after the other, over one connection.
     *
     * @param number 1 to 64; default: as many as the JVM sees processors, at most 4, and no more than the heap has room
     *     for, 96 MiB each
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if the number is out of range
     */
    public PlanOptions writers(int number) {
        return new PlanOptions(run.writers(number));
    }

    /**
     * Bounds a batch, which is one transaction. A first load into empty tables takes half as many documents for each.
     *
     * @param documents the most documents, 1 to 1,000,000; default 10,000
     * @param bytes the most bytes of documents, 1 to 1 GiB, default 16 MiB; a single larger document makes a batch of
     *     its own
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if a number is out of range
     */
    public PlanOptions batch(int documents, long bytes) {
        return new PlanOptions(run.batch(documents, bytes));
    }

    /**
     * Plans a run that deletes, or marks, rows whose document no longer exists.
     *
     * @param mode what to do; default {@link DeleteMode#IGNORE}
     * @return changed options
     */
    public PlanOptions deletes(DeleteMode mode) {
        return new PlanOptions(run.deletes(mode));
    }

    /**
     * Plans a run that deletes nothing at all when more than that many rows of a table would be deleted.
     *
     * @param most the limit; default a tenth of the table's rows
     * @return changed options
     */
    public PlanOptions maxDeletes(DeleteLimit most) {
        return new PlanOptions(run.maxDeletes(most));
    }

    /**
     * Names the field that says when a document was changed, for mappings that name none themselves; see
     * {@link io.docrows.mapping.CollectionMapping.Builder#watermark}.
     *
     * @param path the names that lead to the field, from the outside in; none, the default, for no such field
     * @return changed options
     */
    public PlanOptions watermark(List<String> path) {
        return new PlanOptions(run.watermark(path));
    }

    /**
     * Sets how far a run that reads only what was changed looks back from the last run's high-water mark. It makes up
     * for clocks that differ, for changes that were dated some time before they could be read, and, with dumps, for the
     * time that a dump takes.
     *
     * @param time the overlap, not negative; default 10 minutes
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if it is negative
     */
    public PlanOptions overlap(Duration time) {
        return new PlanOptions(run.overlap(time));
    }
}
