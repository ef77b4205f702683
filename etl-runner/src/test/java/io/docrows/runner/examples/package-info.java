/** The examples, built as an outside user builds them. */
@NullMarked
package io.docrows.runner.examples;

import org.jspecify.annotations.NullMarked;
