package io.docrows.spring;

import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The endpoint {@code docrows} and the health of that name, where the application has Spring Boot's actuator. Both are
 * switched on and off as all others are: {@code management.endpoints.web.exposure.include},
 * {@code management.health.docrows.enabled}.
 */
@AutoConfiguration(after = DocrowsAutoConfiguration.class)
@ConditionalOnBean(PipelineRunner.class)
public class DocrowsActuatorAutoConfiguration {

    /** Made by Spring. */
    public DocrowsActuatorAutoConfiguration() {}

    /** The endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
    static class Endpoints {

        @Bean
        @ConditionalOnMissingBean
        DocrowsEndpoint docrowsEndpoint(PipelineRunner runner, DocrowsTarget target) {
            return new DocrowsEndpoint(runner, target.dataSource());
        }
    }

    /** The health, in words of Docrows. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "management.health.docrows.enabled", matchIfMissing = true)
    static class Indicators {

        @Bean
        RunHealth docrowsRunHealth(PipelineRunner runner, DocrowsProperties properties, DocrowsTarget target) {
            return new RunHealth(runner, properties, target.dataSource(), Clock.systemUTC());
        }

        /** For Spring Boot 3. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
        static class OfBoot3 {

            @Bean
            @ConditionalOnMissingBean(name = "docrowsHealthIndicator")
            Boot3Health docrowsHealthIndicator(RunHealth health) {
                return new Boot3Health(health);
            }
        }

        /** For Spring Boot 4. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
        @ConditionalOnMissingClass("org.springframework.boot.actuate.health.HealthIndicator")
        static class OfBoot4 {

            @Bean
            @ConditionalOnMissingBean(name = "docrowsHealthIndicator")
            Boot4Health docrowsHealthIndicator(RunHealth health) {
                return new Boot4Health(health);
            }
        }
    }
}
