package io.docrows.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. The same everywhere, whatever the machine's locale: output is compared and searched. */
public final class Numbers {

    private Numbers() {}

    /**
     * A count with separators between thousands.
     *
     * @param number the count
     * @return such as {@code 1,234,567}
     */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /**
     * A number and the thing it counts.
     *
     * @param number the count
     * @param one the thing's name
     * @return such as {@code 1 document} or {@code 2,000 documents}
     */
    public static String count(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    /**
     * A coordinate of a picture.
     *
     * @param number the coordinate
     * @return to a hundredth, with a point whatever the locale
     */
    public static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /**
     * How many in a second.
     *
     * @param number the count
     * @param time the time it took
     * @return the rate with separators, or a dash when no time passed or nothing happened
     */
    public static String rate(long number, Duration time) {
        long nanos = time.toNanos();
        return nanos <= 0 || number == 0 ? "-" : count(Math.round(number * 1e9 / nanos));
    }

    /**
     * A duration, as exact as is useful.
     *
     * @param time the duration
     * @return such as {@code 0.61s}, {@code 2m 05s} or {@code 1h 02m 05s}
     */
    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.2fs", time.toMillis() / 1000.0);
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%dh %02dm %02ds", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
