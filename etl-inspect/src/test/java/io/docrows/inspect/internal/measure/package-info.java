/** Tests of what one thread measures. */
@NullMarked
package io.docrows.inspect.internal.measure;

import org.jspecify.annotations.NullMarked;
