package io.docrows.benchmarks.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the measurements were made on. */
final class Machine {

    private Machine() {}

    /** In words, by the names used in JSON. */
    static Map<String, String> describe(String postgresVersion, ContenderProcesses processes) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processors", Runtime.getRuntime().availableProcessors() + " processors");
        machine.put(
                "system",
                String.join(
                        " ",
                        List.of(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch"))));
        machine.put("java", "Java " + Runtime.version());
        machine.put("javaOptions", String.join(" ", processes.javaOptions()));
        machine.put("classes", "classes from " + (processes.areArchived() ? "one archive for all" : "jars"));
        machine.put("postgres", "PostgreSQL " + postgresVersion);
        return machine;
    }

    /** Waits until the disk has what was written before: the generator's files, and what the last contender left. */
    static void settle() throws IOException, InterruptedException {
        int exit = new ProcessBuilder("sync").inheritIO().start().waitFor();
        if (exit != 0) {
            throw new BenchmarkException("sync ended with " + exit);
        }
    }
}
