package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts each contender in a JVM of its own, so that its memory can be told apart. Immutable.
 *
 * @param javaOptions the options of all JVMs
 */
record ContenderProcesses(List<String> javaOptions) {

    /** The collector is the one that {@code ./etl} chooses. */
    private static final List<String> ALWAYS = List.of("-Xmx256m", "-XX:+UseParallelGC", "-Dfile.encoding=UTF-8");

    /** Adds options to the usual ones. */
    ContenderProcesses {
        javaOptions = Stream.concat(ALWAYS.stream(), javaOptions.stream()).toList();
    }

    ContenderResult run(Contender contender, Job job) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ContenderMain.class.getName(),
                contender.title(),
                job.jdbcUrl(),
                job.dump().toString(),
                job.rows().toString(),
                Integer.toString(job.writers())));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new BenchmarkException(
                        contender.title() + " failed with exit code " + exitCode + "; what it said stands above");
            }
            // Before it, Java itself may have said something about its options.
            String last = said.lines().reduce((earlier, later) -> later).orElse("");
            return JsonMapper.shared().readValue(last, ContenderResult.class);
        } finally {
            process.destroyForcibly();
        }
    }
}
