package io.docrows.gigs;

import org.apache.commons.validator.routines.DomainValidator;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the addresses that most people have: letters, digits and a few marks before the @, a domain of letters,
 * digits and hyphens after it, all in ASCII and lower case. The validator for everything that an address may be takes
 * ten times as long and much memory; of these it would accept every one. Thread-safe.
 */
final class PlainAddress {

    private static final DomainValidator DOMAINS = DomainValidator.getInstance();

    /** RFC 5321, 4.5.3.1.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    /** RFC 1035, 2.3.4, as text without the root's dot. */
    private static final int LONGEST_DOMAIN = 253;

    /** RFC 1035, 2.3.4. */
    private static final int LONGEST_LABEL = 63;

    /**
     * Top-level domains that were found valid, each in the place that its letters give it. A race between threads loses
     * an entry at worst.
     */
    private static final @Nullable String[] KNOWN = new String[64];

    private PlainAddress() {}

    /**
     * Whether a text is such an address.
     *
     * @param address any text
     * @return false also for addresses that are valid, but not plain: with capitals, for one
     */
    static boolean matches(String address) {
        int at = address.indexOf('@');
        return at > 0 && at <= LONGEST_LOCAL_PART && localPart(address, at) && domain(address, at + 1);
    }

    /** Words joined by single dots. */
    private static boolean localPart(String address, int end) {
        char before = '.';
        for (int i = 0; i < end; i++) {
            char c = address.charAt(i);
            boolean dot = c == '.';
            if (dot ? before == '.' : !isAlphanumeric(c) && c != '_' && c != '-' && c != '+') {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    /** At least two labels; the last one begins with a letter and is one that was given out. */
    private static boolean domain(String address, int start) {
        int end = address.length();
        if (end - start > LONGEST_DOMAIN) {
            return false;
        }
        int label = start;
        for (int i = start; i < end; i++) {
            char c = address.charAt(i);
            if (c == '.') {
                if (!label(address, label, i)) {
                    return false;
                }
                label = i + 1;
            } else if (!isAlphanumeric(c) && c != '-') {
                return false;
            }
        }
        return label > start && label(address, label, end) && address.charAt(label) > '9' && isTopLevel(address, label);
    }

    private static boolean isTopLevel(String address, int start) {
        int length = address.length() - start;
        int slot = (31 * address.charAt(start) + address.charAt(address.length() - 1) + length) & (KNOWN.length - 1);
        String known = KNOWN[slot];
        if (known != null && known.length() == length && address.startsWith(known, start)) {
            return true;
        }
        String label = address.substring(start);
        boolean valid = DOMAINS.isValidTld(label);
        if (valid) {
            KNOWN[slot] = label;
        }
        return valid;
    }

    private static boolean label(String address, int start, int end) {
        return end > start
                && end - start <= LONGEST_LABEL
                && address.charAt(start) != '-'
                && address.charAt(end - 1) != '-';
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
