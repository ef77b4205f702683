package io.docrows.inspect.internal.find;

import static io.docrows.inspect.internal.find.Subject.number;

import io.docrows.inspect.fact.DateFacts;
import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.NumberFacts;
import io.docrows.inspect.fact.PathFacts;
import java.util.List;
import java.util.Locale;

/** Days, times of day and moments that were stored as something else. */
final class Times {

    private static final int DAY = 86_400_000;
    private static final int SHOWN_ZONES = 3;
    private static final int LEAST = 3;

    private Times() {}

    static void find(PathFacts path, Subject subject) {
        path.dates().ifPresent(dates -> dates(path, dates, subject));
        path.numbers().ifPresent(numbers -> numbers(path, numbers, subject));
        long arrays = path.count(Kind.ARRAY_DATE);
        if (arrays > 0 && arrays + path.count(Kind.ARRAY_EMPTY) == path.arrays()) {
            subject.add(
                    FindingCode.DATE_AS_ARRAY,
                    Weight.LIKELY,
                    path,
                    Kind.ARRAY_DATE::equals,
                    number(arrays, "array") + " of year, month, day"
                            + path.lengths()
                                    .filter(lengths -> lengths.most() > 3)
                                    .map(lengths ->
                                            " and time, of " + lengths.least() + " to " + lengths.most() + " numbers")
                                    .orElse("")
                            + ", as Jackson writes java.time: a date or timestamp, not a child table.");
        }
    }

    private static void dates(PathFacts path, DateFacts dates, Subject subject) {
        long count = dates.count();
        long early = path.count(Kind.DATE_1970);
        long midnight = path.count(Kind.DATE_MIDNIGHT);
        boolean days =
                dates.timesOfDay() > 0 && count >= LEAST && !dates.zones().isEmpty();
        if (days) {
            subject.add(
                    FindingCode.DAY_AT_MIDNIGHT,
                    Weight.LIKELY,
                    path,
                    Subject.part(count, count) + " dates are midnight in " + zones(dates.zones())
                            + ": probably days without a time, which a date column would hold. The zone is a guess.");
        } else if (midnight > 0 && 10 * midnight >= 9 * count && midnight < count) {
            subject.add(
                    FindingCode.DAY_AT_MIDNIGHT,
                    Weight.NOTE,
                    path,
                    kind -> kind.isDate() && kind != Kind.DATE_MIDNIGHT,
                    number(midnight) + " of " + number(count) + " dates are midnight UTC, the others are not.");
        }
        if (early > 0
                && early + path.count(Kind.DATE_MIDNIGHT) >= count
                && early >= LEAST
                && dates.min() >= 0
                && dates.max() < DAY) {
            subject.add(
                    FindingCode.TIME_ON_1970,
                    Weight.LIKELY,
                    path,
                    Kind.DATE_1970::equals,
                    "All " + number(count)
                            + " dates are on 1970-01-01: times of day, as the MongoDB driver stores LocalTime.");
        }
        if (!days
                && dates.withId() >= 10
                && dates.onDayOfId() == dates.withId()
                && 10 * dates.nearId() < 8 * dates.withId()) {
            subject.add(
                    FindingCode.TIME_ON_DAY_OF_SAVING,
                    Weight.LIKELY,
                    path,
                    "All " + number(dates.withId()) + " dates are on the day of their ObjectId (in some zone), and "
                            + number(dates.withId() - dates.nearId())
                            + " of them not near its time: perhaps times of day, as Spring Data stores LocalTime.");
        }
    }

    private static String zones(List<String> zones) {
        String shown = String.join(", ", zones.subList(0, Math.min(SHOWN_ZONES, zones.size())));
        return zones.size() > SHOWN_ZONES
                ? shown + " and " + (zones.size() - SHOWN_ZONES) + " more zones with the same clock"
                : shown;
    }

    private static void numbers(PathFacts path, NumberFacts numbers, Subject subject) {
        long count = numbers.count();
        if (count >= LEAST) {
            epoch(path, count, numbers.epochMillis(), "milliseconds", subject);
            epoch(path, count, numbers.epochSeconds(), "seconds", subject);
            epoch(path, count, numbers.epochMicros(), "microseconds", subject);
        }
        boolean whole = path.count(Kind.DOUBLE) == 0 && path.count(Kind.DECIMAL) == 0;
        String name = path.name().toLowerCase(Locale.ROOT);
        boolean named = name.contains("time")
                || name.endsWith("at")
                || name.contains("open")
                || name.contains("clos")
                || name.contains("start")
                || name.contains("end")
                || name.contains("hour");
        if (whole
                && count >= LEAST
                && named
                && numbers.min() >= 0
                && numbers.max() < DAY
                && numbers.max() >= 3_600_000) {
            subject.add(
                    FindingCode.MILLIS_OF_DAY,
                    Weight.LIKELY,
                    path,
                    "All " + number(count)
                            + " numbers are below 86,400,000: perhaps milliseconds of the day, as Morphia"
                            + " stores LocalTime.");
        }
    }

    /** Nearly all, because an unset time is often 0 or -1. */
    private static void epoch(PathFacts path, long count, long fitting, String unit, Subject subject) {
        if (fitting > 0 && 10 * fitting >= 9 * count) {
            subject.add(
                    FindingCode.EPOCH_NUMBER,
                    Weight.LIKELY,
                    path,
                    fitting,
                    java.util.Optional.empty(),
                    Subject.part(fitting, count) + " numbers would be " + unit
                            + " since 1970 of the years 1990 to 2049: probably timestamptz.");
        }
    }
}
