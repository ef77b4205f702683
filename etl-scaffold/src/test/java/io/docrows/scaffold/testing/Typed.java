package io.docrows.scaffold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What came of commands that were typed into a shell. */
public record Typed(String commands, int exitCode, String out, String err) {

    /** Types commands. */
    public static Typed in(Path directory, String commands) throws IOException, InterruptedException {
        Path out = Files.createTempFile("typed", ".out");
        Path err = Files.createTempFile("typed", ".err");
        try {
            Process shell = new ProcessBuilder("bash", "-c", commands)
                    .directory(directory.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            int exitCode = shell.waitFor();
            return new Typed(commands, exitCode, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Expects exit code 0. */
    public Typed succeeds() {
        assertThat(exitCode).as(commands + "\n" + out + err).isZero();
        return this;
    }

    /** Expects texts on standard output. */
    public Typed says(String... texts) {
        assertThat(out).contains(texts);
        return this;
    }
}
