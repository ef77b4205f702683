/** That contenders load what they should, and that the report tells what was measured. */
@NullMarked
package io.docrows.benchmarks.load;

import org.jspecify.annotations.NullMarked;
