/**
 * The measuring of raw documents: a tree of paths whose counts are the same for every order of the documents and every
 * way of sharing them between threads.
 */
@NullMarked
package io.docrows.inspect.internal.measure;

import org.jspecify.annotations.NullMarked;
