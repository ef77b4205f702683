/**
 * The library's own schema {@code docrows}: runs, checkpoints, rejects, pending references, and the pipeline's lock.
 * Nothing outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.metadata;

import org.jspecify.annotations.NullMarked;
