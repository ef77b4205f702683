/** A pipeline of the tests, and the command line around it. */
@NullMarked
package io.docrows.cli.testing;

import org.jspecify.annotations.NullMarked;
