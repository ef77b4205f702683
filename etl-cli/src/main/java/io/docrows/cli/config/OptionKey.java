package io.docrows.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The name of an option in the configuration: its first long name, without the dashes. */
public final class OptionKey {

    /** The option that names the file cannot be set in it. */
    static final String CONFIG = "config";

    /** The pipeline decides which part of the file counts. */
    static final String PIPELINE = "pipeline";

    private static final String PREFIX = "ETL_";

    /** Read by the script that starts Java. */
    private static final String OF_THE_LAUNCHER = "ETL_JAVA_OPTS";

    private static final Map<String, String> VARIABLES = Map.of("source", "DB_URL_MONGO", "target", "DB_URL_PSQL");
    private static final Pattern SECRET = Pattern.compile("(.*-)?(password|secret|token)");

    private OptionKey() {}

    /**
     * The key of an option.
     *
     * @param option the option
     * @return its key, or empty if it has none: no file can ask for help
     */
    public static Optional<String> of(OptionSpec option) {
        return names(option).stream().findFirst();
    }

    /**
     * All keys of an option. Earlier names of an option stay valid in files and variables, as they do on the command
     * line.
     *
     * @param option the option
     * @return its key, then its other long names; nothing if it has no key
     */
    static List<String> names(OptionSpec option) {
        List<String> names = Stream.of(option.names())
                .filter(name -> name.startsWith("--"))
                .map(name -> name.substring(2))
                .toList();
        return option.usageHelp() || option.versionHelp() || names.contains(CONFIG) || names.contains(PIPELINE)
                ? List.of()
                : names;
    }

    /**
     * The environment variable that sets an option.
     *
     * @param key the option's key
     * @return such as {@code ETL_MAX_REJECTS}
     */
    public static String variable(String key) {
        String name = VARIABLES.get(key);
        return name == null ? PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_') : name;
    }

    /** Whether an environment variable may set an option, other than the addresses, which all commands read alike. */
    static boolean isVariable(String name) {
        return name.startsWith(PREFIX) && !name.equals(OF_THE_LAUNCHER);
    }

    /**
     * Whether the value of an option is a secret as a whole.
     *
     * @param key the option's key
     * @return true if it must not be printed
     */
    public static boolean isSecret(String key) {
        return SECRET.matcher(key).matches();
    }
}
