/**
 * Writes the dumps under {@code samples}: a marketplace with the oddities that the rules repair, and one with documents
 * that they reject. Everything follows from a seed, so the committed files can be compared with what is written today.
 */
@NullMarked
package io.docrows.gigs.samples;

import org.jspecify.annotations.NullMarked;
