/**
 * Text that others chose, made fit to be printed: in messages, tables, log lines, pages. Knows nothing of the rest of
 * the library.
 */
@NullMarked
package io.docrows.text;

import org.jspecify.annotations.NullMarked;
