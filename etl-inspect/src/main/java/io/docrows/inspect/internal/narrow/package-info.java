/** The second reading: a few paths only, counted exactly, to prove or refute what the first one suggests. */
@NullMarked
package io.docrows.inspect.internal.narrow;

import org.jspecify.annotations.NullMarked;
