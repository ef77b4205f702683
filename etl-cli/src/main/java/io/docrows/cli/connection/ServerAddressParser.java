package io.docrows.cli.connection;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads addresses of PostgreSQL servers in libpq's form
 * ({@code postgresql://user:password@host:port/database?name=value}, PostgreSQL documentation, section "Connection
 * URIs") and in that of the JDBC driver.
 *
 * <p>A password that is not percent-encoded can end up anywhere in a misread address. No message here repeats a part of
 * it, parameter names excepted that are plain words.
 */
final class ServerAddressParser {

    static final String ENCODE = "; special characters in a user name or password must be percent-encoded"
            + " (@ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25)";

    private final String form;
    private final UnaryOperator<String> decoder;

    private ServerAddressParser(String form, UnaryOperator<String> decoder) {
        this.form = form;
        this.decoder = decoder;
    }

    static ServerAddress libpq(String url, Surroundings around) {
        ServerAddressParser parser =
                new ServerAddressParser("postgresql://USER:PASSWORD@HOST:PORT/DATABASE", PercentCoding::decode);
        return parser.parse(url.substring(url.indexOf("//") + 2), true).in(around);
    }

    static ServerAddress jdbc(String url, Surroundings around) {
        ServerAddressParser parser = new ServerAddressParser(
                "jdbc:postgresql://HOST:PORT/DATABASE?user=USER&password=PASSWORD",
                text -> URLDecoder.decode(text, StandardCharsets.UTF_8));
        String rest = url.substring("jdbc:postgresql:".length());
        return parser.parse(rest.startsWith("//") ? rest.substring(2) : "/" + rest, false)
                .in(around);
    }

    private AddressParts parse(String rest, boolean credentialsBeforeHost) {
        int question = rest.indexOf('?');
        String location = question < 0 ? rest : rest.substring(0, question);
        Map<String, String> parameters = parameters(question < 0 ? "" : rest.substring(question + 1));

        int slash = location.indexOf('/');
        String authority = slash < 0 ? location : location.substring(0, slash);
        String database = slash < 0 ? "" : location.substring(slash + 1);
        // The last @: a password may hold one that was not encoded, a host cannot.
        int at = authority.lastIndexOf('@');
        if (database.indexOf('@') >= 0 || database.indexOf('#') >= 0 || database.indexOf('/') >= 0) {
            throw invalid("has a @, # or / where the database's name should be" + ENCODE);
        }
        if (at >= 0 && !credentialsBeforeHost) {
            throw invalid("has a user before its host, which a jdbc: URL cannot have");
        }
        String credentials = at < 0 ? "" : authority.substring(0, at);
        int colon = credentials.indexOf(':');
        String user = colon < 0 ? credentials : credentials.substring(0, colon);
        String password = colon < 0 ? "" : credentials.substring(colon + 1);
        AddressParts parts = new AddressParts();
        parts.add(parameters, "the target's address");
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String host : authority.substring(at + 1).split(",", -1)) {
            split(host, hosts, ports);
        }
        parts.addLocation(
                String.join(",", hosts), String.join(",", ports), decode(database), decode(user), decode(password));
        return parts;
    }

    private void split(String text, List<String> hosts, List<String> ports) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        if (text.startsWith("[") && bracket < 0) {
            throw invalid("has an IPv6 address without its closing bracket");
        }
        int colon = text.indexOf(':', bracket + 1);
        hosts.add(decode(
                text.substring(bracket < 0 ? 0 : 1, bracket >= 0 ? bracket : colon < 0 ? text.length() : colon)));
        ports.add(colon < 0 ? "" : text.substring(colon + 1));
    }

    private Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw invalid("has a parameter without a value after its question mark" + ENCODE);
            }
            parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private String decode(String text) {
        try {
            return decoder.apply(text);
        } catch (IllegalArgumentException e) {
            throw invalid("has a percent sign that is not followed by two hexadecimal digits" + ENCODE);
        }
    }

    private DocrowsException invalid(String problem) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION, "the target's address " + problem + " (the form is " + form + ")");
    }
}
