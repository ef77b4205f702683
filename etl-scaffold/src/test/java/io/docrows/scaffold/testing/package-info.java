/** What the tests of scaffolded projects share. */
@NullMarked
package io.docrows.scaffold.testing;

import org.jspecify.annotations.NullMarked;
