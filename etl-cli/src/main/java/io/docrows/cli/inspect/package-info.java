/** What an inspection found, for people in a terminal or a browser, and for programs. */
@NullMarked
package io.docrows.cli.inspect;

import org.jspecify.annotations.NullMarked;
