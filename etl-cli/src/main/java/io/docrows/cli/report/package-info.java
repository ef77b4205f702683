/**
 * The report of a run as one HTML file. What happens while the run goes on is recorded here, and laid out for the page
 * in {@code src/main/jte}, which escapes whatever it is given.
 */
@NullMarked
package io.docrows.cli.report;

import org.jspecify.annotations.NullMarked;
