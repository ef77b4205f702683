package io.docrows.runner.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.docrows.runner.testing.Etl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schedules in {@code docs/operating.md} say nothing that this build would not understand. */
final class SchedulesTest {

    private static final Pattern BLOCK = Pattern.compile("```(cron|ini|yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("/etl ((?:run|verify)[^>\\n]*)");

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(new Page(Page.DOCS.resolve("operating.md")).text())
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static void isUnderstood(List<String> arguments) {
        assertThatNoException()
                .as(String.join(" ", arguments))
                .isThrownBy(() -> Etl.in(Path.of("")).commands().parseArgs(arguments.toArray(String[]::new)));
    }

    private static List<String> commands(String language) throws IOException {
        return COMMAND.matcher(String.join("\n", blocks(language)))
                .results()
                .map((MatchResult command) -> command.group(1).strip())
                .toList();
    }

    @Test
    void giveCommandsThatAreUnderstood() throws IOException {
        assertThat(commands("cron")).hasSize(2).allSatisfy(command -> isUnderstood(List.of(command.split(" "))));
        assertThat(commands("ini")).hasSize(1).allSatisfy(command -> isUnderstood(List.of(command.split(" "))));
    }

    @Test
    void giveAManifestThatIsUnderstood() throws IOException {
        Object manifest = new Load(LoadSettings.builder().build())
                .loadFromString(blocks("yaml").get(0));
        Map<?, ?> pod = in(manifest, "spec", "jobTemplate", "spec", "template", "spec");
        Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
        isUnderstood(
                ((List<?>) container.get("args")).stream().map(String::valueOf).toList());
        assertThat(pod.get("restartPolicy")).isEqualTo("Never");
        assertThat(in(manifest, "spec").get("concurrencyPolicy")).isEqualTo("Forbid");
    }

    private static Map<?, ?> in(Object object, String... path) {
        Map<?, ?> map = (Map<?, ?>) object;
        for (String name : path) {
            map = (Map<?, ?>) map.get(name);
        }
        return map;
    }
}
