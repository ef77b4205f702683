/**
 * Tests of the gigs pipeline: each rule on its own, without a database, and the whole way from documents to rows on
 * real servers. {@code GigsContract} holds what must be true of every pair of source and target.
 */
@NullMarked
package io.docrows.gigs;

import org.jspecify.annotations.NullMarked;
