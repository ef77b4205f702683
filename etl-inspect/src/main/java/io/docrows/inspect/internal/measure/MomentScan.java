package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.Kind;

/** Tells ISO 8601 dates and times, and the comma-separated ones of MongoEngine, by their characters. Reused. */
final class MomentScan {

    private byte[] bytes = {};
    private int at;
    private int to;

    Kind kind(byte[] text, int from, int end) {
        bytes = text;
        at = from;
        to = end;
        int length = end - from;
        if (length >= 5 && text[from + 2] == ':') {
            return time() && at == to ? Kind.TEXT_TIME : Kind.TEXT;
        }
        if (length < 10) {
            return Kind.TEXT;
        }
        if (text[from + 4] == ',') {
            return commas() ? Kind.TEXT_COMMA_MOMENT : Kind.TEXT;
        }
        if (!day()) {
            return Kind.TEXT;
        }
        if (at == to) {
            return Kind.TEXT_DATE;
        }
        if (text[at] != 'T' && text[at] != ' ' && text[at] != 't') {
            return Kind.TEXT;
        }
        at++;
        if (!time()) {
            return Kind.TEXT;
        }
        return at == to ? Kind.TEXT_LOCAL_MOMENT : zone() ? Kind.TEXT_MOMENT : Kind.TEXT;
    }

    private boolean day() {
        int year = number(4);
        if (year < 0 || !skip('-')) {
            return false;
        }
        int month = number(2);
        if (month < 1 || month > 12 || !skip('-')) {
            return false;
        }
        int day = number(2);
        return day >= 1 && day <= lengthOf(month, year);
    }

    private static int lengthOf(int month, int year) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private boolean time() {
        int hour = number(2);
        if (hour < 0 || hour > 24 || !skip(':')) {
            return false;
        }
        int minute = number(2);
        if (minute < 0 || minute > 59) {
            return false;
        }
        if (at < to && bytes[at] == ':') {
            at++;
            int second = number(2);
            if (second < 0 || second > 60) {
                return false;
            }
            if (at < to && (bytes[at] == '.' || bytes[at] == ',')) {
                int start = ++at;
                while (at < to && isDigit(bytes[at])) {
                    at++;
                }
                return at > start;
            }
        }
        return true;
    }

    private boolean zone() {
        if (bytes[at] == 'Z' || bytes[at] == 'z') {
            return ++at == to;
        }
        if (bytes[at] != '+' && bytes[at] != '-') {
            return false;
        }
        at++;
        int hour = number(2);
        if (hour < 0 || hour > 18) {
            return false;
        }
        if (at == to) {
            return true;
        }
        if (bytes[at] == ':') {
            at++;
        }
        int minute = number(2);
        return minute >= 0 && minute < 60 && at == to;
    }

    /** Seven numbers: year, month, day, hour, minute, second, microsecond. */
    private boolean commas() {
        int parts = 0;
        while (at < to) {
            int start = at;
            while (at < to && isDigit(bytes[at])) {
                at++;
            }
            if (at == start) {
                return false;
            }
            parts++;
            if (at < to && !skip(',')) {
                return false;
            }
        }
        return parts == 6 || parts == 7;
    }

    private boolean skip(char expected) {
        if (at < to && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private int number(int digits) {
        if (to - at < digits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits; i++) {
            if (!isDigit(bytes[at])) {
                return -1;
            }
            value = value * 10 + bytes[at++] - '0';
        }
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
