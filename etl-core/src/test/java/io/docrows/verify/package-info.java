/** A source compared with a target in which differences were planted. */
@NullMarked
package io.docrows.verify;

import org.jspecify.annotations.NullMarked;
