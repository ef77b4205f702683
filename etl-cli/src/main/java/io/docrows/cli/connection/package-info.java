/**
 * From what a person writes behind {@code --source} and {@code --target} to open connections, with errors that say what
 * is wrong and never show a password.
 */
@NullMarked
package io.docrows.cli.connection;

import org.jspecify.annotations.NullMarked;
