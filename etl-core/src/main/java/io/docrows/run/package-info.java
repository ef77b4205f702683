/** What a caller says of a run before it begins, and hears while it works: options, limits, cancellation, listener. */
@NullMarked
package io.docrows.run;

import org.jspecify.annotations.NullMarked;
