package io.docrows.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The main process of a PostgreSQL server, found through the {@code postmaster.pid} of its data directory. It outlives
 * a JVM that was killed, and then keeps the next server from starting on the same data.
 */
final class Postmaster {

    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final Path dataDirectory;
    private final ProcessHandle process;

    private Postmaster(Path dataDirectory, ProcessHandle process) {
        this.dataDirectory = dataDirectory;
        this.process = process;
    }

    /** Returns the live server of a data directory, or nothing when there is none. */
    static Optional<Postmaster> of(Path dataDirectory) {
        return pid(dataDirectory)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> serves(process, dataDirectory))
                .map(process -> new Postmaster(dataDirectory, process));
    }

    /**
     * Removes a {@code postmaster.pid} whose process is not a server of that directory: after a restart of the machine
     * or the container its number may belong to anyone, and PostgreSQL would refuse to start beside it.
     */
    static void forgetDead(Path dataDirectory) throws IOException {
        if (of(dataDirectory).isEmpty()) {
            Files.deleteIfExists(pidFile(dataDirectory));
        }
    }

    ProcessHandle process() {
        return process;
    }

    /**
     * Whether the server has not ended yet. The system shows one that has ended as an alive process until its parent,
     * the first process of the machine or the container, takes notice, and many of those do so late or never.
     */
    boolean isAlive() {
        return process.isAlive() && serves(process, dataDirectory);
    }

    /**
     * Stops the server: at first its open transactions are rolled back and its data written (fast), after half a minute
     * it is stopped as a crash would (immediate), which costs a recovery at the next start but no committed data.
     */
    void stop() {
        if (!stop("INT", "fast", FAST) && !stop("QUIT", "immediate", IMMEDIATE)) {
            throw new EmbeddedServerException("The embedded PostgreSQL (process " + process.pid() + ") of "
                    + dataDirectory + " does not stop. End that process and try again.");
        }
    }

    private boolean stop(String signal, String mode, Duration patience) {
        List<String> command = isWindows()
                ? List.of(pgCtl(), "stop", "-D", dataDirectory.toString(), "-m", mode, "-W")
                // The shell's own kill: the program of that name is missing from many a slim image.
                : List.of("sh", "-c", "kill -s " + signal + " " + process.pid());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long start = System.nanoTime();
            while (isAlive() && System.nanoTime() - start < patience.toNanos()) {
                Thread.sleep(POLL_MILLIS);
            }
            return !isAlive();
        } catch (IOException e) {
            return !isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !isAlive();
        }
    }

    private String pgCtl() {
        Path postgres = Path.of(process.info().command().orElse("postgres.exe"));
        return postgres.resolveSibling("pg_ctl.exe").toString();
    }

    private static boolean serves(ProcessHandle process, Path dataDirectory) {
        ProcessHandle.Info info = process.info();
        String program = info.command()
                .map(command -> String.valueOf(Path.of(command).getFileName()))
                .orElse("");
        if (!program.equals("postgres") && !program.equals("postgres.exe")) {
            return false;
        }
        // Windows keeps the arguments of other processes to itself.
        return info.arguments()
                .map(arguments -> namesDirectory(arguments, dataDirectory))
                .orElse(true);
    }

    private static boolean namesDirectory(String[] arguments, Path dataDirectory) {
        int option = Arrays.asList(arguments).indexOf("-D");
        return option >= 0
                && option + 1 < arguments.length
                && Path.of(arguments[option + 1])
                        .toAbsolutePath()
                        .normalize()
                        .equals(dataDirectory.toAbsolutePath().normalize());
    }

    private static Optional<Long> pid(Path dataDirectory) {
        try {
            List<String> lines = Files.readAllLines(pidFile(dataDirectory));
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.valueOf(lines.get(0).trim()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Path pidFile(Path dataDirectory) {
        return dataDirectory.resolve("postmaster.pid");
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
