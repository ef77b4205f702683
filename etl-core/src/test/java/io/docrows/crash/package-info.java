/**
 * Breaks things on purpose while a run is at work, and compares what is in the target at the end with what an
 * undisturbed run leaves there.
 */
@NullMarked
package io.docrows.crash;

import org.jspecify.annotations.NullMarked;
