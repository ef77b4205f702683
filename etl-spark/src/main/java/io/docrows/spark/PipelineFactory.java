package io.docrows.spark;

import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.Serializable;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Makes the pipeline, in the driver and once in each executor. It goes over the network, the pipeline does not: so it
 * holds little more than a name.
 */
@FunctionalInterface
public interface PipelineFactory extends Serializable {

    /**
     * Makes the pipeline.
     *
     * @return the same pipeline in every process
     */
    Pipeline pipeline();

    /**
     * Returns what makes the pipeline of a provider that {@link ServiceLoader} finds, by its name.
     *
     * @param name the pipeline's name
     * @return the factory; what it makes fails with {@code INVALID_OPTION} in a process that lacks the provider
     */
    static PipelineFactory named(String name) {
        return () -> ServiceLoader.load(PipelineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "An executor lacks the pipeline " + name + ": it has "
                                + ServiceLoader.load(PipelineProvider.class).stream()
                                        .map(provider -> provider.get().name())
                                        .sorted()
                                        .collect(Collectors.joining(", ", "[", "]"))
                                + ". Give spark-submit the jar with its provider by --jars."))
                .pipeline();
    }
}
