/** Tables that are there already, and which collections and fields fit into them. */
@NullMarked
package io.docrows.scaffold.internal.schema;

import org.jspecify.annotations.NullMarked;
