/**
 * Everything that carries the same dump into the same tables: the loader this project is about, and what people write
 * or pick in its place. Each contender runs in a JVM of its own and must leave the same rows.
 */
@NullMarked
package io.docrows.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
