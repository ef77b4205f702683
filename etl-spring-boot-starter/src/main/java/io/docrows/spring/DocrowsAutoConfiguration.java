package io.docrows.spring;

import com.mongodb.client.MongoClient;
import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.metrics.FollowMetrics;
import io.docrows.metrics.RunMetrics;
import io.docrows.run.FollowListener;
import io.docrows.run.RunListener;
import io.docrows.source.DocumentSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives a service that has pipelines and a {@link DataSource} a {@link PipelineRunner}. Pipelines are beans of type
 * {@link Pipeline}; each {@link PipelineProvider} found by {@link java.util.ServiceLoader} becomes one. Whatever is
 * defined here gives way to a bean of the same type that the application defines.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@EnableConfigurationProperties(DocrowsProperties.class)
public class DocrowsAutoConfiguration {

    /** Made by Spring. */
    public DocrowsAutoConfiguration() {}

    @Bean
    static PipelineBeans docrowsPipelineBeans(ConfigurableApplicationContext context) {
        ClassLoader loader = context.getClassLoader();
        return new PipelineBeans(loader == null ? DocrowsAutoConfiguration.class.getClassLoader() : loader);
    }

    @Bean
    @ConditionalOnMissingBean
    PipelineSource docrowsSource(
            DocrowsProperties properties, ObjectProvider<DocumentSource> own, ObjectProvider<MongoClient> clients) {
        PipelineSource configured = new ConfiguredSource(properties, clients);
        return pipeline -> {
            DocumentSource source = own.getIfUnique();
            // A bean is the application's to close.
            return source == null ? configured.open(pipeline) : LentSource.of(source);
        };
    }

    @Bean
    @ConditionalOnBean(DataSource.class)
    DocrowsTarget docrowsTargetDatabase(
            @Qualifier("docrowsTarget") ObjectProvider<DataSource> named, ObjectProvider<DataSource> any) {
        DataSource target = named.getIfAvailable();
        return new DocrowsTarget(target == null ? any.getObject() : target);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(DocrowsTarget.class)
    PipelineRunner docrowsRunner(
            ObjectProvider<Pipeline> pipelines,
            DocrowsTarget target,
            PipelineSource source,
            DocrowsProperties properties,
            ObjectProvider<RunListeners> listeners,
            ObjectProvider<RunListener> own,
            ObjectProvider<FollowListeners> following,
            ObjectProvider<FollowListener> ownFollowing) {
        RunListeners all = pipeline -> RunListener.all(
                Stream.concat(listeners.orderedStream().map(made -> made.of(pipeline)), own.orderedStream())
                        .toArray(RunListener[]::new));
        FollowListeners allFollowing = pipeline -> FollowListener.all(
                Stream.concat(following.orderedStream().map(made -> made.of(pipeline)), ownFollowing.orderedStream())
                        .toArray(FollowListener[]::new));
        return new PipelineRunner(
                pipelines.stream().toList(), target.dataSource(), source, properties, all, allFollowing);
    }

    @Bean
    @ConditionalOnBean(PipelineRunner.class)
    Schedule docrowsSchedule(PipelineRunner runner, DocrowsProperties properties) {
        return new Schedule(runner, properties);
    }

    /** Metrics, where the application has a registry for them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
    static class Metrics {

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        RunListeners docrowsMetrics(MeterRegistry registry) {
            Map<String, RunMetrics> metrics = new ConcurrentHashMap<>();
            return pipeline -> metrics.computeIfAbsent(pipeline, name -> new RunMetrics(registry, name));
        }

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        FollowListeners docrowsFollowMetrics(MeterRegistry registry) {
            Map<String, FollowMetrics> metrics = new ConcurrentHashMap<>();
            return pipeline -> metrics.computeIfAbsent(pipeline, name -> new FollowMetrics(registry, name));
        }
    }
}
