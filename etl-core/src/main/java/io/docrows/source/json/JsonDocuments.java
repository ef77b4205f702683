package io.docrows.source.json;

import io.docrows.error.DocrowsException;
import io.docrows.source.json.JsonText.Before;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** The documents of a part of a file, one after another. Not thread-safe. */
final class JsonDocuments implements Closeable {

    private final JsonFile file;
    private final JsonPartition part;
    private final JsonDamage damage;
    private final DocumentConverter converter = new DocumentConverter();

    private JsonText text;

    /** Behind the document returned last. */
    private JsonPosition position;

    /** Where the document in hand begins. */
    private long start;

    private boolean ended;

    private JsonDocuments(JsonFile file, JsonPartition part, JsonPosition position) throws IOException {
        this.file = file;
        this.part = part;
        this.damage = new JsonDamage(file, part.shape().compressed());
        this.position = position;
        this.start = position.offset();
        boolean within = part.shape().array() && position.offset() > part.start();
        this.text = open(position.offset(), within ? Before.ELEMENT : Before.NOTHING, position.line());
        if (part.shape().array()) {
            enterArray(within);
        }
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

    private JsonText open(long from, Before before, long line) throws IOException {
        long end = part.end() == JsonPartition.TO_THE_END ? Long.MAX_VALUE : part.end();
        return JsonText.open(file, part.shape(), from, end, before, line);
    }

    private void enterArray(boolean within) {
        guarded(() -> {
            text.parser().nextToken();
            if (within) {
                text.parser().nextToken();
            }
            return null;
        });
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
        return ended ? null : guarded(this::read);
    }

    private byte @Nullable [] read() {
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

    private interface Reading {
        byte @Nullable [] read();
    }

    private byte @Nullable [] guarded(Reading reading) {
        try {
            return reading.read();
        } catch (UnreadableJsonException unreadable) {
            throw damage.at(start, expectation(unreadable));
        } catch (JacksonIOException failure) {
            throw damage.reading(failure.getCause(), start);
        } catch (UnexpectedEndOfInputException cut) {
            throw damage.at(start, "expected a whole document, but the file ends");
        } catch (StreamConstraintsException beyond) {
            throw damage.at(
                    start,
                    "expected a document with fewer than " + JsonParsers.DEEPEST
                            + " levels, and texts, names and numbers that MongoDB can store");
        } catch (JacksonException malformed) {
            throw damage.at(where(malformed), "expected valid JSON");
        }
    }

    private static String expectation(UnreadableJsonException unreadable) {
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
