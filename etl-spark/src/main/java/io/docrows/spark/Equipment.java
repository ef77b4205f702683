package io.docrows.spark;

import java.io.Serializable;
import java.util.UUID;

/**
 * What an executor needs for the tasks of one load. Goes over the network with each of them, so it is small.
 *
 * @param load which load it is of, so that an executor opens source and target once for all of its tasks
 * @param pipeline makes the pipeline
 * @param source opens the source
 * @param target makes the way to the target
 */
record Equipment(UUID load, PipelineFactory pipeline, SourceFactory source, TargetFactory target)
        implements Serializable {

    Equipment(PipelineFactory pipeline, SourceFactory source, TargetFactory target) {
        this(UUID.randomUUID(), pipeline, source, target);
    }
}
