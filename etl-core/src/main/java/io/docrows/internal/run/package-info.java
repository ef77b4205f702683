/**
 * A run from its plan to its report: which collections in which order, which partitions on which threads. Nothing
 * outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.run;

import org.jspecify.annotations.NullMarked;
