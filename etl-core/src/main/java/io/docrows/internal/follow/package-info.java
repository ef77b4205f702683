/**
 * Follows a source: takes a position, has everything loaded, and applies changes from that position on. Collects
 * changed keys and decides when they are applied; what becomes of documents is the run's.
 */
@NullMarked
package io.docrows.internal.follow;

import org.jspecify.annotations.NullMarked;
