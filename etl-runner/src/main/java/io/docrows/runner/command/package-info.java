/** The commands, the options they share, and what becomes of their failures: one line and an exit code. */
@NullMarked
package io.docrows.runner.command;

import org.jspecify.annotations.NullMarked;
