/** Holds pages in docs/ against the program: what they show is what it does. */
@NullMarked
package io.docrows.runner.docs;

import org.jspecify.annotations.NullMarked;
