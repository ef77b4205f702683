/**
 * Reading only what has changed: the high-water mark of a mapping's watermark field, what it is good for, and the
 * filter on documents. Nothing outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.incremental;

import org.jspecify.annotations.NullMarked;
