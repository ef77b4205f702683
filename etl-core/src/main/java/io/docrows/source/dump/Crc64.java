package io.docrows.source.dump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CRC-64 with the polynomial of ECMA-182, reflected and inverted at both ends (the variant also known as CRC-64/XZ):
 * what mongodump archives carry per namespace. Eight bytes at a step. Not thread-safe.
 */
final class Crc64 {

    private static final long POLYNOMIAL = 0xC96C5795D7870F42L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[][] TABLES = tables();

    private long state;

    /**
     * Goes on from a checksum; that of no bytes is 0.
     *
     * @param value the checksum so far
     */
    Crc64(long value) {
        this.state = ~value;
    }

    long value() {
        return ~state;
    }

    void update(byte[] bytes) {
        long crc = state;
        int i = 0;
        for (; i + 8 <= bytes.length; i += 8) {
            long word = crc ^ (long) LONGS.get(bytes, i);
            crc = TABLES[7][(int) word & 0xff]
                    ^ TABLES[6][(int) (word >>> 8) & 0xff]
                    ^ TABLES[5][(int) (word >>> 16) & 0xff]
                    ^ TABLES[4][(int) (word >>> 24) & 0xff]
                    ^ TABLES[3][(int) (word >>> 32) & 0xff]
                    ^ TABLES[2][(int) (word >>> 40) & 0xff]
                    ^ TABLES[1][(int) (word >>> 48) & 0xff]
                    ^ TABLES[0][(int) (word >>> 56)];
        }
        for (; i < bytes.length; i++) {
            crc = TABLES[0][((int) crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
        }
        state = crc;
    }

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int i = 0; i < 256; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][i] = crc;
        }
        for (int k = 1; k < 8; k++) {
            for (int i = 0; i < 256; i++) {
                long previous = tables[k - 1][i];
                tables[k][i] = tables[0][(int) previous & 0xff] ^ (previous >>> 8);
            }
        }
        return tables;
    }
}
