/**
 * Metrics of runs for Micrometer. The one package that needs {@code micrometer-core}, which is an optional dependency:
 * whoever uses this package brings it.
 */
@NullMarked
package io.docrows.metrics;

import org.jspecify.annotations.NullMarked;
