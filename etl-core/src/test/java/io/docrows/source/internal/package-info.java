/** Tests of what the document sources share. */
@NullMarked
package io.docrows.source.internal;

import org.jspecify.annotations.NullMarked;
