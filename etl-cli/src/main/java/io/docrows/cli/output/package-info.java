/** What commands print on standard output: aligned tables for people, one JSON object for programs. */
@NullMarked
package io.docrows.cli.output;

import org.jspecify.annotations.NullMarked;
