package io.docrows.spark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Spark as it is installed, and the jars that are given to it: what {@code etl-spark/local --home} makes. */
final class SparkHome {

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private final Path home;

    private SparkHome(Path home) {
        this.home = home;
    }

    /** Builds the jar and fetches Spark where either is missing or stale. */
    static SparkHome prepared() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(MODULE.resolve("local").toString(), "--home")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("etl-spark/local --home failed");
        }
        return new SparkHome(Path.of(printed));
    }

    Path directory() {
        return home;
    }

    static Path local() {
        return MODULE.resolve("local");
    }

    static Path jar() {
        return MODULE.resolve("target/etl-spark.jar");
    }

    static List<Path> exampleJars() throws IOException {
        try (Stream<Path> jars = Files.list(MODULE.resolve("target/example"))) {
            return jars.sorted().toList();
        }
    }

    List<Path> sparkJars() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("jars"))) {
            return jars.sorted().toList();
        }
    }

    /** Begins a Java process with Spark's class path, and nothing of ours on it but what is added. */
    Process java(Path log, Map<String, String> environment, List<Path> added, String memory, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(opens());
        command.addAll(List.of("-Xmx" + memory, "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC", "-cp"));
        command.add(Stream.concat(
                        Stream.of(home.resolve("conf").toString(), home.resolve("jars") + "/*"),
                        added.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator)));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** What Spark asks of Java 17, as this JVM was given it. */
    private static List<String> opens() {
        return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-Djdk.reflect"))
                .toList();
    }
}
