package io.docrows.mapping;

import io.docrows.internal.value.TimeSources;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a time may be stored as, beside a BSON date. Immutable.
 *
 * @param formatters how texts are written; none if they are not read
 * @param arrayZone where the clock is that an array shows, if that matters
 */
record TimeForms(
        List<DateTimeFormatter> formatters,
        boolean epochMillis,
        boolean epochSeconds,
        boolean millisOfDay,
        boolean array,
        @Nullable ZoneId arrayZone) {

    static final TimeForms NONE = new TimeForms(List.of(), false, false, false, false, null);

    TimeForms {
        formatters = List.copyOf(formatters);
    }

    TimeForms withText(DateTimeFormatter first, DateTimeFormatter... others) {
        List<DateTimeFormatter> all = new ArrayList<>(formatters);
        all.add(first);
        all.addAll(List.of(others));
        return new TimeForms(all, epochMillis, epochSeconds, millisOfDay, array, arrayZone);
    }

    TimeForms withEpochMillis() {
        return new TimeForms(formatters, true, epochSeconds, millisOfDay, array, arrayZone);
    }

    TimeForms withEpochSeconds() {
        return new TimeForms(formatters, epochMillis, true, millisOfDay, array, arrayZone);
    }

    TimeForms withMillisOfDay() {
        return new TimeForms(formatters, epochMillis, epochSeconds, true, array, arrayZone);
    }

    TimeForms withArray(@Nullable ZoneId zone) {
        return new TimeForms(formatters, epochMillis, epochSeconds, millisOfDay, true, zone);
    }

    TimeSources bind(Binding binding) {
        if (epochMillis && epochSeconds) {
            binding.problem(LossPolicy.OR_EPOCH_SECONDS, "and orEpochMillis() cannot both say what a number means");
        }
        return new TimeSources(
                formatters,
                policy(binding, LossPolicy.OR_TEXT, !formatters.isEmpty()),
                policy(binding, LossPolicy.OR_EPOCH_MILLIS, epochMillis),
                policy(binding, LossPolicy.OR_EPOCH_SECONDS, epochSeconds),
                policy(binding, LossPolicy.OR_MILLIS_OF_DAY, millisOfDay),
                policy(binding, LossPolicy.OR_ARRAY, array),
                arrayZone);
    }

    private static int policy(Binding binding, LossPolicy policy, boolean chosen) {
        return chosen ? binding.policy(policy) : ValueReader.NO_POLICY;
    }

    /** All of this as text, for a mapping's digest. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (DateTimeFormatter formatter : formatters) {
            out.append(".orText(")
                    .append(formatter)
                    .append(' ')
                    .append(formatter.getLocale())
                    .append(' ')
                    .append(formatter.getZone())
                    .append(' ')
                    .append(formatter.getResolverStyle())
                    .append(')');
        }
        return out.append(epochMillis ? ".orEpochMillis" : "")
                .append(epochSeconds ? ".orEpochSeconds" : "")
                .append(millisOfDay ? ".orMillisOfDay" : "")
                .append(array ? ".orArray(" + (arrayZone == null ? "" : arrayZone) + ")" : "")
                .toString();
    }
}
