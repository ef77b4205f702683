/** What a command line is made of: the pipelines it runs, and what a program adds to it. */
@NullMarked
package io.docrows.cli.program;

import org.jspecify.annotations.NullMarked;
