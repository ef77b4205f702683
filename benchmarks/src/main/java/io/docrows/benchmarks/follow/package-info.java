/** How fast changes are followed, beside a run that reads the same changes, in one process after the other. */
@NullMarked
package io.docrows.benchmarks.follow;

import org.jspecify.annotations.NullMarked;
