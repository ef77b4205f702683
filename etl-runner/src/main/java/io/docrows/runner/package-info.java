/**
 * The command line's way in: it turns arguments into an exit code. What the commands do lives in the packages below.
 */
@NullMarked
package io.docrows.runner;

import org.jspecify.annotations.NullMarked;
