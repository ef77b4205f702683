package io.docrows.cli.report;

import io.docrows.cli.output.Numbers;
import io.docrows.run.BatchTiming;
import io.docrows.text.ForeignText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the time of a collection's threads went: those that read, and those that write, which work at the same time.
 *
 * @param color the number of the collection's color
 * @param name the collection
 * @param reader what the reading threads did
 * @param writer what the writing threads did
 * @param limit what kept it from being faster, in words
 */
public record PhasesRow(int color, String name, List<Share> reader, List<Share> writer, String limit) {

    /** Below this share of waiting, neither side is said to wait for the other. */
    private static final double MUCH = 0.15;

    /** With fewer batches than that, most of the time goes into beginning and ending. */
    private static final int FEW_BATCHES = 5;

    /** Copies the lists, and makes the name printable. */
    public PhasesRow {
        name = ForeignText.name(name);
        reader = List.copyOf(reader);
        writer = List.copyOf(writer);
    }

    static Optional<PhasesRow> of(int color, RecordedCollection collection) {
        BatchTiming timing = collection.timing();
        double reading = seconds(timing.reading());
        double decoding = seconds(timing.decoding());
        double waiting = seconds(timing.readerWaiting());
        double read = reading + decoding + waiting;
        double writing = seconds(timing.writing());
        double idle = seconds(timing.writerWaiting());
        double written = writing + idle;
        if (written <= 0) {
            return Optional.empty();
        }
        return Optional.of(new PhasesRow(
                color,
                collection.collection(),
                List.of(
                        share("reading", timing.reading(), read),
                        share("decoding", timing.decoding(), read),
                        share("waiting", timing.readerWaiting(), read)),
                List.of(share("writing", timing.writing(), written), share("waiting", timing.writerWaiting(), written)),
                collection.batches() < FEW_BATCHES
                        ? "Too short to tell what set the pace."
                        : limit(waiting / Math.max(read, 1e-9), idle / written, reading, decoding)));
    }

    private static String limit(double readerWaits, double writerWaits, double reading, double decoding) {
        if (readerWaits < MUCH && writerWaits < MUCH) {
            return "Reading and writing kept pace with each other.";
        }
        if (readerWaits >= writerWaits) {
            return "Writing to the target set the pace: readers waited for it.";
        }
        return reading >= decoding
                ? "Reading from the source set the pace: writers waited for it."
                : "Decoding documents set the pace: writers waited for it.";
    }

    private static Share share(String name, Duration time, double whole) {
        return Share.of(name, name, Numbers.time(time), seconds(time), whole);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
