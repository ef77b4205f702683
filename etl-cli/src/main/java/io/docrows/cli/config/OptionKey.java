package io.docrows.cli.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/** The name of an option in the configuration: its long name, without the dashes. */
public final class OptionKey {

    /** The option that names the file cannot be set in it. */
    static final String CONFIG = "config";

    /** The pipeline decides which part of the file counts. */
    static final String PIPELINE = "pipeline";

    private static final String PREFIX = "ETL_";
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
        String name = option.longestName();
        return option.usageHelp()
                        || option.versionHelp()
                        || !name.startsWith("--")
                        || name.equals("--" + CONFIG)
                        || name.equals("--" + PIPELINE)
                ? Optional.empty()
                : Optional.of(name.substring(2));
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
