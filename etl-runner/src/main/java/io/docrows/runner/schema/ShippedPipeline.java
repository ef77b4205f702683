package io.docrows.runner.schema;

import io.docrows.Pipeline;
import io.docrows.gigs.GigsPipeline;
import io.docrows.runner.connection.TargetDatabase;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipeline this command line runs, and the schema it needs. */
public final class ShippedPipeline {

    /** Where its tables are, and what makes them. */
    public static final PipelineSchema SCHEMA = PipelineSchema.of(GigsPipeline.NAME, GigsPipeline.MIGRATIONS);

    private static final Logger LOG = LoggerFactory.getLogger(ShippedPipeline.class);

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
        if (target.setsSearchPath()) {
            LOG.warn(
                    "the search path in the target's address has no effect: tables and history are in the schema {}",
                    SCHEMA.schema());
        }
        return schema(target.dataSource(), target.description());
    }

    /**
     * The schema it needs.
     *
     * @param target connections to where it is
     * @param description where that is, for messages
     * @return the schema of this target
     */
    public static TargetSchema schema(DataSource target, String description) {
        return new TargetSchema(target, description, SCHEMA, pipeline());
    }
}
