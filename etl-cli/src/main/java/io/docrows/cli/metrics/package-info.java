/** Metrics of a run for Prometheus: served over HTTP while it goes on, or left in a file when it ends. */
@NullMarked
package io.docrows.cli.metrics;

import org.jspecify.annotations.NullMarked;
