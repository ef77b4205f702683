package io.docrows.source.json;

import io.docrows.error.DocrowsException;
import io.docrows.source.json.JsonText.Before;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * The documents of a part of a file, one after another. They are read as JSON; from the first one on that is none, they
 * are read as what the shell prints, which takes longer. Not thread-safe.
 */
final class JsonDocuments implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(JsonDocuments.class);

    private final JsonFile file;
    private final JsonPartition part;
    private final JsonDamage damage;
    private final DocumentConverter converter;

    private JsonText text;

    /** Behind the document returned last. */
    private JsonPosition position;

    /** Where the document in hand begins. */
    private long start;

    /** How many tokens stand before the next document: the beginning of an array, and what stands for an element. */
    private int before;

    /** Whether something was met that is no JSON, so that what follows may be the shell's. */
    private boolean shell;

    private boolean ended;

    private JsonDocuments(JsonFile file, JsonPartition part, JsonPosition position) throws IOException {
        this.file = file;
        this.part = part;
        this.damage = new JsonDamage(file, part.shape().compressed());
        this.converter = new DocumentConverter(new IdFields(part.idFields()), part.fields());
        this.position = position;
        this.start = position.offset();
        this.text = text();
    }

    /**
     * Opens a part.
     *
     * @param after the position behind which to go on; null for the part's beginning
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if the file cannot be opened
     */
    static JsonDocuments open(JsonFile file, JsonPartition part, @Nullable JsonPosition after) {
        try {
            return new JsonDocuments(
                    file, part, after == null ? new JsonPosition(part.start(), 0, part.line()) : after);
        } catch (IOException failure) {
            throw file.bytes().unavailable(failure);
        }
    }

    /** The text behind the document returned last. */
    private JsonText text() throws IOException {
        boolean within = isWithinArray();
        long end = part.end() == JsonPartition.TO_THE_END ? Long.MAX_VALUE : part.end();
        before = !part.shape().array() ? 0 : within ? 2 : 1;
        return JsonText.open(
                file,
                part.shape(),
                position.offset(),
                end,
                within ? Before.ELEMENT : Before.NOTHING,
                position.line(),
                shell);
    }

    private boolean isWithinArray() {
        return part.shape().array() && position.offset() > part.start();
    }

    JsonPosition position() {
        return position;
    }

    /**
     * The next document.
     *
     * @return its bytes, or null at the end
     * @throws DocrowsException {@code SOURCE_CORRUPT} or {@code SOURCE_FAILED}
     */
    byte @Nullable [] next() {
        if (ended) {
            return null;
        }
        try {
            return read();
        } catch (StreamReadException malformed) {
            if (shell || malformed instanceof UnexpectedEndOfInputException) {
                throw refused(malformed);
            }
            return readAgain();
        } catch (JacksonException | UnreadableJsonException unreadable) {
            throw refused(unreadable);
        }
    }

    /** Goes back to the end of the last document, and reads on as the shell's form. */
    private byte @Nullable [] readAgain() {
        shell = true;
        close();
        try {
            text = text();
        } catch (IOException failure) {
            throw file.bytes().unavailable(failure);
        }
        try {
            byte[] document = read();
            log.info(
                    "{} is no strict JSON; it is read as what the shell prints",
                    file.bytes().label());
            return document;
        } catch (JacksonException | UnreadableJsonException unreadable) {
            throw refused(unreadable);
        }
    }

    private byte @Nullable [] read() {
        for (; before > 0; before--) {
            text.parser().nextToken();
        }
        JsonToken token = text.parser().nextToken();
        if (token == (part.shape().array() ? JsonToken.END_ARRAY : null)) {
            return end();
        }
        start = token == null ? text.position(0).offset() : text.tokenOffset();
        if (token != JsonToken.START_OBJECT) {
            throw new UnreadableJsonException("expected a document, which begins with {");
        }
        Long number = part.line() == 0 ? null : number();
        byte[] document = converter.convert(text.parser(), number);
        position = text.position(number == null ? 0 : number);
        return document;
    }

    private byte @Nullable [] end() {
        if (part.shape().array() && text.parser().nextToken() != null) {
            start = text.tokenOffset();
            throw new UnreadableJsonException("expected nothing more behind the array");
        }
        ended = true;
        return null;
    }

    private long number() {
        long number = part.shape().array() ? position.number() + 1 : text.tokenLine();
        if (number == position.number()) {
            throw new UnreadableJsonException(
                    "expected one document on a line, since the line's number is to be its _id");
        }
        return number;
    }

    private DocrowsException refused(RuntimeException reason) {
        if (reason instanceof JacksonIOException failure) {
            IOException cause = failure.getCause();
            return damage.reading(cause == null ? new IOException(failure) : cause, start);
        }
        if (reason instanceof UnexpectedEndOfInputException) {
            return damage.at(start, "expected a whole document, but the file ends");
        }
        if (reason instanceof StreamConstraintsException) {
            return damage.at(
                    start,
                    "expected a document with fewer than " + JsonParsers.DEEPEST
                            + " levels, names of at most 1 MiB, and texts and numbers that MongoDB can store");
        }
        if (reason instanceof StreamReadException malformed) {
            return damage.at(where(malformed), "expected valid JSON");
        }
        return damage.at(start, expectation(reason));
    }

    private static String expectation(RuntimeException unreadable) {
        String message = unreadable.getMessage();
        return message == null ? "expected a document" : message;
    }

    private long where(JacksonException malformed) {
        TokenStreamLocation location = malformed.getLocation();
        return location == null || location.getByteOffset() < 0 ? start : text.offset(location);
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException | JacksonException ignored) {
            // Nothing was written, so nothing can be lost by a failing close.
        }
    }
}
