package io.docrows.runner.schema;

import io.docrows.Pipeline;
import io.docrows.gigs.GigsPipeline;
import io.docrows.runner.connection.TargetDatabase;

/** The pipeline this command line runs, and the schema it needs. */
public final class ShippedPipeline {

    private ShippedPipeline() {}

    /**
     * The pipeline.
     *
     * @return it, without a source and a target
     */
    public static Pipeline pipeline() {
        return GigsPipeline.pipeline();
    }

    /**
     * The schema it needs.
     *
     * @param target where
     * @return the schema of this target
     */
    public static TargetSchema schema(TargetDatabase target) {
        return new TargetSchema(target.dataSource(), target.description(), GigsPipeline.MIGRATIONS);
    }
}
