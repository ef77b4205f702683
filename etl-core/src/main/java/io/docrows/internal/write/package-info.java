/**
 * One batch, one transaction: binary COPY into staging tables, then set-based SQL that makes the target equal. Nothing
 * outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.write;

import org.jspecify.annotations.NullMarked;
