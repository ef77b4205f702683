/** That the data set is what it says. */
@NullMarked
package io.docrows.benchmarks.data;

import org.jspecify.annotations.NullMarked;
