package io.docrows.cli.connection;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an address leaves to its surroundings is looked up here, as PostgreSQL's own programs do.
 *
 * @param variables environment variables; empty for those that are not set
 * @param home the user's directory, where {@code .pg_service.conf} is looked for
 */
public record Surroundings(Function<String, Optional<String>> variables, Optional<Path> home) {

    /** Nothing around: what an address leaves out has PostgreSQL's defaults. */
    public static final Surroundings NONE = new Surroundings(name -> Optional.empty(), Optional.empty());

    /**
     * The surroundings of a process.
     *
     * @param variables environment variables; empty for those that are not set
     * @return with the home directory that they name, or else that of the user
     */
    public static Surroundings of(Function<String, Optional<String>> variables) {
        Optional<String> home = variables.apply("HOME").or(() -> Optional.ofNullable(System.getProperty("user.home")));
        return new Surroundings(variables, home.map(Path::of));
    }

    Optional<String> variable(String name) {
        return variables.apply(name);
    }

    /** The parameters of a service, under libpq's names; empty where there is no file to look into. */
    Optional<Map<String, String>> service(String name) {
        return ServiceFile.find(name, this);
    }
}
