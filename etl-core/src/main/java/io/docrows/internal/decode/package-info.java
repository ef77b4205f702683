/**
 * What the library's own packages may ask of a compiled mapping, and the way in which they get at it. A mapping is
 * public, its compiled form is not: {@link io.docrows.internal.decode.MappingAccess} names no class of
 * {@code io.docrows.mapping}, which registers the one implementation there is, so that neither package depends on the
 * other in a circle. Everyone else asks {@code io.docrows.internal.mapping.CompiledMapping}, which is typed.
 */
@NullMarked
package io.docrows.internal.decode;

import org.jspecify.annotations.NullMarked;
