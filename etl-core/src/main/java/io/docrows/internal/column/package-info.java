/**
 * What a PostgreSQL column can hold, how its values are encoded for binary COPY, and in which form they are staged: one
 * codec for each type. Nothing outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.column;

import org.jspecify.annotations.NullMarked;
