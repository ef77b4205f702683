package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Reads short values, and gives the object read before for one that has the same bytes, so that what occurs again and
 * again is decoded, converted and held in memory once. Reading and conversions are pure functions of the bytes; a value
 * to which a policy was applied is not cached, because each use is counted. Bounded: {@value #PLACES} values of at most
 * {@value #LONGEST} bytes, and none where few occur again. Not thread-safe.
 *
 * @param <T> the Java type read
 */
final class CachingReader<T> implements ValueReader<T> {

    private static final int LONGEST = 64;
    private static final int PLACES = 1024;

    /** After so many values it is asked whether caching them was worth while. */
    private static final int TRIAL = 8192;

    private record Cached<T>(BsonType type, byte[] bytes, T value) {}

    private final ValueReader<T> source;
    private final @Nullable Object[] places = new Object[PLACES];
    private int read;
    private int found;
    private boolean useless;

    CachingReader(ValueReader<T> source) {
        this.source = source;
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        if (useless || cursor.valueLength() > LONGEST) {
            return source.read(cursor, counter);
        }
        // Each value has two places to be in, so that two frequent ones need not drive each other out.
        int place = cursor.valueHash() & (PLACES - 1);
        Cached<T> known = at(place, cursor);
        if (known == null) {
            known = at(place ^ 1, cursor);
        }
        judge(known != null);
        if (known != null) {
            return known.value;
        }
        boolean clean = !counter.isUsed();
        T value = source.read(cursor, counter);
        if (value != null && clean && !counter.isUsed()) {
            int free = places[place] == null ? place : place ^ 1;
            places[free] = new Cached<>(cursor.type(), cursor.value(), value);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // what is in a place was put there by this reader
    private @Nullable Cached<T> at(int place, BsonCursor cursor) {
        Cached<T> cached = (Cached<T>) places[place];
        return cached != null && cursor.valueIs(cached.type, cached.bytes) ? cached : null;
    }

    private void judge(boolean known) {
        if (known) {
            found++;
        }
        if (++read == TRIAL) {
            useless = found < TRIAL / 2;
            read = 0;
            found = 0;
        }
    }
}
