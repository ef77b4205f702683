package io.docrows.cli.report;

import java.util.Locale;

/**
 * A part of a whole, as a part of a bar.
 *
 * @param name what it is, in words
 * @param kind the class that gives it its color
 * @param value how much it is, in words
 * @param percent how much of the bar it takes, as a CSS length
 */
public record Share(String name, String kind, String value, String percent) {

    static Share of(String name, String kind, String value, double part, double whole) {
        double percent = whole <= 0 ? 0 : 100 * part / whole;
        return new Share(name, kind, value, String.format(Locale.ROOT, "%.2f%%", percent));
    }

    /**
     * Whether there is nothing of it to be seen.
     *
     * @return true if it takes no room
     */
    public boolean isNothing() {
        return percent.equals("0.00%");
    }
}
