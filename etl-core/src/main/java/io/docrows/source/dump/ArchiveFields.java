package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonPath;
import io.docrows.internal.bson.MalformedBsonException;
import java.util.OptionalLong;
import org.bson.BsonType;

/** The fields of a document that describes a part of an archive. What is nested in it is never looked at. */
final class ArchiveFields {

    /** In bytes of UTF-8; MongoDB itself allows 255 for database and collection together. */
    private static final int LONGEST_NAME = 1024;

    private static final BsonPath DATABASE = BsonPath.of("db");
    private static final BsonPath COLLECTION = BsonPath.of("collection");
    private static final BsonPath TYPE = BsonPath.of("type");
    private static final BsonPath METADATA = BsonPath.of("metadata");
    private static final BsonPath EOF = BsonPath.of("EOF");
    private static final BsonPath CRC = BsonPath.of("CRC");

    private final DocumentInput in;
    private final long offset;
    private final byte[] document;
    private final BsonCursor cursor = new BsonCursor();

    /** Reads the document at which the input stands. */
    ArchiveFields(DocumentInput in, long length) {
        this.in = in;
        this.offset = in.offset();
        this.document = in.document(length);
    }

    /** Where the document begins. */
    long offset() {
        return offset;
    }

    String database() {
        return text(DATABASE, LONGEST_NAME);
    }

    String collection() {
        return text(COLLECTION, LONGEST_NAME);
    }

    String type() {
        return text(TYPE, LONGEST_NAME);
    }

    CollectionMetadata metadata() {
        try {
            boolean readable = find(METADATA, BsonType.STRING) && cursor.valueLength() <= CollectionMetadata.LONGEST;
            return readable ? CollectionMetadata.of(cursor.string()) : CollectionMetadata.UNKNOWN;
        } catch (MalformedBsonException odd) {
            return CollectionMetadata.UNKNOWN;
        }
    }

    boolean last() {
        try {
            return find(EOF, BsonType.BOOLEAN) && cursor.bool();
        } catch (MalformedBsonException malformed) {
            throw misread();
        }
    }

    OptionalLong checksum() {
        try {
            return find(CRC, BsonType.INT64) ? OptionalLong.of(cursor.int64()) : OptionalLong.empty();
        } catch (MalformedBsonException malformed) {
            throw misread();
        }
    }

    DocrowsException misread() {
        return in.damage().at(offset, "expected a description of the archive's contents, but found something else");
    }

    private String text(BsonPath name, int longest) {
        try {
            if (!find(name, BsonType.STRING)) {
                return "";
            }
            if (cursor.valueLength() > longest) {
                throw in.damage()
                        .at(offset, "expected the name of a database or collection, but found one that none can have");
            }
            return cursor.string();
        } catch (MalformedBsonException malformed) {
            throw misread();
        }
    }

    private boolean find(BsonPath name, BsonType type) {
        cursor.reset(document);
        return name.find(cursor) && cursor.type() == type;
    }
}
