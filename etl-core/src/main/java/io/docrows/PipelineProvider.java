package io.docrows;

/**
 * Offers a pipeline to whatever runs pipelines: the command line, a service, a cluster. Implementations are found by
 * {@link java.util.ServiceLoader}, under the name of this interface in {@code META-INF/services}, so they need a public
 * constructor without parameters; or they are handed over. They are stateless and thread-safe.
 */
public interface PipelineProvider {

    /**
     * The pipeline.
     *
     * @return it, without a source and a target; the same each time
     */
    Pipeline pipeline();

    /**
     * Where the pipeline's tables are, and what makes them.
     *
     * @return its migrations, schema and history
     */
    PipelineSchema schema();

    /**
     * The name that the command line and its settings know the pipeline by.
     *
     * @return the pipeline's name
     */
    default String name() {
        return pipeline().name();
    }
}
