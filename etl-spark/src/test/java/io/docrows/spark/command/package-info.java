/** Tests of the program for {@code spark-submit}. */
@NullMarked
package io.docrows.spark.command;

import org.jspecify.annotations.NullMarked;
