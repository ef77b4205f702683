/**
 * One pass over the raw bytes of a BSON document, without building it. Nothing outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.bson;

import org.jspecify.annotations.NullMarked;
