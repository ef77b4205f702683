/** The exceptions of this library, and the stable codes of errors and rejects. Everything else may depend on it. */
@NullMarked
package io.docrows.error;

import org.jspecify.annotations.NullMarked;
