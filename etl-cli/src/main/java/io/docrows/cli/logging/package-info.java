/** Sets up the logging backend: short lines for people or JSON for programs, always on standard error. */
@NullMarked
package io.docrows.cli.logging;

import org.jspecify.annotations.NullMarked;
