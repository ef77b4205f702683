package io.docrows.source.json;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads moments as writers of Extended JSON spell them: ISO 8601, with a fraction of a second or without, in UTC or
 * with an offset of any of the usual forms ({@code +05:30}, {@code +0530}, {@code +05}). A plain day is its midnight in
 * UTC, as it is to every reader that takes it. A time of day without a zone is none: some take it for UTC, others for
 * the zone of the machine. Not thread-safe; used for one text at a time.
 */
final class DateText {

    /** What is returned for a text that is no moment, or not one in whole milliseconds. */
    static final long NONE = Long.MIN_VALUE;

    private static final long DAY = 86_400_000;
    private static final int LONGEST = 48;

    private final byte[] text;
    private final int end;
    private int at;
    private boolean failed;

    private DateText(byte[] text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end;
    }

    /**
     * Reads a moment.
     *
     * @return milliseconds since 1970, or {@link #NONE}
     */
    static long parse(byte[] text, int from, int end) {
        return end - from > LONGEST ? NONE : new DateText(text, from, end).moment();
    }

    private long moment() {
        long days = day();
        if (failed) {
            return NONE;
        }
        if (at == end) {
            return days * DAY;
        }
        require('T');
        int millis = 3_600_000 * number(2, 23);
        require(':');
        millis += 60_000 * number(2, 59);
        if (take(':')) {
            millis += 1_000 * number(2, 59);
            if (take('.')) {
                millis += fraction();
            }
        }
        int offset = zone();
        return failed || at != end ? NONE : days * DAY + millis - offset * 60_000L;
    }

    private long day() {
        boolean minus = at < end && text[at] == '-';
        boolean signed = minus || at < end && text[at] == '+';
        at += signed ? 1 : 0;
        int start = at;
        // Dates of BSON reach to the year 292,278,994.
        int year = 0;
        while (at < end && isDigit(text[at]) && at - start < 9) {
            year = 10 * year + text[at++] - '0';
        }
        failed |= at - start < 4 || at - start > 4 && !signed;
        require('-');
        int month = number(2, 12);
        require('-');
        int day = number(2, 31);
        if (failed) {
            return 0;
        }
        try {
            return LocalDate.of(minus ? -year : year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            failed = true;
            return 0;
        }
    }

    /** Digits behind the third would be lost. */
    private int fraction() {
        int millis = 0;
        int count = 0;
        for (; at < end && isDigit(text[at]); at++, count++) {
            if (count < 3) {
                millis = 10 * millis + text[at] - '0';
            } else {
                failed |= text[at] != '0';
            }
        }
        failed |= count == 0;
        for (; count < 3; count++) {
            millis *= 10;
        }
        return millis;
    }

    /** Minutes east of Greenwich. */
    private int zone() {
        if (take('Z')) {
            return 0;
        }
        boolean minus = at < end && text[at] == '-';
        if (!minus && (at == end || text[at] != '+')) {
            failed = true;
            return 0;
        }
        at++;
        int minutes = 60 * number(2, 18);
        if (at < end) {
            take(':');
            minutes += number(2, 59);
        }
        return minus ? -minutes : minutes;
    }

    private int number(int digits, int largest) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            if (at == end || !isDigit(text[at])) {
                failed = true;
                return 0;
            }
            value = 10 * value + text[at++] - '0';
        }
        failed |= value > largest;
        return value;
    }

    private void require(char c) {
        failed |= !take(c);
    }

    private boolean take(char c) {
        boolean there = at < end && text[at] == c;
        at += there ? 1 : 0;
        return there;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
