package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;

/**
 * A parser on a part of a file, and where it stands in that file. Not thread-safe.
 *
 * <p>In the middle of an array the parser is shown the beginning of one that has the place as its continuation.
 */
final class JsonText implements Closeable {

    /** What is shown to the parser before the part. */
    enum Before {
        NOTHING(""),
        ARRAY("["),
        ELEMENT("[0");

        private final byte[] text;

        Before(String text) {
            this.text = text.getBytes(US_ASCII);
        }

        private InputStream and(InputStream in) {
            return text.length == 0 ? in : new SequenceInputStream(new ByteArrayInputStream(text), in);
        }
    }

    private final InputStream in;
    private final JsonParser parser;
    private final @Nullable ShellInput shell;
    private final long base;
    private final long firstLine;

    private JsonText(InputStream in, JsonParser parser, @Nullable ShellInput shell, long base, long firstLine) {
        this.in = in;
        this.parser = parser;
        this.shell = shell;
        this.base = base;
        this.firstLine = firstLine;
    }

    /**
     * Opens a part.
     *
     * @param from where it begins
     * @param end where it ends
     * @param line the line in which it begins; 0 if nobody asks for lines
     * @param shell whether it may be what the shell prints
     * @throws IOException if the file cannot be read
     */
    static JsonText open(JsonFile file, JsonShape shape, long from, long end, Before before, long line, boolean shell)
            throws IOException {
        InputStream in = file.open(from, end, shape.compressed());
        try {
            InputStream whole = before.and(in);
            ShellInput rewritten = shell ? new ShellInput(whole) : null;
            JsonParser parser = rewritten == null ? JsonParsers.strict(whole) : JsonParsers.shell(rewritten);
            return new JsonText(in, parser, rewritten, from - before.text.length, line);
        } catch (RuntimeException failure) {
            in.close();
            throw failure;
        }
    }

    JsonParser parser() {
        return parser;
    }

    /** Where the token in hand begins. */
    long tokenOffset() {
        return offset(parser.currentTokenLocation());
    }

    long tokenLine() {
        return firstLine + parser.currentTokenLocation().getLineNr() - 1;
    }

    /** Where the parser stands. */
    JsonPosition position(long number) {
        TokenStreamLocation here = parser.currentLocation();
        long line = firstLine == 0 ? 0 : firstLine + here.getLineNr() - 1;
        return new JsonPosition(offset(here), number, line);
    }

    long offset(TokenStreamLocation location) {
        long offset = location.getByteOffset();
        return base + (shell == null ? offset : shell.sourceOf(offset));
    }

    @Override
    public void close() throws IOException {
        parser.close();
        in.close();
    }
}
