/**
 * Files that Hadoop's {@code FileSystem} reaches, as paths of Java's own file API: so the library reads dumps and JSON
 * on HDFS or S3 with the very code that reads them on a disk. For reading only.
 */
@NullMarked
package io.docrows.spark.hadoop;

import org.jspecify.annotations.NullMarked;
