/** The examples on the pages in {@code docs} are compiled and run. */
@NullMarked
package io.docrows.docs;

import org.jspecify.annotations.NullMarked;
