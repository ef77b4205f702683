package io.docrows.inspect.internal.measure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether values repeat within one array: what tells the elements apart, if anything does. Exact for arrays of up to
 * {@value #MOST} elements. Not thread-safe.
 */
public final class WithinArray {

    /** What is compared of one array at most. */
    static final int MOST = 4096;

    private long array = -1;
    private long[] table = new long[16];
    private int size;
    private boolean repeated;

    private long arraysWithRepeats;
    private boolean cut;

    WithinArray() {}

    void add(long number, long hash) {
        if (number != array) {
            array = number;
            if (size > 1 || repeated) {
                Arrays.fill(table, 0);
            }
            table[0] = hash;
            size = 1;
            repeated = false;
            return;
        }
        if (repeated) {
            return;
        }
        if (size == 1) {
            long first = table[0];
            table[0] = 0;
            put(first == 0 ? 1 : first);
        }
        if (size == MOST) {
            cut = true;
            return;
        }
        if (!put(hash == 0 ? 1 : hash)) {
            repeated = true;
            arraysWithRepeats++;
        } else {
            size++;
            if (size * 2 > table.length) {
                grow();
            }
        }
    }

    private boolean put(long hash) {
        int mask = table.length - 1;
        int slot = (int) (hash >>> 40) & mask;
        while (table[slot] != 0) {
            if (table[slot] == hash) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        table[slot] = hash;
        return true;
    }

    private void grow() {
        long[] before = table;
        table = new long[before.length * 2];
        for (long hash : before) {
            if (hash != 0) {
                put(hash);
            }
        }
    }

    void merge(WithinArray other) {
        arraysWithRepeats += other.arraysWithRepeats;
        cut |= other.cut;
    }

    /**
     * In how many arrays a value occurs more than once.
     *
     * @return the count; null if some arrays were too long to compare all of their values
     */
    public @Nullable Long known() {
        return cut ? null : arraysWithRepeats;
    }
}
