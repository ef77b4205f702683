/**
 * A load whose partitions are tasks of Apache Spark: the driver owns the run, executors write with the library's own
 * writer.
 */
@NullMarked
package io.docrows.spark;

import org.jspecify.annotations.NullMarked;
