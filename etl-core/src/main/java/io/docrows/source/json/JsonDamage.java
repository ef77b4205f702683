package io.docrows.source.json;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.util.zip.ZipException;

/**
 * Words the errors of one JSON file.
 *
 * @param file the file
 * @param compressed whether offsets count the uncompressed content
 */
record JsonDamage(JsonFile file, boolean compressed) {

    /**
     * The file is broken at a place; everything before it was handed out.
     *
     * @param offset in the uncompressed content
     * @param expected what should stand there
     */
    DocrowsException at(long offset, String expected) {
        return corrupt("is damaged at " + line(offset) + "byte " + place(offset) + ": " + expected
                + ". Everything before was read. Correct the file there, or export the collection again.");
    }

    /** The text is in an encoding that JSON is not kept in. */
    DocrowsException encoding() {
        return corrupt("is not encoded as UTF-8. Convert it, for instance with iconv -f UTF-16 -t UTF-8.");
    }

    /** Reading failed; a broken compressed stream is damage of the document that was being read. */
    DocrowsException reading(IOException failure, long offset) {
        if (failure instanceof EOFException) {
            return at(offset, "expected more compressed data, but the file ends early");
        }
        if (failure instanceof ZipException) {
            return at(offset, "expected valid gzip data, but " + failure.getMessage());
        }
        if (failure instanceof ClosedChannelException) {
            return new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "Reading the " + JsonFile.NOUN + " " + label() + " was interrupted.",
                    failure);
        }
        return new DocrowsException(
                ErrorCode.SOURCE_FAILED,
                "The " + JsonFile.NOUN + " " + label() + " could not be read at byte " + offset + " ("
                        + SourceFile.reason(failure) + "). Check the disk, then run again.",
                failure);
    }

    private DocrowsException corrupt(String what) {
        return new DocrowsException(ErrorCode.SOURCE_CORRUPT, "The " + JsonFile.NOUN + " " + label() + " " + what);
    }

    private String label() {
        return file.bytes().label();
    }

    private String place(long offset) {
        return compressed ? offset + " of its uncompressed content" : String.valueOf(offset);
    }

    /** Lines are not counted while reading: the file is read once more up to the damage. */
    private String line(long offset) {
        try (InputStream in = file.open(0, Long.MAX_VALUE, compressed)) {
            return "line " + LineCount.at(in, offset) + ", ";
        } catch (IOException | DocrowsException unreadable) {
            return "";
        }
    }
}
