/**
 * Where documents come from. A source splits a collection into partitions that can be read on their own, and a reader
 * hands out raw BSON with a position from which another reader can go on.
 */
@NullMarked
package io.docrows.source;

import org.jspecify.annotations.NullMarked;
