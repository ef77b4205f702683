package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.source.internal.BsonBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.json.JsonParseException;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an archive: magic number, header, a metadata document per collection, terminator (mongo-tools,
 * {@code common/archive/spec.md}). It says which collections follow, and where their documents begin.
 */
final class ArchivePrelude {

    /** Ends the prelude and every block of documents. */
    static final int TERMINATOR = 0xffffffff;

    private ArchivePrelude() {}

    static DumpContents open(Path path, DumpFormat format, @Nullable String database) throws IOException {
        DumpFile archive = new DumpFile(path, format, null);
        SortedMap<String, SortedMap<String, DumpFile>> databases = new TreeMap<>();
        try (DocumentInput in = archive.open(0)) {
            skip(in);
            long length = in.nextLength();
            while (length != TERMINATOR) {
                long offset = in.offset();
                if (length == DocumentInput.END) {
                    throw in.damage().at(offset, "expected a collection's description, but the file ends");
                }
                BsonDocument metadata = decode(in, in.document(length), offset);
                String owner = text(metadata, "db");
                String collection = text(metadata, "collection");
                if (!owner.isEmpty() && !DumpContents.isSystem(collection) && holdsDocuments(metadata)) {
                    databases
                            .computeIfAbsent(owner, name -> new TreeMap<>())
                            .put(collection, new DumpFile(path, format, owner));
                }
                length = in.nextLength();
            }
        }
        if (databases.isEmpty()) {
            throw DumpContents.unavailable("The archive " + path + " holds no collection.");
        }
        String chosen = DumpContents.choose(
                databases.keySet(), database, path, "Name the one to read, or write an archive of it alone with --db.");
        SortedMap<String, DumpFile> files = databases.get(chosen);
        return new DumpContents(path, files == null ? new TreeMap<>() : files);
    }

    /** Stands the input behind magic number and header. */
    private static void skip(DocumentInput in) {
        if (in.nextLength() != DumpFormat.ARCHIVE_MAGIC) {
            throw in.damage().at(0, "expected the magic number of an archive");
        }
        in.skipWord();
        long length = in.nextLength();
        if (length == DocumentInput.END) {
            throw in.damage().at(in.offset(), "expected the archive's header, but the file ends");
        }
        in.skipDocument(length);
    }

    /** Stands the input at the first block. */
    static void skipWhole(DocumentInput in) {
        skip(in);
        long length = in.nextLength();
        while (length != TERMINATOR) {
            if (length == DocumentInput.END) {
                throw in.damage().at(in.offset(), "expected a collection's description, but the file ends");
            }
            in.skipDocument(length);
            length = in.nextLength();
        }
        in.skipWord();
    }

    static BsonDocument decode(DocumentInput in, byte[] bytes, long offset) {
        try {
            return BsonBytes.decode(bytes);
        } catch (BSONException malformed) {
            throw misread(in, offset);
        }
    }

    static DocrowsException misread(DocumentInput in, long offset) {
        return in.damage().at(offset, "expected a description of the archive's contents, but found something else");
    }

    static String text(BsonDocument document, String field) {
        return document.get(field) instanceof BsonString text ? text.getValue() : "";
    }

    /** Views have no documents of their own, and time series keep theirs in a system collection. */
    private static boolean holdsDocuments(BsonDocument metadata) {
        String type = text(metadata, "type");
        if (type.equals("view") || type.equals("timeseries")) {
            return false;
        }
        try {
            BsonDocument details = BsonDocument.parse(text(metadata, "metadata"));
            return !(details.get("options") instanceof BsonDocument options)
                    || !(options.containsKey("viewOn") || options.containsKey("timeseries"));
        } catch (JsonParseException | BsonInvalidOperationException unknown) {
            return true;
        }
    }
}
