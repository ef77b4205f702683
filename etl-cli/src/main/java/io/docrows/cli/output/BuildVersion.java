package io.docrows.cli.output;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class BuildVersion implements IVersionProvider {

    /** What picocli makes. */
    public BuildVersion() {}

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

    @Override
    public String[] getVersion() {
        return new String[] {
            program(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
