package io.docrows;

/**
 * Offers a pipeline to whatever runs pipelines: the command line, a service, a cluster. Implementations are found by
 * {@link java.util.ServiceLoader}, under the name of this interface in {@code META-INF/services}, so they need a public
 * constructor without parameters; or they are handed over. They are stateless and thread-safe.
 */
public interface PipelineProvider {

    /**
     * Returns the pipeline.
     *
     * @return it, without a source and a target; the same each time
     */
    Pipeline pipeline();

    /**
     * Returns where the pipeline's tables are, and what makes them. Cheap: it need not load the generated classes.
     *
     * @return its migrations, schema and history
     */
    PipelineSchema schema();

    /**
     * Returns the name that the command line and its settings know the pipeline by. Asked for before anything else is,
     * so it comes from the schema: the pipeline with all its classes may not be needed.
     *
     * @return the pipeline's name
     */
    default String name() {
        return schema().pipeline();
    }
}
