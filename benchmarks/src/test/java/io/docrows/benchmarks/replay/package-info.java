@NullMarked
package io.docrows.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
