/** Options that several commands share: what is given on the command line, checked and made into values. */
@NullMarked
package io.docrows.cli.option;

import org.jspecify.annotations.NullMarked;
