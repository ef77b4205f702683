package io.docrows.benchmarks.data;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gig as the tables hold it, with its poster by natural key. Immutable.
 *
 * @param mongoId the document's {@code _id} as text
 * @param created when it was posted
 * @param updated when the document was last changed, if known
 * @param title headline of the offer
 * @param description what is to be done, if it was said
 * @param state how far it has come
 * @param budget what the poster is ready to pay, if it was said
 * @param poster the poster's {@code _id} as text, if known
 */
public record Gig(
        String mongoId,
        Instant created,
        @Nullable Instant updated,
        String title,
        @Nullable String description,
        String state,
        @Nullable BigDecimal budget,
        @Nullable String poster) {}
