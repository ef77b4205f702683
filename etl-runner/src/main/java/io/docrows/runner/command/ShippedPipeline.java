package io.docrows.runner.command;

import io.docrows.Pipeline;
import io.docrows.gigs.GigsPipeline;
import io.docrows.runner.connection.TargetDatabase;
import io.docrows.runner.schema.TargetSchema;

/** The pipeline this command line runs, and the schema it needs. */
final class ShippedPipeline {

    private ShippedPipeline() {}

    static Pipeline pipeline() {
        return GigsPipeline.pipeline();
    }

    static TargetSchema schema(TargetDatabase target) {
        return new TargetSchema(target.dataSource(), target.description(), GigsPipeline.MIGRATIONS);
    }
}
