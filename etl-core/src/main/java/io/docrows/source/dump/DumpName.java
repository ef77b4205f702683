package io.docrows.source.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The names of a collection's files in a dump directory, as mongodump makes them: the collection's name, escaped as in
 * the query of a URL (a space is {@code +}, a plus {@code %2B}). An escaped name of more than 238 bytes would leave no
 * room for the longest suffix in the 255 bytes of a file's name, so it is cut, and the name's hash appended; what was
 * cut off stands in the collection's {@code .metadata.json} only.
 */
final class DumpName {

    static final String METADATA_SUFFIX = ".metadata.json";

    private static final int LONGEST = 238;
    private static final int KEPT = 208;

    /** An escaped dollar sign, between what is left of a name and its hash. */
    private static final String CUT = "%24";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private DumpName() {}

    /** What a file's name begins with, up to its suffix. */
    static String stem(String collection) {
        byte[] utf8 = collection.getBytes(UTF_8);
        StringBuilder escaped = new StringBuilder(utf8.length);
        for (byte b : utf8) {
            if (b == ' ') {
                escaped.append('+');
            } else if (isPlain(b)) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.toHexDigits(b));
            }
        }
        return escaped.length() <= LONGEST
                ? escaped.toString()
                : escaped.substring(0, KEPT)
                        + CUT
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(sha1(utf8));
    }

    private static boolean isPlain(byte b) {
        return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || "-_.~".indexOf(b) >= 0;
    }

    /** Whether the name may be cut, so that only the metadata knows the whole. A short one is told by its length. */
    static boolean mayBeCut(String stem) {
        return stem.length() == LONGEST && stem.contains(CUT);
    }

    /** The collection's name, unless it was cut; a name that is not escaped as mongodump does is taken as it is. */
    static String collection(String stem) {
        if (stem.indexOf('%') < 0 && stem.indexOf('+') < 0) {
            return stem;
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        byte[] bytes = stem.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '+') {
                name.write(' ');
            } else if (bytes[i] != '%') {
                name.write(bytes[i]);
            } else {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return stem;
                }
                name.write(high << 4 | low);
                i += 2;
            }
        }
        return name.toString(UTF_8);
    }

    /** A file's name without its suffix. */
    static String stemOf(String fileName) {
        String suffix = fileName.endsWith(DumpFormat.GZIP_SUFFIX) ? DumpFormat.GZIP_SUFFIX : DumpFormat.BSON_SUFFIX;
        return fileName.endsWith(suffix) ? fileName.substring(0, fileName.length() - suffix.length()) : fileName;
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
