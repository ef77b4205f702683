package io.docrows.runner.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** The manual pages are what picocli makes of the commands. */
final class ManPagesTest {

    private static final Path PAGES = Page.DOCS.resolve("man");

    @TempDir
    Path directory;

    private List<CommandSpec> commands() {
        List<CommandSpec> all = new ArrayList<>();
        collect(Etl.in(directory).commands(), all);
        return all;
    }

    /** Without what depends on the build and the machine. */
    private static void collect(CommandLine line, List<CommandSpec> all) {
        line.getCommandSpec().versionProvider(null).version("Docrows");
        all.add(line.getCommandSpec());
        line.getSubcommands().values().forEach(below -> collect(below, all));
    }

    private static Set<String> pages(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void agreeWithTheCommands() throws IOException {
        List<CommandSpec> commands = commands();
        int exitCode =
                ManPageGenerator.generateManPage(directory.toFile(), null, new boolean[0], true, commands.get(0));
        assertThat(exitCode).isZero();
        for (String name : pages(directory)) {
            new Page(PAGES.resolve(name)).is(Files.readString(directory.resolve(name)));
        }
        assertThat(pages(PAGES)).isEqualTo(pages(directory)).hasSameSizeAs(commands);
    }
}
