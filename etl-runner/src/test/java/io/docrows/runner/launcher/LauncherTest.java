package io.docrows.runner.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher in a project of its own, whose build only counts how often it was asked, and whose Java only echoes, and
 * counts how often it was asked for an archive.
 */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {

    private static final String BUILDS = """
            #!/bin/sh
            echo noise of the build
            echo "$@" >>builds
            mkdir -p etl-runner/target && echo jar >etl-runner/target/etl-runner.jar
            """;

    /** Says what it was started with, or makes an archive. */
    private static final String JAVA = """
            #!/bin/sh
            archive=
            for last; do
                case $last in
                    -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*) made=${last#*=} made_with=${last%%=*} ;;
                    -XX:SharedArchiveFile=*) archive=" from an archive" ;;
                    -XX:AOTCache=*) archive=" from a cache" ;;
                esac
            done
            if [ -n "${made:-}" ]; then
                echo noise of the training
                echo "$made_with" >>"$(dirname "$0")/trainings"
                MAKE
            else
                echo "$*" >"$(dirname "$0")/options"
                echo "started with $last$archive"
            fi
            """;

    @TempDir
    Path directory;

    private Path project = Path.of("");
    private Path java = Path.of("");

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(directory.resolve("a project"));
        Files.copy(Path.of("..", "etl"), project.resolve("etl"));
        executable(project.resolve("etl"), Files.readString(project.resolve("etl")));
        executable(project.resolve("mvnw"), BUILDS);
        for (String source :
                List.of("pom.xml", "etl-core/pom.xml", "etl-core/src/main/java/A.java", "samples/gigs/u.bson")) {
            old(write(project.resolve(source), ""));
        }
        old(project.resolve("etl-core/src/main"));
        java = jdk("17.0.15");
    }

    private Path jdk(String version) throws IOException {
        return jdk(version, "echo classes >\"$made\"");
    }

    /** A JDK that makes an archive in its own way. */
    private Path jdk(String version, String make) throws IOException {
        Path home = directory.resolve("jdk-" + version);
        write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        executable(home.resolve("bin/java"), JAVA.replace("MAKE", make));
        return home;
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.setPosixFilePermissions(write(file, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    private Result etl(Path launcher, Map<String, String> environment) throws Exception {
        return etl(launcher, environment, "tables");
    }

    private Result etl(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString()).directory(directory.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (InputStream out = process.getInputStream();
                InputStream err = process.getErrorStream()) {
            String results = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            String errors = new String(err.readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), results, errors);
        }
    }

    private Result etl() throws Exception {
        return etl(project.resolve("etl"), Map.of("JAVA_HOME", java.toString()));
    }

    private int builds() throws IOException {
        return lines(project.resolve("builds"));
    }

    private int trainings() throws IOException {
        return lines(java.resolve("bin/trainings"));
    }

    private static int lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    /** The archives, and what is left of the work on them. */
    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("etl-runner/target"))) {
            return files.filter(file -> file.toString().endsWith(".jsa") || Files.isDirectory(file))
                    .toList();
        }
    }

    @Test
    void buildsOnceAndKeepsStandardOutputForResults() throws Exception {
        Result first = etl();
        assertThat(first).isEqualTo(new Result(0, "started with tables from an archive\n", first.err()));
        assertThat(first.err()).contains("Building Docrows", "to start faster").doesNotContain("noise");
        assertThat(etl()).isEqualTo(new Result(0, first.out(), ""));
        assertThat(builds()).isEqualTo(1);
        assertThat(trainings()).isEqualTo(1);
        assertThat(archives()).hasSize(1);
    }

    @Test
    void makesAnotherArchiveForAnotherJarAndForAnotherJava() throws Exception {
        etl();
        Files.setLastModifiedTime(
                project.resolve("etl-runner/target/etl-runner.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(etl().out()).endsWith("from an archive\n");
        assertThat(etl().out()).endsWith("from an archive\n");
        assertThat(trainings()).isEqualTo(2);

        write(java.resolve("release"), "JAVA_VERSION=\"17.0.16\"\n");
        assertThat(etl().out()).endsWith("from an archive\n");
        assertThat(trainings()).isEqualTo(3);

        old(project.resolve("pom.xml"));
        Files.delete(project.resolve("etl-runner/target/etl-runner.jar"));
        etl();
        assertThat(builds()).isEqualTo(2);
        assertThat(archives()).as("those of the jar before are gone").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "17.0.15, -XX:ArchiveClassesAtExit, from an archive",
        "24.0.2, -XX:ArchiveClassesAtExit, from an archive",
        "25, -XX:AOTCacheOutput, from a cache",
        "26.0.1, -XX:AOTCacheOutput, from a cache"
    })
    void makesTheArchiveThatThisJavaStartsFastestFrom(String version, String made, String used) throws Exception {
        java = jdk(version);
        assertThat(etl().out()).isEqualTo("started with tables " + used + "\n");
        assertThat(java.resolve("bin/trainings")).hasContent(made);
    }

    @Test
    void goesOnWithoutAnArchiveThatCannotBeMade() throws Exception {
        java = jdk("17.0.1", "exit 1");
        Result first = etl();
        assertThat(first.out()).isEqualTo("started with tables\n");
        assertThat(first.err()).contains("goes on without", "etl-training.log");
        assertThat(etl()).isEqualTo(new Result(0, "started with tables\n", ""));
        assertThat(trainings()).as("not tried again").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "tables, 1, later",
        "run --source little --target x, 1, later",
        "verify --target x --source=dump:little, 1, later",
        "run --source embedded, 1, later",
        "run --source some --target x, 1, soon",
        "inspect --source some/users.bson, 1, soon",
        "run --source much --target x, 2, soon",
        "run --source much/users.bson.gz, 2, soon",
        "run --source json:nowhere, 2, soon",
        "run --source mongodb://localhost/shop, 2, soon",
        "run, 2, soon",
        "--pipeline x run --source mongodb://localhost/shop, 2, soon",
        "watch --source little, 2, soon"
    })
    void compilesLessWhereLittleIsRead(String arguments, int compilers, String begins) throws Exception {
        write(directory.resolve("little/users.bson"), "x");
        Files.createDirectories(directory.resolve("some"));
        Files.write(directory.resolve("some/users.bson"), new byte[33 << 20]);
        Files.createDirectories(directory.resolve("much"));
        Files.write(directory.resolve("much/users.bson.gz"), new byte[52 << 20]);
        etl(
                project.resolve("etl"),
                Map.of("JAVA_HOME", java.toString(), "ETL_JAVA_OPTS", "-Xshare:off"),
                arguments.split(" "));
        String options = Files.readString(java.resolve("bin/options"));
        assertThat(options.contains("-XX:TieredStopAtLevel=1")).isEqualTo(compilers == 1);
        assertThat(options.contains("-XX:Tier3")).isEqualTo(begins.equals("later"));
    }

    @Test
    void makesNoArchiveWhereOptionsSayWhichToUse() throws Exception {
        for (String options : List.of("-Xshare:off", "-XX:SharedArchiveFile=own.jsa", "-XX:AOTCache=own.aot")) {
            etl(project.resolve("etl"), Map.of("JAVA_HOME", java.toString(), "ETL_JAVA_OPTS", options));
        }
        assertThat(trainings()).isZero();
    }

    @Test
    void leavesNothingBehindWhenItIsInterruptedWhileAnArchiveIsMade() throws Exception {
        java = jdk("17.0.1", "echo half >\"$made\"; trap 'exit 130' TERM; while :; do :; done");
        ProcessBuilder builder = new ProcessBuilder(project.resolve("etl").toString(), "x")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", java.toString());
        Process process = builder.start();
        while (trainings() == 0 && process.isAlive()) {
            Thread.onSpinWait();
        }
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(archives()).isEmpty();
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        etl();
        Files.setLastModifiedTime(
                project.resolve("samples/gigs/u.bson"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(etl().err()).contains("its sources changed");
        old(project.resolve("samples/gigs/u.bson"));
        etl();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void worksThroughSymbolicLinksFromElsewhere() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a project/etl"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), link);
        assertThat(etl(second, Map.of("JAVA_HOME", java.toString())).out())
                .isEqualTo("started with tables from an archive\n");
    }

    @Test
    void buildsOnceForTwoAtTheSameTime() throws Exception {
        executable(project.resolve("mvnw"), BUILDS.replace("echo noise", "while [ ! -e go ]; do :; done; echo noise"));
        ProcessBuilder builder = new ProcessBuilder(project.resolve("etl").toString(), "x")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", java.toString());
        Process first = builder.start();
        Process second = builder.start();
        Files.writeString(project.resolve("go"), "");
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds()).isEqualTo(1);
        assertThat(trainings()).isEqualTo(1);
    }

    @Test
    void showsWhyABuildFailedAndWhereItsLogIs() throws Exception {
        executable(project.resolve("mvnw"), "#!/bin/sh\necho '[ERROR] A.java: no such thing'\nexit 1\n");
        Result result = etl();
        assertThat(result.exitCode()).isEqualTo(70);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("A.java: no such thing", "etl: the build failed", "etl-build.log");
        assertThat(project.resolve("etl-runner/target/etl-runner.jar")).doesNotExist();
    }

    @Test
    void refusesAJavaThatIsTooOld() throws Exception {
        java = jdk("1.8.0_402");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String tool : List.of("bash", "dirname", "readlink", "sed", "head", "env")) {
            for (String place : List.of("/bin", "/usr/bin")) {
                Path found = Path.of(place, tool);
                if (Files.exists(found) && !Files.exists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), found);
                }
            }
        }
        Result result = etl(project.resolve("etl"), Map.of("JAVA_HOME", java.toString(), "PATH", bin.toString()));
        assertThat(result.exitCode()).isEqualTo(70);
        assertThat(result.err()).contains("Java 17 or later is needed", "is Java 8", "JAVA_HOME");
        assertThat(builds()).isZero();
    }
}
