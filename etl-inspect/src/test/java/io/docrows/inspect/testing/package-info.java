/** What the tests of this module share. */
@NullMarked
package io.docrows.inspect.testing;

import org.jspecify.annotations.NullMarked;
