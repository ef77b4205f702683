/** Writes the files of a project. */
@NullMarked
package io.docrows.scaffold.internal.write;

import org.jspecify.annotations.NullMarked;
