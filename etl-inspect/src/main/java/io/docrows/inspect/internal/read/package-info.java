/** Reads the documents of a collection in several threads, each into a sink of its own. */
@NullMarked
package io.docrows.inspect.internal.read;

import org.jspecify.annotations.NullMarked;
