package io.docrows.gigs.samples;

import java.util.List;
import java.util.Random;

/** Chance that falls alike every time: only those methods of {@link Random} whose results its contract fixes. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** True so many times in a hundred. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** An element of the list, those at its front more often. */
    <T> T pickEarly(List<T> list) {
        return list.get(Math.min(random.nextInt(list.size()), random.nextInt(list.size())));
    }
}
