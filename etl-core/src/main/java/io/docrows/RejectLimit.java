package io.docrows;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many rejects a run puts up with before it stops with {@code TOO_MANY_REJECTS}: a number, or a share of what was
 * read. Immutable.
 */
public final class RejectLimit {

    /** Any number of rejects. */
    public static final RejectLimit NONE = new RejectLimit(Long.MAX_VALUE, null, "none");

    /** A share says nothing yet while so few documents were read; at the end of a collection it counts in any case. */
    private static final long FEW = 1_000;

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})|(\\d{1,3}(?:\\.\\d{1,6})?)%");

    private final long most;
    private final @Nullable BigDecimal percent;
    private final String text;

    private RejectLimit(long most, @Nullable BigDecimal percent, String text) {
        this.most = most;
        this.percent = percent;
        this.text = text;
    }

    /**
     * A limit from its text.
     *
     * @param text a number of documents such as {@code 100}, or a percentage such as {@code 0.5%}
     * @return the limit
     * @throws DocrowsException {@code INVALID_OPTION} if the text is neither
     */
    public static RejectLimit of(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches()) {
            if (form.group(1) != null) {
                return new RejectLimit(Long.parseLong(form.group(1)), null, text.strip());
            }
            BigDecimal percent = new BigDecimal(form.group(2));
            if (percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
                return new RejectLimit(Long.MAX_VALUE, percent, text.strip());
            }
        }
        throw new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "a limit of rejects is a number such as 100, or a percentage such as 0.5%, not " + text);
    }

    /**
     * Whether the limit is exceeded.
     *
     * @param counts what became of a collection's documents so far
     * @param complete whether all of it was read
     * @return true if the run has to stop
     */
    public boolean isExceededBy(Counts counts, boolean complete) {
        if (percent == null) {
            return counts.rejected() > most;
        }
        return (complete || counts.read() >= FEW)
                && BigDecimal.valueOf(counts.rejected())
                                .movePointRight(2)
                                .compareTo(percent.multiply(BigDecimal.valueOf(counts.read())))
                        > 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
