/** The compiled form of mappings, typed, for the verbs: what the public face of a mapping does not show. */
@NullMarked
package io.docrows.internal.mapping;

import org.jspecify.annotations.NullMarked;
