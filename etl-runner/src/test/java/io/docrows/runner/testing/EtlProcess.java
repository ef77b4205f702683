package io.docrows.runner.testing;

import io.docrows.runner.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own. */
public final class EtlProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader err;
    private final StringBuilder said = new StringBuilder();
    private final Path out;

    private EtlProcess(Process process, Path out) {
        this.process = process;
        this.err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        this.out = out;
    }

    public static EtlProcess start(Path directory, String... args) throws IOException {
        return start(directory, Map.of(), args);
    }

    public static EtlProcess start(Path directory, Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        List<String> arguments = new ArrayList<>(List.of(args));
        int target = arguments.indexOf("--target");
        String address = target < 0 ? "" : arguments.get(target + 1);
        boolean secret = address.matches(".*:.*:.*@.*");
        if (secret) {
            // Every user of the machine sees the arguments of processes, and only this one their environment.
            arguments.subList(target, target + 2).clear();
        }
        command.addAll(arguments);
        Path out = Files.createTempFile(directory, "out", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectOutput(out.toFile());
        if (secret) {
            builder.environment().put("DB_URL_PSQL", address);
        }
        builder.environment().putAll(environment);
        return new EtlProcess(builder.start(), out);
    }

    /** Waits until a line on standard error holds a text, and returns that line. */
    public String awaitLine(String text) throws IOException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            said.append(line).append('\n');
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("ended without saying \"" + text + "\": " + said);
    }

    public void signal(String name) throws IOException, InterruptedException {
        int sent = new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (sent != 0) {
            throw new AssertionError("no process to send SIG" + name + " to: " + said);
        }
    }

    /** What the command reads from its standard input; ends when it is closed. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    public Etl.Result result() throws IOException, InterruptedException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            said.append(line).append('\n');
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + said);
        }
        return new Etl.Result(process.exitValue(), Files.readString(out), said.toString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            err.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
