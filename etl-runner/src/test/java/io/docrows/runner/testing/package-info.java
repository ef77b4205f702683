/** Runs commands for tests: in this JVM with streams of their own, or in a child process that can be sent signals. */
@NullMarked
package io.docrows.runner.testing;

import org.jspecify.annotations.NullMarked;
