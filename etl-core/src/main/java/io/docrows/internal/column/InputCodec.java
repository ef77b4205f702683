package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every type without a codec of its own: sent as text, of which the server's own input function makes a value. What
 * that refuses is the server's to say; what it would round without a word is found here.
 */
final class InputCodec<T> extends ColumnType<T> {

    private static final Set<String> TIMES =
            Set.of("interval", "time", "timetz", "tsrange", "tstzrange", "tsmultirange", "tstzmultirange");

    private static final int MICROSECOND_DIGITS = 6;
    private static final int CENT_DIGITS = 2;

    /** Any number of decimal places. */
    private static final int ANY = Integer.MAX_VALUE;

    private static final TextCodec TEXT = new TextCodec(ColumnLimits.NONE);

    private final Function<? super T, @Nullable String> text;
    private final @Nullable StagedForm form;
    private final int places;

    /**
     * A codec.
     *
     * @param text the text of a value, or null for a value that has none
     * @param target the type in the target, or null if it is not known yet
     */
    InputCodec(Class<T> javaType, Function<? super T, @Nullable String> text, @Nullable TargetType target) {
        super(javaType);
        this.text = text;
        this.form = target == null ? null : StagedForm.text(target);
        this.places = target == null ? ANY : places(target);
    }

    private static int places(TargetType target) {
        if (target.is("money")) {
            return CENT_DIGITS;
        }
        if (!TIMES.contains(target.name()) || !target.is(target.name())) {
            return ANY;
        }
        return target.modifier() < 0 ? MICROSECOND_DIGITS : Math.min(target.modifier() & 0xFFFF, MICROSECOND_DIGITS);
    }

    @Override
    public @Nullable StagedForm stagedForm() {
        return form;
    }

    @Override
    @Nullable Violation violation(T value) {
        String sent = text.apply(value);
        if (sent == null) {
            return new Violation(
                    RejectCode.INVALID_VALUE,
                    "the column takes a text that PostgreSQL reads, but the value is a "
                            + value.getClass().getName() + ": convert it");
        }
        Violation violation = TEXT.violation(sent);
        return violation == null && places != ANY && isFiner(sent)
                ? new Violation(
                        RejectCode.OUT_OF_RANGE,
                        "a number has more than " + places + " decimal places and would be rounded")
                : violation;
    }

    private boolean isFiner(String sent) {
        for (int point = sent.indexOf('.'); point >= 0; point = sent.indexOf('.', point + 1)) {
            for (int i = point + 1; i < sent.length() && Character.isDigit(sent.charAt(i)); i++) {
                if (i > point + places && sent.charAt(i) != '0') {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    void write(DataOutputStream out, T value) throws IOException {
        String sent = text.apply(value);
        if (sent == null) {
            throw new IllegalArgumentException("a value without a text was not rejected");
        }
        Utf8Buffer.write(out, sent);
    }
}
