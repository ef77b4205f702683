/**
 * The example of the README, as a service that embeds the library would write it. A test compares it with the page, and
 * another one runs it.
 */
@NullMarked
package io.docrows.gigs.example;

import org.jspecify.annotations.NullMarked;
