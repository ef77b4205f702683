/** The commands that work through rejected documents, and the options that choose among these. */
@NullMarked
package io.docrows.cli.command.rejects;

import org.jspecify.annotations.NullMarked;
