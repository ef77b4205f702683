package io.docrows.runner.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class BuildVersion implements IVersionProvider {

    /** The program and its version. */
    static String program() {
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
