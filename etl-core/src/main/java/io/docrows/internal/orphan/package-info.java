/**
 * Rows whose document no longer exists: how they are found by reading every key once more, which of them can go, and
 * how they go. Nothing outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.orphan;

import org.jspecify.annotations.NullMarked;
