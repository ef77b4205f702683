/** What was measured of the documents of a source: immutable records, whose numbers are counts of all documents. */
@NullMarked
package io.docrows.inspect.fact;

import org.jspecify.annotations.NullMarked;
