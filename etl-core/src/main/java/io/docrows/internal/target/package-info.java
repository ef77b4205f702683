/**
 * What the target database really holds, compared with the generated classes before anything is written. Nothing
 * outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.target;

import org.jspecify.annotations.NullMarked;
