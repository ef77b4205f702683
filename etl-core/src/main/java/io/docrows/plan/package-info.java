/** What a run would do: counts of documents, by column and by reason, without anything being written. */
@NullMarked
package io.docrows.plan;

import org.jspecify.annotations.NullMarked;
