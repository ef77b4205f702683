/**
 * Tests of the dump source. Archives are written here after their specification, since nothing in the library writes
 * any.
 */
@NullMarked
package io.docrows.source.dump;

import org.jspecify.annotations.NullMarked;
