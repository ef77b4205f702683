package io.docrows.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How a number of documents grew over time. Bounded: when there are too many points, every second one goes, which
 * changes the rates between the others not at all. Not thread-safe.
 */
final class Timeline {

    private static final int MOST_POINTS = 2_000;

    private List<Point> points = new ArrayList<>();

    private record Point(double seconds, long documents) {}

    /**
     * A stretch of time with a rate.
     *
     * @param from its beginning, in seconds since the run began
     * @param to its end
     * @param perSecond documents a second
     */
    record Rate(double from, double to, double perSecond) {}

    Timeline(double seconds) {
        points.add(new Point(seconds, 0));
    }

    /** So many documents in all have been written by now; time and number never go back. */
    void add(double seconds, long documents) {
        if (points.size() == MOST_POINTS) {
            List<Point> kept = new ArrayList<>();
            for (int i = 0; i < points.size(); i += 2) {
                kept.add(points.get(i));
            }
            points = kept;
        }
        points.add(new Point(seconds, documents));
    }

    double began() {
        return points.get(0).seconds();
    }

    /** Rates over stretches of equal length: at most so many, and no more than there are points for. */
    List<Rate> rates(int atMost, double until) {
        double span = until - began();
        if (span <= 0) {
            return List.of();
        }
        int number = Math.max(1, Math.min(atMost, (points.size() - 1) / 2));
        List<Rate> rates = new ArrayList<>();
        double width = span / number;
        for (int i = 0; i < number; i++) {
            double from = began() + i * width;
            rates.add(new Rate(from, from + width, (documents(from + width) - documents(from)) / width));
        }
        return rates;
    }

    /** The documents at some time: those of a batch came evenly since the batch before. */
    private double documents(double seconds) {
        Point before = points.get(0);
        for (Point point : points) {
            if (point.seconds() >= seconds) {
                double span = point.seconds() - before.seconds();
                double share = span <= 0 ? 1 : (seconds - before.seconds()) / span;
                return before.documents() + share * (point.documents() - before.documents());
            }
            before = point;
        }
        return before.documents();
    }
}
