/** The commands, but for those on rejects, and what all commands have in common. */
@NullMarked
package io.docrows.cli.command;

import org.jspecify.annotations.NullMarked;
