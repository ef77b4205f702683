/** Chooses tables and columns for what was found, such that nothing is lost and nothing rejected. */
@NullMarked
package io.docrows.scaffold.internal.choose;

import org.jspecify.annotations.NullMarked;
