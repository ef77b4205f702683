/**
 * A whole collection staged in the target's session, and set-based SQL that says how source and target differ. Writes
 * to temporary tables only. Nothing outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.compare;

import org.jspecify.annotations.NullMarked;
