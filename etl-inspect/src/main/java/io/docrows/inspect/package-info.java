/**
 * Measures every document of a source before anything is loaded, and proposes the tables that they fit into. Begin with
 * {@link io.docrows.inspect.Inspector}.
 */
@NullMarked
package io.docrows.inspect;

import org.jspecify.annotations.NullMarked;
