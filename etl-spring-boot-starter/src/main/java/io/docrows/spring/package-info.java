/**
 * Pipelines in a Spring Boot service: a bean for each, runs on schedule and on request, their health and their metrics.
 * Works under Spring Boot 3.5 and 4.
 */
@NullMarked
package io.docrows.spring;

import org.jspecify.annotations.NullMarked;
