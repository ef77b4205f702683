package io.docrows.cli.output;

import picocli.CommandLine.IVersionProvider;

/** Tells picocli what {@code --version} prints. */
public final class VersionProvider implements IVersionProvider {

    /** What picocli makes. */
    public VersionProvider() {}

    @Override
    public String[] getVersion() {
        return BuildVersion.lines().toArray(String[]::new);
    }
}
