package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.zip.ZipException;

/**
 * Words the errors of one dump file.
 *
 * @param file what people call the file
 * @param compressed whether offsets count the uncompressed content
 * @param archive whether it is an archive, of which a part alone is no good
 */
record Damage(String file, boolean compressed, boolean archive) {

    /** The file is broken at a place; everything before it was handed out. */
    DocrowsException at(long offset, String expected) {
        String place = compressed ? offset + " of its uncompressed content" : String.valueOf(offset);
        String cut = compressed || archive
                ? ""
                : "; to load only what comes before, truncate a copy of the file at that byte";
        return new DocrowsException(
                ErrorCode.SOURCE_CORRUPT,
                "The dump file " + file + " is damaged at byte " + place + ": " + expected
                        + ". Everything before was read. Dump the collection again" + cut + ".");
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
                    ErrorCode.SOURCE_FAILED, "Reading the dump file " + file + " was interrupted.", failure);
        }
        return new DocrowsException(
                ErrorCode.SOURCE_FAILED,
                "The dump file " + file + " could not be read at byte " + offset + " (" + SourceFile.reason(failure)
                        + "). Check the disk, then run again.",
                failure);
    }
}
