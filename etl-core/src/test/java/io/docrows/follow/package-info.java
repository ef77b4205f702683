/** Following a source's changes. */
@NullMarked
package io.docrows.follow;

import org.jspecify.annotations.NullMarked;
