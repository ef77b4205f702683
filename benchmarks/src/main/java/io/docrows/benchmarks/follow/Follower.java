package io.docrows.benchmarks.follow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs or follows, with a heap of 256 MB. */
final class Follower implements AutoCloseable {

    private static final int HEAP_MB = 256;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    /**
     * Begins.
     *
     * @param what {@code run}, {@code catch up} or {@code follow}
     */
    Follower(String jdbcUrl, String source, String what) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MB + "m",
                        "-Dfile.encoding=UTF-8",
                        "-Dorg.jooq.no-logo=true",
                        "-Dorg.jooq.no-tips=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FollowerMain.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = process.outputWriter(StandardCharsets.UTF_8);
        // Not as arguments: every user of the machine sees those, and a password is among them.
        in.write(jdbcUrl + "\n" + source + "\n" + what + "\n");
        in.flush();
    }

    /**
     * So many documents were changed in so many seconds.
     *
     * @param documents how many
     * @param seconds how long it took, without the start of the process and the check of the tables
     */
    record Done(long documents, double seconds) {

        double rate() {
            return seconds == 0 ? 0 : documents / seconds;
        }
    }

    void awaitFollowing() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(FollowerMain.FOLLOWING)) {
                return;
            }
        }
        throw new IOException("the process that follows has ended; why stands above");
    }

    /** Waits for the end. */
    Done await() throws IOException, InterruptedException {
        String last = "";
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            last = line;
        }
        if (process.waitFor() != 0) {
            throw new IOException("the process that follows has failed; why stands above");
        }
        String[] parts = last.split(" ");
        return new Done(Long.parseLong(parts[0]), Double.parseDouble(parts[1]));
    }

    /** Asks a process that follows to stop, and waits for it. */
    @Override
    public void close() throws IOException {
        in.close();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
