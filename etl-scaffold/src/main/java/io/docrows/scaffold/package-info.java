/**
 * Writes a project for what was found in a source: migrations, mappings, a pipeline and its command line. Begin with
 * {@link io.docrows.scaffold.Scaffold}.
 */
@NullMarked
package io.docrows.scaffold;

import org.jspecify.annotations.NullMarked;
