/**
 * What a PostgreSQL column can hold and how it is encoded for binary COPY, one value per Java type of a generated
 * column. Nothing outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.column;

import org.jspecify.annotations.NullMarked;
