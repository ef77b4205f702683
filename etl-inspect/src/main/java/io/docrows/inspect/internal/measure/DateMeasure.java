package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.DateFacts;
import io.docrows.inspect.fact.Kind;
import java.time.LocalDate;
import java.util.TreeMap;

/** The range of dates, and the traces of days and times of day that were stored as one. Not thread-safe. */
public final class DateMeasure {

    static final long DAY = 86_400_000L;

    /** PostgreSQL's timestamptz: from 4713-11-24 BC to before 294277-01-01 AD. */
    static final long FIRST = -210_866_803_200_000L;

    static final long LAST = 9_224_318_016_000_000L;

    private static final long HOUR = 3_600_000L;
    private static final int FIRST_YEAR = 1800;
    private static final int LAST_YEAR = 2199;

    private static final long YEAR = 31_556_952_000L;

    /** When each year begins. */
    private static final long[] STARTS = new long[LAST_YEAR - FIRST_YEAR + 1];

    static {
        for (int i = 0; i < STARTS.length; i++) {
            STARTS[i] = LocalDate.of(FIRST_YEAR + i, 1, 1).toEpochDay() * DAY;
        }
    }

    private final long[] years = new long[LAST_YEAR - FIRST_YEAR + 1];
    private final Midnights midnights = new Midnights();
    private long count;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private long wholeSeconds;
    private long onDayOfId;
    private long nearId;
    private long withId;

    DateMeasure() {}

    Kind add(long millis, DocumentMark mark) {
        count++;
        min = Math.min(min, millis);
        max = Math.max(max, millis);
        long day = Math.floorDiv(millis, DAY);
        int time = (int) (millis - day * DAY);
        wholeSeconds += time % 1000 == 0 ? 1 : 0;
        if (mark.idDay != Long.MIN_VALUE) {
            withId++;
            long apart = Math.abs(millis - mark.idMillis);
            // Within a zone's offset of the day on which the ObjectId was made.
            if (apart < 2 * DAY && Math.abs(day - mark.idDay) <= 1) {
                onDayOfId++;
                nearId += apart < HOUR ? 1 : 0;
            }
        }
        if (millis < FIRST || millis >= LAST) {
            return Kind.DATE_OUT_OF_RANGE;
        }
        years[year(millis)]++;
        if (midnights.areFew()) {
            midnights.add(time, month(day), millis);
        }
        return time == 0 ? Kind.DATE_MIDNIGHT : day == 0 ? Kind.DATE_1970 : Kind.DATE;
    }

    /** The year's place among those that are told apart: guessed by its usual length, and put right. */
    private static int year(long millis) {
        long guess = (millis - STARTS[0]) / YEAR;
        int year = (int) Math.max(0, Math.min(STARTS.length - 1, guess));
        while (year > 0 && millis < STARTS[year]) {
            year--;
        }
        while (year < STARTS.length - 1 && millis >= STARTS[year + 1]) {
            year++;
        }
        return year;
    }

    /** The civil calendar from days: Howard Hinnant, "chrono-compatible low-level date algorithms". */
    private static int month(long day) {
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int ofEra = (int) (shifted - era * 146_097);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * ofYear + 2) / 153;
        return shiftedMonth < 10 ? shiftedMonth + 2 : shiftedMonth - 10;
    }

    void merge(DateMeasure other) {
        for (int i = 0; i < years.length; i++) {
            years[i] += other.years[i];
        }
        midnights.merge(other.midnights);
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        wholeSeconds += other.wholeSeconds;
        onDayOfId += other.onDayOfId;
        nearId += other.nearId;
        withId += other.withId;
    }

    /**
     * What was measured.
     *
     * @return an immutable copy
     */
    public DateFacts facts() {
        TreeMap<Integer, Long> histogram = new TreeMap<>();
        for (int i = 0; i < years.length; i++) {
            if (years[i] > 0) {
                histogram.put(FIRST_YEAR + i, years[i]);
            }
        }
        return new DateFacts(
                count,
                min,
                max,
                wholeSeconds,
                withId,
                onDayOfId,
                nearId,
                midnights.timesOfDay(),
                midnights.zones(),
                histogram);
    }
}
