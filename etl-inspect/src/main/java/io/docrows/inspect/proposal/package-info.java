/** Tables that the documents of an inspected source fit into, with the reasons and the cost of each choice. */
@NullMarked
package io.docrows.inspect.proposal;

import org.jspecify.annotations.NullMarked;
