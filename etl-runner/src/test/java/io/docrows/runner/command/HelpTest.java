package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every command there is, with examples that this build understands. */
final class HelpTest {

    @TempDir
    Path directory;

    static Stream<String> commands() {
        return below(Etl.in(Path.of("")).commands());
    }

    private static Stream<String> below(CommandLine line) {
        return line.getSubcommands().values().stream()
                .flatMap(command ->
                        Stream.concat(Stream.of(command.getCommandSpec().qualifiedName()), below(command)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void showsExamplesThatAreUnderstood(String command) {
        String[] path = command.split(" ");
        String[] words = Arrays.copyOfRange(path, 1, path.length + 1);
        words[words.length - 1] = "--help";
        Result help = Etl.in(directory).run(words);
        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Examples:");

        List<String> examples = help.out()
                .lines()
                .dropWhile(line -> !line.startsWith("Examples:"))
                .filter(line -> line.contains("./etl "))
                .toList();
        assertThat(examples).anyMatch(example -> example.contains("./" + command));
        for (String example : examples) {
            assertThatNoException()
                    .as(example)
                    .isThrownBy(() -> Etl.in(directory).commands().parseArgs(arguments(example)));
        }
    }

    /** What stands between {@code ./etl} and a remark, a redirection, or the end. */
    private static String[] arguments(String example) {
        return example.strip()
                .replaceAll(".*\\./etl ", "")
                .replaceAll("( {3,}| [|>] |\\)).*", "")
                .split(" +");
    }
}
