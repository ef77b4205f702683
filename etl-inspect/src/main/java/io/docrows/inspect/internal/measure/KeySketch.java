package io.docrows.inspect.internal.measure;

import java.util.Arrays;
import org.apache.datasketches.common.ResizeFactor;
import org.apache.datasketches.theta.CompactSketch;
import org.apache.datasketches.theta.HashIterator;
import org.apache.datasketches.theta.SetOperation;
import org.apache.datasketches.theta.Sketch;
import org.apache.datasketches.theta.Union;
import org.apache.datasketches.theta.UpdateSketch;
import org.apache.datasketches.thetacommon.ThetaUtil;
import org.jspecify.annotations.Nullable;

/**
 * About how many distinct values there are, and which of them have the smallest hashes: a theta sketch of Apache
 * DataSketches. It keeps the smallest hashes of all it was given, so neither the order nor the way of merging matters.
 * Exact up to {@value #NOMINAL} values; beyond, the standard error is 3 percent.
 */
public final class KeySketch {

    /** How many hashes are kept at least. */
    public static final int NOMINAL = 1024;

    /** Of the values that are kept, those that were met last are told from others before they are looked for. */
    private static final int RECENT = 1024;

    private static final int UPDATES_BEFORE = 512;

    private @Nullable UpdateSketch sketch;
    private @Nullable Sketch merged;
    /** Hashes at or above this one are not kept. */
    private long bound = Long.MAX_VALUE;

    private int updates;
    private long @Nullable [] recent;

    KeySketch() {}

    /**
     * The hash by which a sketch knows a value.
     *
     * @param hash the value's hash, as {@link ValueHash} computes it
     * @return at least 0
     */
    public static long key(long hash) {
        // MurmurHash3 of one long, as the sketches compute it: in line, since it is computed for every value.
        long first = hash * 0x87C37B91114253D5L;
        first = (first << 31 | first >>> 33) * 0x4CF5AD432745937FL;
        long one = (ThetaUtil.DEFAULT_UPDATE_SEED ^ first ^ Long.BYTES) + (ThetaUtil.DEFAULT_UPDATE_SEED ^ Long.BYTES);
        long two = one + (ThetaUtil.DEFAULT_UPDATE_SEED ^ Long.BYTES);
        return mixed(one) + mixed(two) >>> 1;
    }

    private static long mixed(long word) {
        long mixed = (word ^ word >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }

    void update(long hash) {
        if (bound == Long.MAX_VALUE || key(hash) < bound) {
            keep(hash);
        }
    }

    /** The same, with the {@linkplain #key key} of the hash at hand. */
    void update(long hash, long key) {
        if (key < bound) {
            keep(hash);
        }
    }

    private boolean wasRecent(long hash) {
        long[] known = recent;
        if (known == null) {
            if (++updates == UPDATES_BEFORE) {
                recent = new long[RECENT];
            }
            return false;
        }
        int slot = (int) hash & RECENT - 1;
        if (known[slot] == hash) {
            return hash != 0;
        }
        known[slot] = hash;
        return false;
    }

    private void keep(long hash) {
        if (wasRecent(hash)) {
            return;
        }
        UpdateSketch current = sketch;
        if (current == null) {
            current = UpdateSketch.builder()
                    .setNominalEntries(NOMINAL)
                    .setResizeFactor(ResizeFactor.X8)
                    .build();
            sketch = current;
        }
        current.update(hash);
        bound = current.getThetaLong();
    }

    /** About how many different values there are so far. */
    double estimate() {
        UpdateSketch current = sketch;
        return current == null ? 0 : current.getEstimate();
    }

    void merge(KeySketch other) {
        Union union = SetOperation.builder().setNominalEntries(NOMINAL).buildUnion();
        union.union(result());
        union.union(other.result());
        merged = union.getResult();
        sketch = null;
        recent = null;
        bound = Long.MAX_VALUE;
    }

    private Sketch result() {
        UpdateSketch current = sketch;
        Sketch before = merged;
        if (current == null) {
            return before == null ? UpdateSketch.builder().build().compact() : before;
        }
        // Leaves exactly the smallest hashes, where it may have kept some more.
        CompactSketch fresh = current.rebuild().compact();
        if (before == null) {
            return fresh;
        }
        Union union = SetOperation.builder().setNominalEntries(NOMINAL).buildUnion();
        union.union(before);
        union.union(fresh);
        return union.getResult();
    }

    /**
     * What was seen.
     *
     * @param sample how many hashes are wanted at most
     * @return counts and the smallest hashes
     */
    public Distinct distinct(int sample) {
        Sketch result = result();
        long[] hashes = new long[result.getRetainedEntries()];
        HashIterator each = result.iterator();
        int count = 0;
        while (each.next()) {
            hashes[count++] = each.get();
        }
        Arrays.sort(hashes);
        return new Distinct(
                Math.round(result.getEstimate()),
                !result.isEstimationMode(),
                Arrays.copyOf(hashes, Math.min(sample, hashes.length)));
    }

    /**
     * How many distinct values there are.
     *
     * @param estimate the number, or about that number
     * @param exact whether it is the number
     * @param sample the smallest hashes, in their order
     */
    public record Distinct(long estimate, boolean exact, long[] sample) {

        /** Of nothing. */
        public static final Distinct NONE = new Distinct(0, true, new long[0]);
    }
}
