package io.docrows.spring;

import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import java.util.ServiceLoader;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Registers a bean of type {@link Pipeline} for each {@link PipelineProvider} that {@link ServiceLoader} finds, named
 * after the pipeline: {@code shopPipeline} for {@code shop}. A bean of that name that the application defines stays.
 */
final class PipelineBeans implements BeanDefinitionRegistryPostProcessor {

    private final ClassLoader loader;

    PipelineBeans(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        for (PipelineProvider provider : ServiceLoader.load(PipelineProvider.class, loader)) {
            String bean = provider.name() + "Pipeline";
            if (!registry.containsBeanDefinition(bean)) {
                RootBeanDefinition definition = new RootBeanDefinition(Pipeline.class, provider::pipeline);
                registry.registerBeanDefinition(bean, definition);
            }
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {}
}
