package io.docrows.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number, or a percentage of another number. Immutable.
 *
 * @param most the number, if there is no percentage
 * @param percent the percentage, 0 to 100
 * @param text as it was written
 */
record Share(long most, @Nullable BigDecimal percent, String text) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})|(\\d{1,3}(?:\\.\\d{1,6})?)%");

    /** Reads {@code 100} or {@code 0.5%}; {@code what} begins the message of an exception. */
    static Share of(String text, String what) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches()) {
            if (form.group(1) != null) {
                return new Share(Long.parseLong(form.group(1)), null, text.strip());
            }
            BigDecimal percent = new BigDecimal(form.group(2));
            if (percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
                return new Share(Long.MAX_VALUE, percent, text.strip());
            }
        }
        throw new DocrowsException(
                ErrorCode.INVALID_OPTION,
                what + " is a number such as 100, or a percentage such as 0.5%, not " + text + ".");
    }

    boolean isExceededBy(long count, long of) {
        return percent == null
                ? count > most
                : BigDecimal.valueOf(count).movePointRight(2).compareTo(percent.multiply(BigDecimal.valueOf(of))) > 0;
    }
}
