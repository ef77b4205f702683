package io.docrows.runner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each example is built outside of this build, in a directory of its own, and does what its page says. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class ExamplesIT {

    private static final long MINUTES = 15;

    @TempDir
    private static Path directory;

    private static List<String> maven = List.of();

    private record Result(int exitCode, String out) {}

    @BeforeAll
    static void publishTheModules() throws IOException {
        ModuleRepository modules = ModuleRepository.in(directory);
        Path known = Path.of(System.getProperty("user.home"), ".m2", "repository");
        maven = List.of(
                Path.of("..", "mvnw").toRealPath().toString(),
                "-B",
                "-ntp",
                "-q",
                "-gs",
                modules.settings().toString(),
                "-Ddocrows.version=" + ModuleRepository.VERSION,
                // What is published here stays out of the user's own repository, which is only read.
                "-Dmaven.repo.local=" + directory.resolve("local"),
                "-Dmaven.repo.local.tail=" + known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"boot-4", "boot-3"})
    void theServiceWorksUnderBothGenerationsOfSpringBoot(String profile) throws Exception {
        Path service = copy("spring-service", profile);
        Result built = maven(service, "-P" + profile, "verify");
        assertThat(built.exitCode()).as(built.out()).isZero();
        assertThat(service.resolve("target/surefire-reports")).isDirectoryContaining("glob:**OrdersServiceTest.txt");
        assertThat(service.resolve("target/orders-service-1.0-SNAPSHOT.jar")).exists();
    }

    @Test
    void theBookshopIsLoadedByItsOwnLauncher() throws Exception {
        Path bookshop = copy("bookshop", "shop");
        // In place of Maven's wrapper, which a project of one's own has.
        Path wrapper = bookshop.resolve("mvnw");
        Files.writeString(
                wrapper,
                "#!/bin/sh\nexec "
                        + String.join(
                                " ",
                                maven.stream().map(part -> "'" + part + "'").toList()) + " \"$@\"\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();

        Result tested = maven(bookshop, "test");
        assertThat(tested.exitCode()).as(tested.out()).isZero();
        String[] places = {"--source", "data/books.json", "--target", "embedded:target/pg"};
        Result run = etl(bookshop, "run", places);
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).containsPattern("books +books +4 +4 +0 +0 +0");
        Result verified = etl(bookshop, "verify", places);
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        Result again = etl(bookshop, "run", places);
        assertThat(again.out()).containsPattern("books +books +4 +0 +0 +4 +0");
    }

    private static Result etl(Path project, String command, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("./etl", command));
        line.addAll(List.of(arguments));
        return run(project, line);
    }

    private static Result maven(Path project, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(maven);
        line.addAll(List.of(arguments));
        return run(project, line);
    }

    private static Result run(Path project, List<String> line) throws Exception {
        Path out = Files.createTempFile(directory, "out", ".log");
        Process process = new ProcessBuilder(line)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ended").isTrue();
        return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }

    private static Path copy(String example, String name) throws IOException {
        Path from = Path.of("..", "examples", example);
        Path to = directory.resolve(name);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.endsWith("target")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copied = Files.copy(file, to.resolve(from.relativize(file).toString()));
                copied.toFile().setExecutable(Files.isExecutable(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }
}
