/** The benchmark of following, small. */
@NullMarked
package io.docrows.benchmarks.follow;

import org.jspecify.annotations.NullMarked;
