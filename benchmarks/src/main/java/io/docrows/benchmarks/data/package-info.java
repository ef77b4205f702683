/**
 * The data that is loaded: a marketplace of any size, alike every time, as a mongodump directory, together with the
 * rows that must come of it.
 */
@NullMarked
package io.docrows.benchmarks.data;

import org.jspecify.annotations.NullMarked;
