package io.docrows.report;

import java.time.Instant;
import java.util.Optional;

/**
 * How a run used the field that says when a document of a collection was changed. Immutable.
 *
 * @param field the field's path, names joined by dots
 * @param since only documents changed at or after this moment were read; empty if all were
 * @param highest the highest date seen in that field, this run and those that it builds on included; empty if there was
 *     none. The next run begins at this moment, or at the start of this run if that is earlier, minus the overlap
 * @param without how many documents had no date there when all were last read; only a run that reads all finds them
 */
public record Watermark(String field, Optional<Instant> since, Optional<Instant> highest, long without) {}
