/** Runs whose partitions are loaded by other processes; here, those are threads. */
@NullMarked
package io.docrows.cluster;

import org.jspecify.annotations.NullMarked;
