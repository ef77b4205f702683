package io.docrows.cli.output;

import java.util.List;
import java.util.Optional;

/** What {@code --version} prints. */
public final class BuildVersion {

    private BuildVersion() {}

    /**
     * The program and its version.
     *
     * @return as one text
     */
    public static String program() {
        return "docrows "
                + Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion())
                        .orElse("(unpackaged build)");
    }

    /**
     * The program, and what it runs on.
     *
     * @return lines
     */
    public static List<String> lines() {
        return List.of(
                program(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"));
    }
}
