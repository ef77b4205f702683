package io.docrows.gigs;

import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.PipelineSchema;

/** Offers the gigs pipeline to the command line. */
public final class GigsPipelineProvider implements PipelineProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public GigsPipelineProvider() {}

    @Override
    public Pipeline pipeline() {
        return GigsPipeline.pipeline();
    }

    @Override
    public PipelineSchema schema() {
        return PipelineSchema.of(GigsPipeline.NAME, GigsPipeline.MIGRATIONS);
    }
}
