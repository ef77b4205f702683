/**
 * Benchmarks: whole loads side by side, and microbenchmarks of decoding and encoding. A benchmark asserts what was
 * loaded, never how long it took.
 */
@NullMarked
package io.docrows.benchmarks;

import org.jspecify.annotations.NullMarked;
