/** Rows whose document no longer exists: which go, which stay, and when nothing may go at all. */
@NullMarked
package io.docrows.delete;

import org.jspecify.annotations.NullMarked;
