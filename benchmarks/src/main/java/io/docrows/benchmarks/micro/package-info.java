/** Microbenchmarks of the two things that the loader's own processor time goes into: decoding and encoding. */
@NullMarked
package io.docrows.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
