package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Starts each contender in a JVM of its own, so that its memory can be told apart. Immutable. */
final class ContenderProcesses {

    /** The collector and when the compilers begin are what {@code ./etl} chooses. */
    private static final List<String> ALWAYS = List.of(
            "-Xmx256m",
            "-XX:+UseParallelGC",
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=12000",
            "-XX:Tier4CompileThreshold=300000",
            "-XX:Tier4BackEdgeThreshold=800000",
            "-Dfile.encoding=UTF-8");

    /** As {@code ./etl} does where there are at most 256 MB to read, and more of it at 32 MB. */
    private static final long SOME = 256L << 20;

    private static final long LITTLE = 32L << 20;
    private static final List<String> FOR_SOME = List.of("-XX:TieredStopAtLevel=1");
    private static final List<String> FOR_LITTLE = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:Tier3InvocationThreshold=2000",
            "-XX:Tier3MinInvocationThreshold=1000",
            "-XX:Tier3CompileThreshold=10000");

    private final String classPath;
    private final List<String> javaOptions;
    private final @Nullable Path archive;

    /** One load of a contender. */
    record Load(Contender contender, Job job) {

        private Stream<String> lines() {
            return Stream.of(
                    contender.title(),
                    job.shape().title(),
                    job.jdbcUrl(),
                    job.source(),
                    job.rows().toString(),
                    Integer.toString(job.writers()));
        }
    }

    private ContenderProcesses(String classPath, List<String> javaOptions, @Nullable Path archive) {
        this.classPath = classPath;
        this.javaOptions = List.copyOf(javaOptions);
        this.archive = archive;
    }

    /**
     * Processes that load their classes from the class path.
     *
     * @param classPath where classes are
     * @param bytes how much there is to read
     * @param javaOptions more options of all JVMs
     */
    static ContenderProcesses cold(String classPath, long bytes, List<String> javaOptions) {
        List<String> options = new ArrayList<>(ALWAYS);
        if (bytes <= SOME) {
            options.addAll(bytes <= LITTLE ? FOR_LITTLE : FOR_SOME);
        }
        options.addAll(javaOptions);
        return new ContenderProcesses(classPath, options, null);
    }

    /**
     * Processes that load their classes from an archive, which is made of all classes that some loads take. It is the
     * same for all, so that nobody has an advantage of it.
     *
     * @param file where to put it
     * @param loads made one after the other by one process
     * @throws BenchmarkException if it cannot be made
     */
    ContenderProcesses archived(Path file, List<Load> loads) throws IOException, InterruptedException {
        Optional<Path> directory = Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst();
        if (directory.isPresent()) {
            throw new BenchmarkException("Java makes no archive of classes in a directory, as in " + directory.get()
                    + "; start with ./bench, which packs them, or go without by --no-archive");
        }
        Files.deleteIfExists(file);
        run("the process that makes the archive of classes", List.of("-XX:ArchiveClassesAtExit=" + file), loads);
        if (!Files.exists(file)) {
            throw new BenchmarkException("Java made no archive of classes; go without by --no-archive");
        }
        return new ContenderProcesses(classPath, javaOptions, file);
    }

    /** The options of all JVMs, without the archive. */
    List<String> javaOptions() {
        return javaOptions;
    }

    /** Whether classes come from an archive. */
    boolean areArchived() {
        return archive != null;
    }

    ContenderResult run(Contender contender, Job job) throws IOException, InterruptedException {
        List<String> options = archive == null ? List.of() : List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:on");
        String said = run(contender.title(), options, List.of(new Load(contender, job)));
        // Before it, Java itself may have said something about its options.
        String last = said.lines().reduce((earlier, later) -> later).orElse("");
        return JsonMapper.shared().readValue(last, ContenderResult.class);
    }

    private String run(String who, List<String> moreOptions, List<Load> loads)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(moreOptions);
        command.addAll(List.of("-cp", classPath, ContenderMain.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            // Not as arguments: every user of the machine sees those, and a password is among them.
            try (Writer jobs = process.outputWriter(StandardCharsets.UTF_8)) {
                for (String line : loads.stream().flatMap(Load::lines).toList()) {
                    jobs.write(line + "\n");
                }
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new BenchmarkException(
                        who + " failed with exit code " + exitCode + "; what it said stands above\n" + said.strip());
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
