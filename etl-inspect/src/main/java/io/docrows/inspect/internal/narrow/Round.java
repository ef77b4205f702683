package io.docrows.inspect.internal.narrow;

/**
 * A part of all hashes: where there are more keys than memory, the collections are read several times, each time for
 * another part.
 *
 * @param number from 0
 * @param rounds how many there are
 */
public record Round(int number, int rounds) {

    /** The most rounds there can be. */
    public static final int MOST = KeyCollector.SHARDS;

    /**
     * Whether a hash belongs to the round.
     *
     * @param key a hash
     * @return true in exactly one of all rounds
     */
    public boolean takes(long key) {
        return rounds == 1 || (int) (key >>> KeyCollector.SHIFT) % rounds == number;
    }
}
