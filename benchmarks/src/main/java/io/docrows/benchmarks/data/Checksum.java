package io.docrows.benchmarks.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Adds up what rows hold, whatever their order: the first 60 bits of each row's MD5. {@link Content} lets PostgreSQL do
 * the same. Not thread-safe.
 */
final class Checksum {

    /** Between the values of a row. */
    static final String SEPARATOR = "|";

    private final MessageDigest digest = md5();
    private long rows;
    private BigInteger sum = BigInteger.ZERO;

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    void add(String row) {
        byte[] hash = digest.digest(row.getBytes(StandardCharsets.UTF_8));
        sum = sum.add(BigInteger.valueOf(ByteBuffer.wrap(hash).getLong() >>> 4));
        rows++;
    }

    Content.Rows total() {
        return new Content.Rows(rows, sum.toString());
    }
}
