package io.docrows.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The file PostgreSQL and its tools write to, in English: the embedded ones know no other language. */
final class ServerLog {

    private static final int LINES_TO_SHOW = 5;
    private static final Pattern OF_SERVER = Pattern.compile(" (LOG|WARNING|FATAL|PANIC|DETAIL|HINT): ");

    private final Path file;

    ServerLog(Path file) {
        this.file = file;
    }

    ProcessBuilder.Redirect redirect() {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    /** Makes an empty log. */
    void clear() {
        try {
            OwnFile.create(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean saysServerGaveUp() {
        return text().contains("could not start server");
    }

    boolean saysPortIsTaken() {
        return text().contains("could not bind");
    }

    boolean saysPasswordIsWrong() {
        return text().contains("password authentication failed");
    }

    boolean saysVersionIsAnother() {
        return text().contains("database files are incompatible with server");
    }

    /** Returns the server's last lines, to be put behind an error message; empty when there are none. */
    String end() {
        List<String> lines = text().lines().toList();
        List<String> ofServer =
                lines.stream().filter(line -> OF_SERVER.matcher(line).find()).toList();
        List<String> toShow = ofServer.isEmpty() ? lines : ofServer;
        List<String> last = toShow.subList(Math.max(0, toShow.size() - LINES_TO_SHOW), toShow.size());
        return last.isEmpty() ? "" : ". The end of its log " + file + ":\n" + String.join("\n", last);
    }

    private String text() {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
