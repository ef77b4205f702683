package io.docrows.inspect.fact;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured of dates. Immutable.
 *
 * @param count how many
 * @param min the earliest, in milliseconds since 1970-01-01T00:00:00Z; a value of a document
 * @param max the latest
 * @param wholeSeconds how many have no milliseconds
 * @param withId how many are in a document whose {@code _id} is an ObjectId
 * @param onDayOfId how many of these are on the day on which the ObjectId was made, or within a zone's offset of it
 * @param nearId how many of these are within an hour of that moment
 * @param timesOfDay how many different times of day there are; -1 for more than 24
 * @param zones zones in which every date is midnight, as far as the first and last date of each month and time of day
 *     can tell; empty if there is none
 * @param years by year, how many; earlier and later ones are counted in 1800 and 2199
 */
public record DateFacts(
        long count,
        long min,
        long max,
        long wholeSeconds,
        long withId,
        long onDayOfId,
        long nearId,
        int timesOfDay,
        List<String> zones,
        SortedMap<Integer, Long> years) {

    /** Copies the collections. */
    public DateFacts {
        zones = List.copyOf(zones);
        years = java.util.Collections.unmodifiableSortedMap(new TreeMap<Integer, Long>((Map<Integer, Long>) years));
    }
}
