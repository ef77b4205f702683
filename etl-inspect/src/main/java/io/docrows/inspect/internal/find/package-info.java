/** Draws conclusions from what was measured: facts as records, findings, and candidates for a second look. */
@NullMarked
package io.docrows.inspect.internal.find;

import org.jspecify.annotations.NullMarked;
