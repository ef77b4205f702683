/** Follows a run on standard error: bars on a terminal, a log line every few seconds everywhere else. */
@NullMarked
package io.docrows.cli.progress;

import org.jspecify.annotations.NullMarked;
