package io.docrows.runner.session;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Passwords that were given to this process. Messages pass through here before they are printed: a second line of
 * defence behind messages that hold no secret to begin with, and the only one for arguments that were not understood.
 * Thread-safe.
 */
public final class Secrets {

    private static final String MASK = "***";

    /**
     * What stands between the scheme and the host of a URL, unless it is the example in a message. Greedy, since a
     * password may hold an unencoded {@code @}.
     */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(?<=://)(?!user:password@)[^\\s'\"]*@");

    private static final Pattern PARAMETER = Pattern.compile("(?i)(?<=password=)(?!PASSWORD\\b)[^\\s&'\"]+");

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * Remembers a secret.
     *
     * @param secret what must not be printed; blank ones are ignored
     */
    public void add(String secret) {
        if (!secret.isBlank()) {
            known.add(secret);
        }
    }

    /**
     * Masks every known secret, and whatever stands where a URL has its secrets.
     *
     * @param text what is about to be printed
     * @return the text with each secret replaced
     */
    public String mask(String text) {
        String masked = CREDENTIALS.matcher(text).replaceAll(MASK + "@");
        masked = PARAMETER.matcher(masked).replaceAll(MASK);
        // Longest first: a secret may be a part of another one.
        for (String secret : known.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}
