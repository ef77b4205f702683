/**
 * The command line under {@code spark-submit}: all commands, of which {@code run} loads with the session's executors.
 */
@NullMarked
package io.docrows.spark.command;

import org.jspecify.annotations.NullMarked;
