/**
 * What a run and a cluster say to each other: which partition to load, and what became of it. For those that bring a
 * cluster; everybody else runs a pipeline.
 */
@NullMarked
package io.docrows.cluster;

import org.jspecify.annotations.NullMarked;
