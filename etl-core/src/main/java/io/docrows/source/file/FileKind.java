package io.docrows.source.file;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells JSON from what mongodump wrote. */
final class FileKind {

    private static final Logger log = LoggerFactory.getLogger(FileKind.class);

    /** So many bytes decide: blanks may stand before the first document. */
    static final int HEAD = 8 << 10;

    private static final List<String> BSON_SUFFIXES = List.of(".bson", ".bson.gz");
    private static final List<String> JSON_SUFFIXES =
            List.of(".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz");
    private static final List<String> OF_DUMPS =
            List.of(".metadata.json", ".metadata.json.gz", "prelude.json", "prelude.json.gz");

    private FileKind() {}

    static boolean isBsonName(String name) {
        return BSON_SUFFIXES.stream().anyMatch(name::endsWith);
    }

    static boolean isJsonName(String name) {
        return JSON_SUFFIXES.stream().anyMatch(name::endsWith) && !name.startsWith(".");
    }

    /** Whether a file is JSON; one that is not there is none. */
    static boolean ofFile(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (isJsonName(name)) {
            return true;
        }
        if (!Files.exists(file) || isBsonName(name)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return isJson(in.readNBytes(HEAD));
        }
    }

    /** Whether a directory holds JSON and no dump. */
    static boolean ofDirectory(Path directory) throws IOException {
        boolean json = false;
        boolean bson = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            List<Path> directories = new ArrayList<>();
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (Files.isDirectory(entry)) {
                    directories.add(entry);
                } else {
                    bson |= isBsonName(name);
                    json |= isJsonName(name) && OF_DUMPS.stream().noneMatch(name::endsWith);
                }
            }
            if (json && !bson) {
                for (Path inner : directories) {
                    bson |= holdsBson(inner);
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        if (json && bson) {
            log.warn("reading the dump in {}, not the JSON files there; json:{} reads those", directory, directory);
        }
        return json && !bson;
    }

    private static boolean holdsBson(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{bson,bson.gz}")) {
            return files.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException unreadable) {
            log.debug("{} cannot be looked into", directory, unreadable);
            return false;
        }
    }

    /**
     * Whether bytes are the beginning of JSON. BSON begins with a length, of which one byte at least is zero where a
     * document is smaller than 16 MiB, and the others are no text where it is larger.
     */
    static boolean isJson(byte[] head) {
        byte[] plain = inflated(head);
        int at = plain.length >= 3 && plain[0] == (byte) 0xEF && plain[1] == (byte) 0xBB && plain[2] == (byte) 0xBF
                ? 3
                : 0;
        for (int i = 0; i < Math.min(4, plain.length); i++) {
            if (plain[i] >= 0 && plain[i] < '\t') {
                return false;
            }
        }
        while (at < plain.length && Character.isWhitespace(plain[at])) {
            at++;
        }
        // What some clients print between documents is a comment.
        return at < plain.length
                && (plain[at] == '{'
                        || plain[at] == '['
                        || plain[at] == '/' && at + 1 < plain.length && plain[at + 1] == '*');
    }

    private static byte[] inflated(byte[] head) {
        if (head.length < 3 || head[0] != (byte) 0x1f || head[1] != (byte) 0x8b || head[2] != 8) {
            return head;
        }
        byte[] plain = new byte[HEAD];
        int size = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(head))) {
            int count = 0;
            while (count >= 0 && size < HEAD) {
                size += count;
                count = in.read(plain, size, HEAD - size);
            }
        } catch (EOFException | ZipException cut) {
            log.trace("only the beginning is looked at", cut);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Arrays.copyOf(plain, size);
    }
}
