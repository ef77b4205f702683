/** Files that Docrows leaves for people and other programs. */
@NullMarked
package io.docrows.file;

import org.jspecify.annotations.NullMarked;
