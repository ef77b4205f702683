/** Loads with sessions of Spark: in this process, and on clusters of processes. */
@NullMarked
package io.docrows.spark;

import org.jspecify.annotations.NullMarked;
