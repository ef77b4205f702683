/** What comparing a source with its target found: counts, and the first keys and columns that differ. */
@NullMarked
package io.docrows.verify;

import org.jspecify.annotations.NullMarked;
