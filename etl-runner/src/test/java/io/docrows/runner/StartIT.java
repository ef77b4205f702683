package io.docrows.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.PipelineProvider;
import io.docrows.runner.testing.Databases;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does before its command begins. */
@Tag("long")
final class StartIT {

    @TempDir
    Path directory;

    private static final String CLASSES = "classes";

    private record Ended(int exitCode, List<String> out, List<String> err) {}

    private Ended start(String classPath, String... args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + directory.resolve(CLASSES) + "::filecount=0",
                "-cp",
                classPath,
                Main.class.getName());
        builder.command().addAll(List.of(args));
        File err = directory.resolve("err").toFile();
        Process process =
                builder.directory(directory.toFile()).redirectError(err).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(
                process.waitFor(),
                out.lines().toList(),
                Files.readString(err.toPath()).lines().toList());
    }

    @Test
    void librariesPrintNothingBesideTheResult() throws Exception {
        Ended ended = start(System.getProperty("java.class.path"), "completion");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).first().asString().startsWith("#!");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void aPipelineThatCannotBeMadeIsADefectAndNotADoneRun() throws Exception {
        Path services = Files.createDirectories(directory.resolve("broken/META-INF/services"));
        Files.writeString(services.resolve(PipelineProvider.class.getName()), "no.such.Pipeline\n");
        Ended ended = start(
                directory.resolve("broken") + File.pathSeparator + System.getProperty("java.class.path"), "--help");
        assertThat(ended.exitCode()).isEqualTo(70);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith("etl: java.util.ServiceConfigurationError at io.docrows.cli.program.Program");
    }

    /** The names of the classes that the last process has loaded. */
    private List<String> loaded() throws IOException {
        return Files.readAllLines(directory.resolve(CLASSES)).stream()
                .map(line -> line.replaceAll("^(\\[[^]]*\\])* *", "").replaceAll(" source: .*", ""))
                .toList();
    }

    @Test
    void theVersionIsToldBeforeAnythingElseIsSetUp() throws Exception {
        Ended ended = start(System.getProperty("java.class.path"), "--version");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).hasSize(2).first().asString().startsWith("docrows ");
        assertThat(loaded())
                .anyMatch(name -> name.equals("io.docrows.runner.Main"))
                .noneMatch(name -> name.startsWith("picocli.") || name.startsWith("ch.qos.logback."));
    }

    @Test
    @Tag("long")
    void flywayIsNotAskedWhereNothingIsToBeMigrated() throws Exception {
        String target = Databases.shared().create();
        String flyway = "org.flywaydb.core.FlywayExecutor";
        assertThat(start(System.getProperty("java.class.path"), "migrate", "--target", target)
                        .exitCode())
                .isZero();
        assertThat(loaded()).contains(flyway);
        Ended again = start(System.getProperty("java.class.path"), "migrate", "--target", target);
        assertThat(again.exitCode()).as(String.join("\n", again.err())).isZero();
        assertThat(loaded()).contains("io.docrows.cli.schema.CurrentHistory").doesNotContain(flyway);
    }

    @Test
    void aCommandLooksAtNoOtherOneUnlessSomethingIsConfigured() throws Exception {
        Ended ended = start(System.getProperty("java.class.path"), "status", "--help");
        assertThat(ended.exitCode()).isZero();
        String other = "io.docrows.cli.command.PlanCommand";
        assertThat(loaded()).contains("io.docrows.cli.command.StatusCommand").doesNotContain(other);

        Files.writeString(directory.resolve("etl.yaml"), "plan:\n  limit: 1\n");
        assertThat(start(System.getProperty("java.class.path"), "status", "--help"))
                .isEqualTo(ended);
        assertThat(loaded()).contains(other);
    }
}
