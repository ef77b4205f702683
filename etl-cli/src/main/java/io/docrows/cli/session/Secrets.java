package io.docrows.cli.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords that were given to this process. They are kept out of text where it is made; here they are masked in free
 * text that others made: the words of drivers, of servers and of Flyway, arguments that were not understood, addresses.
 * Results, names and counts never pass through here: a password may be the name of a collection. Thread-safe.
 */
public final class Secrets {

    private static final String MASK = "***";

    /** A secret that is shorter is masked only where it stands as a word of its own: others would be full of it. */
    private static final int DISTINCTIVE = 6;

    /**
     * What stands between the scheme and the host of a URL, unless it is the example in a message. Greedy, since a
     * password may hold an unencoded {@code @}.
     */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(?<=://)(?!user:password@)[^\\s'\"]*@");

    /** Parameters of addresses, and properties within one (MongoDB's {@code authMechanismProperties}). */
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(?<=(?:password|secret|token)[=:])(?!PASSWORD\\b)[^\\s&,;'\"]+");

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * Remembers a secret.
     *
     * @param secret what must not be printed, as it is; blank ones are ignored
     */
    public void add(String secret) {
        if (!secret.isBlank()) {
            known.add(secret);
            known.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        }
    }

    /**
     * Masks every known secret, and whatever stands where an address has its secrets.
     *
     * @param foreign text that others made, and that is about to become a part of a message
     * @return the text with each secret replaced
     */
    public String mask(String foreign) {
        String masked = maskAddresses(foreign);
        // Longest first: a secret may be a part of another one.
        for (String secret : known.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            masked = masked.contains(secret)
                    ? place(secret).matcher(masked).replaceAll(Matcher.quoteReplacement(MASK))
                    : masked;
        }
        return masked;
    }

    private static Pattern place(String secret) {
        String text = Pattern.quote(secret);
        return Pattern.compile(
                secret.length() >= DISTINCTIVE ? text : "(?<![\\p{L}\\p{N}])" + text + "(?![\\p{L}\\p{N}])");
    }

    /**
     * Masks whatever stands where an address has its secrets, known or not.
     *
     * @param text any text
     * @return the text without credentials
     */
    public static String maskAddresses(String text) {
        return PARAMETER
                .matcher(CREDENTIALS.matcher(text).replaceAll(MASK + "@"))
                .replaceAll(MASK);
    }

    /**
     * Masks the arguments that a message repeats; the rest of it keeps its words.
     *
     * @param message says what is wrong
     * @param given the arguments
     * @return the message; arguments in it that held a secret, or an address with one, are masked and printable
     */
    public String maskEchoes(String message, Collection<String> given) {
        String masked = message;
        for (String argument : given) {
            masked = echo(masked, argument);
            masked = echo(masked, argument.substring(argument.indexOf('=') + 1));
        }
        return maskAddresses(masked);
    }

    private String echo(String message, String argument) {
        String shown = mask(argument);
        if (shown.equals(argument)) {
            return message;
        }
        // Where messages repeat what they were given. Elsewhere the same word is their own.
        return Pattern.compile("(?<=['\"/]|: |\\bnot )" + Pattern.quote(argument) + "(?=['\";/ ]|\\.?$|\\.\\s)")
                .matcher(message)
                .replaceAll(Matcher.quoteReplacement(shown));
    }
}
