package io.docrows.benchmarks.load;

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
}
