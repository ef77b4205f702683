package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Starts a contender in a JVM of its own, so that its memory can be told apart. */
final class ContenderProcess {

    /** The same for all. The collector is the one that {@code ./etl} chooses. */
    static final List<String> JAVA_OPTIONS = List.of("-Xmx256m", "-XX:+UseParallelGC", "-Dfile.encoding=UTF-8");

    private ContenderProcess() {}

    static ContenderResult run(Contender contender, Job job) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_OPTIONS);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ContenderMain.class.getName(),
                contender.title(),
                job.jdbcUrl(),
                job.dump().toString(),
                job.rows().toString(),
                Integer.toString(job.writers().orElse(0))));
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
            return JsonMapper.shared().readValue(said, ContenderResult.class);
        } finally {
            process.destroyForcibly();
        }
    }
}
