package io.docrows.internal.incremental;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonPath;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.mapping.CollectionMapping;
import java.time.Instant;
import java.util.List;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the watermark field of each document: passes over those that were changed before a moment, and keeps count
 * of the rest. Only BSON dates are compared, as numbers of milliseconds; a value of any other type is as good as none.
 * Documents that cannot be read so far are never passed over. Not thread-safe; costs nothing without a watermark.
 */
public final class WatermarkFilter {

    private static final long NO_DATE = Long.MIN_VALUE;
    private static final long UNREADABLE = Long.MIN_VALUE + 1;

    private final BsonPath path;
    private final long since;
    private final BsonCursor cursor = new BsonCursor();
    private long highest = NO_DATE;
    private long without;

    private WatermarkFilter() {
        this.path = BsonPath.of(List.of());
        this.since = NO_DATE;
    }

    /**
     * A filter that looks at nothing and passes over nothing.
     *
     * @return the filter
     */
    public static WatermarkFilter none() {
        return new WatermarkFilter();
    }

    /**
     * A filter for one thread.
     *
     * @param mapping the mapping, which may have no watermark
     * @param since the first moment that counts; null for all documents
     */
    public WatermarkFilter(CollectionMapping<?> mapping, @Nullable Instant since) {
        this.path = BsonPath.of(mapping.watermark());
        this.since = since == null ? NO_DATE : since.toEpochMilli();
    }

    /**
     * Whether a document is to be loaded.
     *
     * @param bson the document
     * @return false if it was changed before the moment, or has no date
     */
    public boolean admits(byte[] bson) {
        if (path.isEmpty()) {
            return true;
        }
        long date = date(bson);
        if (date == UNREADABLE) {
            return true;
        }
        if (since != NO_DATE && date < since) {
            return false;
        }
        if (date == NO_DATE) {
            without++;
        } else if (date > highest && date <= System.currentTimeMillis()) {
            // One in the future is some clock's fault, and says nothing of what has happened by then.
            highest = date;
        }
        return true;
    }

    /**
     * What was admitted since the last call.
     *
     * @return a tally
     */
    public Tally take() {
        Tally tally = new Tally(highest == NO_DATE ? null : Instant.ofEpochMilli(highest), without);
        highest = NO_DATE;
        without = 0;
        return tally;
    }

    private long date(byte[] bson) {
        try {
            cursor.reset(bson);
            return path.find(cursor) && cursor.type() == BsonType.DATE_TIME
                    ? Math.max(cursor.int64(), UNREADABLE + 1)
                    : NO_DATE;
        } catch (MalformedBsonException e) {
            return UNREADABLE;
        }
    }

    /**
     * What some documents had in their watermark field.
     *
     * @param highest the highest date that is not in the future; null if there was none
     * @param without how many documents had no date
     */
    public record Tally(@Nullable Instant highest, long without) {}
}
