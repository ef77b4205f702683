/**
 * What the library's tests share: fakes that keep the contracts of the real things, and a PostgreSQL with the
 * bookshop's tables.
 */
@NullMarked
package io.docrows.testing;

import org.jspecify.annotations.NullMarked;
