/**
 * Parsers of foreign bytes under a coverage-guided fuzzer. Without one, as in every build, they read the inputs kept in
 * {@code src/test/resources}.
 */
@NullMarked
package io.docrows.fuzz;

import org.jspecify.annotations.NullMarked;
