/**
 * The command line for any pipeline: {@link io.docrows.cli.Cli} runs it, {@link io.docrows.PipelineProvider} extends
 * it.
 */
@NullMarked
package io.docrows.cli;

import org.jspecify.annotations.NullMarked;
