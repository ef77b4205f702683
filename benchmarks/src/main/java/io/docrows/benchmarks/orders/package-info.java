/** Orders, each with items and their discounts: the documents, and the pipeline that carries them into three tables. */
@NullMarked
package io.docrows.benchmarks.orders;

import org.jspecify.annotations.NullMarked;
