/**
 * The gigs marketplace: how its users and gigs documents become rows, and the rules that repair or reject their values.
 * The tables and their generated classes come with the migrations.
 */
@NullMarked
package io.docrows.gigs;

import org.jspecify.annotations.NullMarked;
