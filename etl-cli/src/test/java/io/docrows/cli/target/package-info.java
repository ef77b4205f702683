/** The command line and what may stand between it and a PostgreSQL, or be set there. */
@NullMarked
package io.docrows.cli.target;

import org.jspecify.annotations.NullMarked;
