/** The command inspect and what it writes. */
@NullMarked
package io.docrows.cli.inspect;

import org.jspecify.annotations.NullMarked;
