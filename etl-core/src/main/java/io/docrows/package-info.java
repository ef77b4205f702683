/**
 * The face of the library: describe a {@link io.docrows.Pipeline}, give it a source and a target, run the
 * {@link io.docrows.ConnectedPipeline}, read its {@link io.docrows.report.RunReport}. Nothing in the library depends on
 * this package.
 */
@NullMarked
package io.docrows;

import org.jspecify.annotations.NullMarked;
