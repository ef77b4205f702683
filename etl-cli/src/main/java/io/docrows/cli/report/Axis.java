package io.docrows.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale from 0 to a round number, with a few marks at round numbers.
 *
 * @param most where it ends
 * @param marks numbers on it, 0 first
 */
record Axis(double most, List<Double> marks) {

    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final double[] TIME_STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600};

    Axis {
        marks = List.copyOf(marks);
    }

    /** A scale of rates: it ends at a mark. */
    static Axis upTo(double value, int parts) {
        double step = step(Math.max(value, 1) / parts);
        List<Double> marks = new ArrayList<>();
        double mark = 0;
        for (int i = 0; mark < value || i == 0; i++) {
            mark = (i + 1) * step;
            marks.add(i * step);
        }
        marks.add(mark);
        return new Axis(mark, marks);
    }

    /** A scale of seconds: it ends where the time does. */
    static Axis until(double seconds, int parts) {
        double step = timeStep(seconds / parts);
        List<Double> marks = new ArrayList<>();
        for (int i = 0; i * step <= seconds; i++) {
            marks.add(i * step);
        }
        return new Axis(seconds, marks);
    }

    private static double step(double least) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(least)));
        for (double step : STEPS) {
            if (step * magnitude >= least) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }

    private static double timeStep(double least) {
        if (least < 1) {
            return step(least);
        }
        for (double step : TIME_STEPS) {
            if (step >= least) {
                return step;
            }
        }
        return Math.ceil(least / 3600) * 3600;
    }
}
