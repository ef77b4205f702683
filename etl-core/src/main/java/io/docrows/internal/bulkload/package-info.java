/**
 * Constraints and indexes that are dropped for the first load of an empty table and rebuilt after it, written down in
 * the schema {@code docrows} as long as they are missing. Nothing outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.bulkload;

import org.jspecify.annotations.NullMarked;
