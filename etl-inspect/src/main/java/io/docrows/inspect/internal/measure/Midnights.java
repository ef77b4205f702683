package io.docrows.inspect.internal.measure;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The few times of day that dates have, if they have few: a day that was stored as midnight in one zone has one, two
 * with daylight saving, and some more from the years before standard time. For each month it keeps the first and the
 * last date, by which zones are tried. Forgets everything once there are too many. Not thread-safe.
 */
final class Midnights {

    private static final int MOST = 24;
    private static final int MONTHS = 12;

    /** One for each clock that many people live by. */
    private static final List<String> KNOWN = List.of(
            "Europe/London",
            "Europe/Berlin",
            "Europe/Paris",
            "Europe/Madrid",
            "Europe/Rome",
            "Europe/Helsinki",
            "Europe/Athens",
            "Europe/Istanbul",
            "Europe/Moscow",
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "America/Sao_Paulo",
            "America/Mexico_City",
            "America/Bogota",
            "America/Argentina/Buenos_Aires",
            "America/Toronto",
            "America/Halifax",
            "Africa/Cairo",
            "Africa/Lagos",
            "Africa/Johannesburg",
            "Africa/Nairobi",
            "Asia/Dubai",
            "Asia/Karachi",
            "Asia/Kolkata",
            "Asia/Dhaka",
            "Asia/Jakarta",
            "Asia/Shanghai",
            "Asia/Singapore",
            "Asia/Tokyo",
            "Asia/Seoul",
            "Asia/Jerusalem",
            "Asia/Tehran",
            "Australia/Sydney",
            "Australia/Perth",
            "Pacific/Auckland",
            "Pacific/Honolulu");

    /** Zones are not told apart by names that nobody would choose. Those that people know by name come first. */
    private static List<String> candidates() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.indexOf('/') > 0 && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                .sorted(Comparator.comparingInt(Midnights::rank).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static int rank(String zone) {
        int rank = KNOWN.indexOf(zone);
        return rank < 0 ? KNOWN.size() : rank;
    }

    private int size;
    private int @Nullable [] times = new int[MOST];
    private final long[] counts = new long[MOST];
    private final long[][] bounds = new long[MOST][];

    /** Whether there are few times of day so far. */
    boolean areFew() {
        return times != null;
    }

    void add(int time, int month, long millis) {
        int[] known = times;
        if (known == null) {
            return;
        }
        for (int i = 0; i < size; i++) {
            if (known[i] == time) {
                counts[i]++;
                widen(bounds[i], month, millis, millis);
                return;
            }
        }
        insert(time, 1);
        if (times != null) {
            widen(bounds[size - 1], month, millis, millis);
        }
    }

    private void insert(int time, long count) {
        int[] known = times;
        if (known == null || size == MOST) {
            times = null;
            Arrays.fill(bounds, null);
            size = 0;
            return;
        }
        known[size] = time;
        counts[size] = count;
        long[] months = new long[2 * MONTHS];
        for (int i = 0; i < MONTHS; i++) {
            months[2 * i] = Long.MAX_VALUE;
            months[2 * i + 1] = Long.MIN_VALUE;
        }
        bounds[size++] = months;
    }

    private static void widen(long[] months, int month, long min, long max) {
        months[2 * month] = Math.min(months[2 * month], min);
        months[2 * month + 1] = Math.max(months[2 * month + 1], max);
    }

    void merge(Midnights other) {
        int[] theirs = other.times;
        if (theirs == null) {
            times = null;
            size = 0;
            return;
        }
        for (int i = 0; i < other.size && times != null; i++) {
            merge(theirs[i], other.counts[i], other.bounds[i]);
        }
    }

    private void merge(int time, long count, long[] months) {
        int[] known = times;
        if (known == null) {
            return;
        }
        int at = 0;
        while (at < size && known[at] != time) {
            at++;
        }
        if (at == size) {
            insert(time, 0);
        }
        if (times != null) {
            counts[at] += count;
            for (int month = 0; month < MONTHS; month++) {
                widen(bounds[at], month, months[2 * month], months[2 * month + 1]);
            }
        }
    }

    /** How many different times of day there are; -1 for too many. */
    int timesOfDay() {
        return times == null ? -1 : size;
    }

    /** The zones in which every kept date is midnight. */
    List<String> zones() {
        int[] known = times;
        if (known == null || size == 0) {
            return List.of();
        }
        TreeSet<Long> instants = new TreeSet<>();
        for (int i = 0; i < size; i++) {
            for (long bound : bounds[i]) {
                if (bound != Long.MAX_VALUE && bound != Long.MIN_VALUE) {
                    instants.add(bound);
                }
            }
        }
        if (size == 1 && known[0] == 0) {
            return List.of("UTC");
        }
        List<String> zones = new ArrayList<>();
        for (String id : candidates()) {
            ZoneId zone = ZoneId.of(id);
            if (instants.stream().allMatch(millis -> isStartOfDay(Instant.ofEpochMilli(millis), zone))) {
                zones.add(id);
            }
        }
        return zones;
    }

    private static boolean isStartOfDay(Instant instant, ZoneId zone) {
        var local = instant.atZone(zone);
        return local.toLocalTime().equals(LocalTime.MIDNIGHT)
                || local.equals(local.toLocalDate().atStartOfDay(zone));
    }
}
