package io.docrows;

import io.docrows.error.DocrowsException;
import io.docrows.internal.run.Preflight;
import io.docrows.source.DocumentSource;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/** A pipeline with a source, and no target yet. Immutable and thread-safe; it does not close its source. */
public final class PipelineFrom {

    private final Pipeline pipeline;
    private final DocumentSource source;

    PipelineFrom(Pipeline pipeline, DocumentSource documents) {
        this.pipeline = pipeline;
        this.source = Objects.requireNonNull(documents, "documents");
    }

    /**
     * Returns what was described, without source and target.
     *
     * @return its name and mappings
     */
    public Pipeline pipeline() {
        return pipeline;
    }

    /**
     * Returns this pipeline, writing to a database.
     *
     * @param database as in {@link Pipeline#target}
     * @return a pipeline with source and target, ready to run
     */
    public ConnectedPipeline target(DataSource database) {
        return new ConnectedPipeline(pipeline, source, database);
    }

    /**
     * Makes sure that the source holds every collection that a run reads, before anything is done to the target.
     *
     * @param collections names of the collections that the run is going to read; empty for all
     * @throws DocrowsException {@code SOURCE_COLLECTION_MISSING} if it does not; {@code INVALID_OPTION} if no mapping
     *     reads a collection that was asked for
     */
    public void checkSource(Set<String> collections) {
        Preflight.source(pipeline.name(), pipeline.mappings(), source, collections);
    }

    @Override
    public String toString() {
        return pipeline.toString();
    }
}
