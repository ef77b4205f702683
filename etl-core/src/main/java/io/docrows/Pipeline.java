package io.docrows;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.run.LoadOrder;
import io.docrows.mapping.CollectionMapping;
import io.docrows.source.DocumentSource;
import java.util.List;
import javax.sql.DataSource;

/**
 * A name and mappings: what a pipeline is, wherever its documents come from and its rows go. With a source and a target
 * it can be run; what needs only one of them is offered as soon as that one is there.
 *
 * <table>
 * <caption>What can be done</caption>
 * <tr><th>with</th><th>type</th><th>does</th></tr>
 * <tr><td>a source</td><td>{@link PipelineFrom}</td><td>{@link PipelineFrom#checkSource checkSource}</td></tr>
 * <tr><td>a target</td><td>{@link PipelineInto}</td><td>{@link PipelineInto#checkTarget checkTarget},
 *     {@link PipelineInto#retryRejects retryRejects}, {@link PipelineInto#rebuildConstraints rebuildConstraints}</td></tr>
 * <tr><td>both</td><td>{@link ConnectedPipeline}</td><td>all of these, {@link ConnectedPipeline#run run},
 *     {@link ConnectedPipeline#plan plan}, {@link ConnectedPipeline#verify verify}</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe, as the others are; none of them owns its source or target, and none closes either.
 */
public final class Pipeline {

    private final String name;
    private final List<CollectionMapping<?>> mappings;

    private Pipeline(String name, List<CollectionMapping<?>> mappings) {
        this.name = name;
        this.mappings = mappings;
    }

    static Pipeline of(String name, List<CollectionMapping<?>> mappings) {
        if (name.isBlank()) {
            throw new DocrowsException(ErrorCode.INVALID_MAPPING, "A pipeline needs a name.");
        }
        return new Pipeline(name, LoadOrder.of(mappings));
    }

    /**
     * Returns the pipeline's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the mappings, referenced tables before those that refer to them.
     *
     * @return the mappings in load order
     */
    public List<CollectionMapping<?>> mappings() {
        return mappings;
    }

    /**
     * Returns this pipeline, reading from a source.
     *
     * @param documents where documents come from
     * @return a pipeline with that source, still without a target
     */
    public PipelineFrom source(DocumentSource documents) {
        return new PipelineFrom(this, documents);
    }

    /**
     * Returns this pipeline, writing to a database.
     *
     * @param database a plain data source of PostgreSQL's driver or a pool over it; a run takes one connection per
     *     writer and up to three more: one for its lock and bookkeeping, two for what it does beside loading
     * @return a pipeline with that target, still without a source
     */
    public PipelineInto target(DataSource database) {
        return new PipelineInto(this, database);
    }

    @Override
    public String toString() {
        return "Pipeline[" + name + "]";
    }
}
