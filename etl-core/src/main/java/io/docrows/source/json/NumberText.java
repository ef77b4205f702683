package io.docrows.source.json;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Decides what number a text is. A double has many spellings of up to 17 digits and more, all of which mean it; but a
 * text that lies between two doubles, or beyond them, is a number of its own, and must not become another one.
 */
final class NumberText {

    /** So many significant digits always come through a double unchanged (IEEE 754: DBL_DIG). */
    private static final int SAFE_DIGITS = 15;

    /** Longer texts are no numbers of MongoDB's; what they cost grows with the square of their length. */
    static final int LONGEST = 400;

    private NumberText() {}

    /**
     * Whether a text is a spelling of the double that is nearest to it.
     *
     * @param text a number in the form of JSON
     * @param nearest that double
     * @return false if the text is another number than the double, so that reading it as one would change it
     */
    static boolean spells(char[] text, int from, int count, double nearest) {
        if (nearest == 0) {
            return significantDigits(text, from, count) == 0;
        }
        if (Double.isInfinite(nearest) || count > LONGEST) {
            return false;
        }
        if (Math.abs(nearest) >= Double.MIN_NORMAL && significantDigits(text, from, count) <= SAFE_DIGITS) {
            return true;
        }
        // Printers of doubles stop at the digits that tell one from its neighbours, or round at the last one.
        BigDecimal written = new BigDecimal(text, from, count).stripTrailingZeros();
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-written.scale());
        return new BigDecimal(nearest)
                        .subtract(written, MathContext.UNLIMITED)
                        .abs()
                        .compareTo(unit)
                < 0;
    }

    /** The digits from the first to the last that is not zero. */
    static int significantDigits(char[] text, int from, int count) {
        int digits = 0;
        int zeroes = 0;
        for (int at = from; at < from + count; at++) {
            char c = text[at];
            if (c == 'e' || c == 'E') {
                break;
            }
            if (c == '0') {
                zeroes += digits > 0 ? 1 : 0;
            } else if (c > '0' && c <= '9') {
                digits += 1 + zeroes;
                zeroes = 0;
            }
        }
        return digits;
    }

    /**
     * Whether a text is a number in the form of JSON, with a sign and surplus zeroes as writers of numbers use them.
     */
    static boolean isNumber(String text) {
        int at = 0;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int whole = digits(text, at);
        int end = whole;
        boolean any = whole > at;
        if (end < text.length() && text.charAt(end) == '.') {
            int fraction = digits(text, end + 1);
            any |= fraction > end + 1;
            end = fraction;
        }
        if (any && end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1;
            if (sign < text.length() && (text.charAt(sign) == '-' || text.charAt(sign) == '+')) {
                sign++;
            }
            int exponent = digits(text, sign);
            any = exponent > sign;
            end = exponent;
        }
        return any && end == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
