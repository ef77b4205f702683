package io.docrows.spring;

import io.docrows.source.DocumentSource;

/**
 * Opens what a pipeline reads, once for each run. Define a bean of this type where {@code docrows.source} cannot say
 * it. Thread-safe.
 */
@FunctionalInterface
public interface PipelineSource {

    /**
     * Opens the source.
     *
     * @param pipeline the name of the pipeline that is about to run
     * @return the source; the run closes it
     * @throws io.docrows.error.DocrowsException {@code SOURCE_UNAVAILABLE} if it cannot be reached
     */
    DocumentSource open(String pipeline);
}
