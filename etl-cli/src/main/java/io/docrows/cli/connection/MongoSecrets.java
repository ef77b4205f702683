package io.docrows.cli.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is secret behind the question mark of a MongoDB URI (MongoDB manual, "Connection String Options"): passwords of
 * keys and proxies, and the properties of authentication mechanisms, in which tokens stand.
 */
final class MongoSecrets {

    private static final Pattern PARAMETER = Pattern.compile("[?&;]([A-Za-z]+)=([^&;#]*)");

    private static final Set<String> PASSWORDS = Set.of("tlscertificatekeyfilepassword", "proxypassword");

    /** Properties that say where and how to ask; whatever else there is, or will be, is taken for a token. */
    private static final Set<String> HARMLESS = Set.of(
            "ALLOWED_HOSTS",
            "CANONICALIZE_HOST_NAME",
            "ENVIRONMENT",
            "PROVIDER_NAME",
            "SERVICE_HOST",
            "SERVICE_NAME",
            "SERVICE_REALM",
            "TOKEN_RESOURCE");

    private MongoSecrets() {}

    static Stream<String> ofParameters(String uri) {
        return PARAMETER.matcher(uri).results().flatMap(MongoSecrets::ofParameter);
    }

    private static Stream<String> ofParameter(MatchResult parameter) {
        String name = parameter.group(1).toLowerCase(Locale.ROOT);
        if (PASSWORDS.contains(name)) {
            return forms(parameter.group(2));
        }
        if (!name.equals("authmechanismproperties")) {
            return Stream.empty();
        }
        return Arrays.stream(decoded(parameter.group(2)).split(",", -1))
                .filter(property -> property.indexOf(':') > 0)
                .filter(property -> !HARMLESS.contains(
                        property.substring(0, property.indexOf(':')).strip().toUpperCase(Locale.ROOT)))
                .flatMap(property -> forms(property.substring(property.indexOf(':') + 1)));
    }

    /** A secret as it stands in a URI, and as it is. */
    static Stream<String> forms(String secret) {
        String plain = decoded(secret);
        return Stream.of(secret, plain, PercentCoding.encode(plain)).filter(form -> !form.isBlank());
    }

    private static String decoded(String text) {
        try {
            return PercentCoding.decode(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
