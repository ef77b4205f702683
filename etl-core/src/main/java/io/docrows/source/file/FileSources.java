package io.docrows.source.file;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.internal.NamedPipe;
import io.docrows.source.internal.SourceFile;
import io.docrows.source.json.JsonOptions;
import io.docrows.source.json.JsonSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens what is a dump or JSON, whichever it is. A file's name decides where it is one that the format has, and its
 * first bytes where it is not, as those of a stream do. A directory that holds {@code .bson} files, or directories with
 * such files, is a dump; any other with {@code .json}, {@code .jsonl} or {@code .ndjson} files is JSON. Stateless and
 * thread-safe.
 */
public final class FileSources {

    /** How long the other end of a pipe may take to come; a program that is started along with this one is quick. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private FileSources() {}

    /**
     * Opens a file, a directory or a pipe.
     *
     * @param path where it is
     * @param database the database to read of a dump that holds several; empty for the only one
     * @param options how to read JSON
     * @return the source, to be closed by the caller
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if there is none, {@code INVALID_OPTION} if an option is not
     *     for what is there, {@code SOURCE_CORRUPT} if an archive's beginning is damaged
     */
    public static DocumentSource open(Path path, Optional<String> database, JsonOptions options) {
        try {
            if (NamedPipe.isNoFile(path)) {
                return pipe(path, database, options);
            }
            if (!holdsJson(path)) {
                requireNoJson(path.toString(), options);
                return database.map(name -> DumpSource.open(path, name)).orElseGet(() -> DumpSource.open(path));
            }
            requireNoDatabase(path.toString(), database);
            return JsonSource.open(path, options);
        } catch (IOException failure) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "The source " + path + " cannot be read (" + SourceFile.reason(failure)
                            + "). Check the path and its permissions.",
                    failure);
        }
    }

    /**
     * Tells whether there is JSON at a path, as its name or its first bytes say.
     *
     * @param path where it is
     * @return true for JSON, false for anything else; empty if only reading tells, as of a pipe, or nothing can be read
     */
    public static Optional<Boolean> isJson(Path path) {
        try {
            return NamedPipe.isNoFile(path) ? Optional.empty() : Optional.of(holdsJson(path));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean holdsJson(Path path) throws IOException {
        return Files.isDirectory(path) ? FileKind.ofDirectory(path) : FileKind.ofFile(path);
    }

    /**
     * Reads what another program writes to this one. All of it is read before this returns, into a temporary file that
     * is deleted when the source is closed.
     *
     * @param in the stream; read to its end, not closed
     * @param label what messages call it, such as {@code -}
     * @param database the database to read of an archive that holds several; empty for the only one
     * @param options how to read JSON
     * @return the source, to be closed by the caller
     * @throws DocrowsException {@code SOURCE_FAILED} if the stream breaks off, {@code SOURCE_UNAVAILABLE} if it is
     *     neither a dump nor JSON, and otherwise as for a file
     */
    public static DocumentSource read(InputStream in, String label, Optional<String> database, JsonOptions options) {
        BufferedInputStream buffered = new BufferedInputStream(in, FileKind.HEAD);
        boolean json;
        try {
            buffered.mark(FileKind.HEAD);
            json = FileKind.isJson(buffered.readNBytes(FileKind.HEAD));
            buffered.reset();
        } catch (IOException failure) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "The pipe " + label + " could not be read (" + SourceFile.reason(failure) + ").",
                    failure);
        }
        if (json) {
            requireNoDatabase(label, database);
            return JsonSource.read(buffered, label, options);
        }
        requireNoJson(label, options);
        return DumpSource.read(buffered, label, database.orElse(null));
    }

    private static DocumentSource pipe(Path path, Optional<String> database, JsonOptions options) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (FileKind.isBsonName(name)) {
            requireNoJson(path.toString(), options);
            return DumpSource.open(path);
        }
        if (FileKind.isJsonName(name)) {
            requireNoDatabase(path.toString(), database);
            return JsonSource.open(path, options);
        }
        try (InputStream in = NamedPipe.open(path, PATIENCE)) {
            return read(in, path.toString(), database, options);
        }
    }

    private static void requireNoDatabase(String label, Optional<String> database) {
        if (database.isPresent()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The source " + label + " is JSON, which names no database. Leave out --database.");
        }
    }

    private static void requireNoJson(String label, JsonOptions options) {
        if (!options.equals(JsonOptions.defaults())) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The source " + label + " is no JSON. Leave out --source-collection, --id-fields and"
                            + " --number-documents, which are for JSON.");
        }
    }
}
