package io.docrows.cli.report;

import io.docrows.cli.output.Numbers;
import io.docrows.cli.report.Timeline.Rate;
import io.docrows.text.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Documents a second over time, laid out for an SVG of some size. Collections are loaded one after another, so each has
 * a stretch of the time to itself.
 *
 * @param width the drawing's width, in its own units
 * @param height its height
 * @param curves one for each collection
 * @param rates marks of the vertical axis
 * @param times marks of the horizontal axis
 */
public record ThroughputChart(int width, int height, List<Curve> curves, List<Mark> rates, List<Mark> times) {

    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 26;

    /** Copies the lists. */
    public ThroughputChart {
        curves = List.copyOf(curves);
        rates = List.copyOf(rates);
        times = List.copyOf(times);
    }

    /**
     * The curve of a collection.
     *
     * @param color the number of its color
     * @param title what it shows, in words
     * @param line SVG path data of the line
     * @param area SVG path data of the area below it
     */
    public record Curve(int color, String title, String line, String area) {}

    /**
     * A mark on an axis.
     *
     * @param at where, in the drawing's units
     * @param text what it says
     */
    public record Mark(String at, String text) {}

    static ThroughputChart of(List<RecordedCollection> collections, int width, int height) {
        double end = collections.stream()
                .mapToDouble(RecordedCollection::until)
                .max()
                .orElse(0);
        double fastest = collections.stream()
                .flatMap(collection -> collection.rates().stream())
                .mapToDouble(Rate::perSecond)
                .max()
                .orElse(0);
        Axis time = Axis.until(Math.max(end, 0.001), width / 110);
        Axis rate = Axis.upTo(fastest, 4);
        Scale scale = new Scale(width, height, time.most(), rate.most());
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < collections.size(); i++) {
            RecordedCollection collection = collections.get(i);
            if (!collection.rates().isEmpty()) {
                curves.add(curve(collection, i, scale));
            }
        }
        return new ThroughputChart(
                width,
                height,
                curves,
                rate.marks().stream()
                        .map(mark -> new Mark(scale.y(mark), Numbers.count(Math.round(mark))))
                        .toList(),
                time.marks().stream()
                        .map(mark -> new Mark(scale.x(mark), moment(mark)))
                        .toList());
    }

    private static Curve curve(RecordedCollection collection, int color, Scale scale) {
        List<Rate> rates = collection.rates();
        Rate first = rates.get(0);
        Rate last = rates.get(rates.size() - 1);
        StringBuilder line = new StringBuilder("M" + scale.x(first.from()) + " " + scale.y(first.perSecond()));
        for (Rate rate : rates) {
            line.append(" L")
                    .append(scale.x((rate.from() + rate.to()) / 2))
                    .append(' ')
                    .append(scale.y(rate.perSecond()));
        }
        line.append(" L").append(scale.x(last.to())).append(' ').append(scale.y(last.perSecond()));
        String area = line + " L" + scale.x(last.to()) + " " + scale.y(0) + " L" + scale.x(first.from()) + " "
                + scale.y(0) + " Z";
        double fastest = rates.stream().mapToDouble(Rate::perSecond).max().orElse(0);
        String title = ForeignText.name(collection.collection()) + ": from " + moment(first.from()) + " to "
                + moment(last.to()) + ", at most " + Numbers.count(Math.round(fastest)) + " documents a second";
        return new Curve(color, title, line.toString(), area);
    }

    private static String moment(double seconds) {
        if (seconds < 60) {
            return new java.math.BigDecimal(String.format(Locale.ROOT, "%.2f", seconds))
                            .stripTrailingZeros()
                            .toPlainString()
                    + "s";
        }
        return Numbers.time(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private record Scale(int width, int height, double seconds, double perSecond) {

        private String x(double at) {
            return number(LEFT + at / seconds * (width - LEFT - RIGHT));
        }

        private String y(double rate) {
            return number(height - BOTTOM - rate / perSecond * (height - TOP - BOTTOM));
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
    }

    /**
     * What the drawing shows, for those who do not see it.
     *
     * @return a sentence for each curve
     */
    public String description() {
        return curves.stream().map(curve -> curve.title() + ".").collect(Collectors.joining(" "));
    }

    /**
     * Where the drawing's contents begin.
     *
     * @return the left end of the horizontal axis
     */
    public int left() {
        return LEFT;
    }

    /**
     * Where they end.
     *
     * @return the right end of the horizontal axis
     */
    public int right() {
        return width - RIGHT;
    }

    /**
     * Where the horizontal axis is.
     *
     * @return its height in the drawing
     */
    public int bottom() {
        return height - BOTTOM;
    }
}
