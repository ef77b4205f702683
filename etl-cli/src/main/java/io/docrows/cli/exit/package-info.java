/** How a command ends: its exit code, and the one line a person is told when something went wrong. */
@NullMarked
package io.docrows.cli.exit;

import org.jspecify.annotations.NullMarked;
