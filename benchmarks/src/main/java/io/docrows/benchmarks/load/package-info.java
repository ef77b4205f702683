/**
 * Whole loads side by side: every contender in turn, round after round, each in a database and a JVM of its own, with
 * its rows compared with those that were expected; then the table of medians.
 */
@NullMarked
package io.docrows.benchmarks.load;

import org.jspecify.annotations.NullMarked;
