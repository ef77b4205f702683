package io.docrows.cli.connection;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The file of connection services (PostgreSQL documentation, "The Connection Service File"): sections of
 * {@code name=value}. The JDBC driver has a reader of its own, which takes its own names of parameters only and passes
 * over a section with any other.
 */
final class ServiceFile {

    /** Where Debian's psql looks last; others are compiled with other places, which PGSYSCONFDIR names. */
    private static final String SYSTEM = "/etc/postgresql-common";

    private ServiceFile() {}

    /**
     * Looks a service up: in the file that PGSERVICEFILE names, or that in the home directory; then in the system's.
     *
     * @throws DocrowsException {@code INVALID_OPTION} if no file has it, or one cannot be read or understood
     */
    static Optional<Map<String, String>> find(String service, Surroundings around) {
        List<Path> places = new ArrayList<>();
        around.variable("PGSERVICEFILE")
                .map(Path::of)
                .or(() -> around.home().map(home -> home.resolve(".pg_service.conf")))
                .ifPresent(places::add);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        places.add(Path.of(around.variable("PGSYSCONFDIR").orElse(SYSTEM)).resolve("pg_service.conf"));
        for (Path place : places) {
            if (Files.exists(place)) {
                Optional<Map<String, String>> section = section(service, place);
                if (section.isPresent()) {
                    return section;
                }
            }
        }
        throw new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "the target's service is defined neither in "
                        + places.stream().map(Path::toString).collect(Collectors.joining(" nor in "))
                        + "; correct service= or PGSERVICE, or name the file in PGSERVICEFILE");
    }

    private static Optional<Map<String, String>> section(String service, Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "the service file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
        Map<String, String> found = new LinkedHashMap<>();
        boolean inside = false;
        boolean any = false;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                // As in libpq, the first section of a name is all there is of it.
                if (any) {
                    break;
                }
                inside = line.equals("[" + service + "]");
                any = inside;
            } else if (inside) {
                int equals = line.indexOf('=');
                if (equals < 1 || line.startsWith("service=") || line.startsWith("ldap")) {
                    // Not the line itself: it may hold a password.
                    throw new DocrowsException(
                            ErrorCode.INVALID_OPTION,
                            file + ":" + number + ": is not a parameter of the form name=value"
                                    + " (another service and ldap:// are not followed)");
                }
                found.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return any ? Optional.of(found) : Optional.empty();
    }
}
