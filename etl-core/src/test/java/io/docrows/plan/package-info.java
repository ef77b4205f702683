/** What a plan says, compared with what the run after it does. */
@NullMarked
package io.docrows.plan;

import org.jspecify.annotations.NullMarked;
