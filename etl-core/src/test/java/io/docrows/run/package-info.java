/** Whole runs of a pipeline through the library's public face, on an embedded PostgreSQL. */
@NullMarked
package io.docrows.run;

import org.jspecify.annotations.NullMarked;
