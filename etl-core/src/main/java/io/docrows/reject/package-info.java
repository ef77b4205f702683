/**
 * Working through the documents that were rejected: listing, reading back, exporting and discarding them. They are
 * loaded again by {@link io.docrows.PipelineInto#retryRejects}.
 */
@NullMarked
package io.docrows.reject;

import org.jspecify.annotations.NullMarked;
