/**
 * The face of the library: describe a {@link io.docrows.Pipeline}, run it, read its {@link io.docrows.RunReport}.
 * Everything a run can say (errors, progress, counts) has its type here.
 */
@NullMarked
package io.docrows;

import org.jspecify.annotations.NullMarked;
