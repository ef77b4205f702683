/** Tests of what tells one kind of file from another. */
@NullMarked
package io.docrows.source.file;

import org.jspecify.annotations.NullMarked;
