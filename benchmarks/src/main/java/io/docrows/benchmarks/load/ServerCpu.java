package io.docrows.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The processor time that a PostgreSQL has used so far: the postmaster, its processes, and those it has buried. Only
 * Linux tells.
 */
final class ServerCpu {

    /** What {@code USER_HZ} is on every Linux that runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    // Fields of /proc/PID/stat after the command's name, see proc(5): 14 to 17 less the first two.
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int BURIED_USER = 13;
    private static final int BURIED_SYSTEM = 14;

    private ServerCpu() {}

    /** Seconds of processor time; 0 where that cannot be told. */
    static double seconds(ProcessHandle postmaster) throws IOException {
        if (!Files.isReadable(stat(postmaster))) {
            return 0;
        }
        long ticks = ticks(postmaster, List.of(USER, SYSTEM, BURIED_USER, BURIED_SYSTEM));
        for (ProcessHandle process : postmaster.children().toList()) {
            ticks += ticks(process, List.of(USER, SYSTEM));
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long ticks(ProcessHandle process, List<Integer> fields) throws IOException {
        try {
            String stat = Files.readString(stat(process));
            List<String> values =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return fields.stream()
                    .mapToLong(field -> Long.parseLong(values.get(field)))
                    .sum();
        } catch (NoSuchFileException e) {
            // It ended just now.
            return 0;
        }
    }

    private static Path stat(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()), "stat");
    }
}
