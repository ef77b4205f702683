/** Hadoop's file systems as Java's. */
@NullMarked
package io.docrows.spark.hadoop;

import org.jspecify.annotations.NullMarked;
