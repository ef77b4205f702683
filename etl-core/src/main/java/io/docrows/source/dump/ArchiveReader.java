package io.docrows.source.dump;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/**
 * Reads one collection of an archive and passes over the others. After the prelude an archive is a row of blocks: a
 * header {@code {db, collection, EOF, CRC}}, documents of that collection, a terminator; the header with {@code EOF}
 * true comes last and carries the checksum of all of the collection's bytes (mongo-tools,
 * {@code common/archive/spec.md}).
 */
final class ArchiveReader extends DumpReader {

    private final DocumentInput in;
    private final String database;
    private final String collection;
    private final Crc64 crc;
    private boolean inBlock;
    private boolean wanted;
    private boolean done;

    /** Reads from the input: at its beginning, or behind a document of the collection. */
    ArchiveReader(DocumentInput in, String database, String collection, IdFilter filter, @Nullable DumpPosition after) {
        super(in, filter, after);
        this.in = in;
        this.database = database;
        this.collection = collection;
        this.crc = new Crc64(after == null ? 0 : after.checksum());
        if (after == null) {
            ArchivePrelude.skipWhole(in);
        } else {
            inBlock = true;
            wanted = true;
        }
    }

    @Override
    byte @Nullable [] next() {
        while (!done) {
            long length = in.nextLength();
            if (length == DocumentInput.END) {
                throw in.damage()
                        .at(
                                in.offset(),
                                "expected the end of the collection " + collection + ", but the file ends without it");
            }
            if (!inBlock) {
                header(length);
            } else if (length == ArchivePrelude.TERMINATOR) {
                in.skipWord();
                inBlock = false;
            } else if (wanted) {
                byte[] document = in.document(length);
                crc.update(document);
                return document;
            } else {
                in.skipDocument(length);
            }
        }
        return null;
    }

    private void header(long length) {
        long offset = in.offset();
        BsonDocument header = ArchivePrelude.decode(in, in.document(length), offset);
        String name = ArchivePrelude.text(header, "collection");
        if (name.isEmpty()) {
            throw ArchivePrelude.misread(in, offset);
        }
        wanted = name.equals(collection) && ArchivePrelude.text(header, "db").equals(database);
        inBlock = true;
        if (wanted && header.get("EOF") instanceof BsonBoolean last && last.getValue()) {
            if (header.get("CRC") instanceof BsonInt64 sum && sum.getValue() != crc.value()) {
                throw in.damage()
                        .at(
                                offset,
                                "expected the documents of the collection " + collection
                                        + " to have the checksum that the archive states, but they have another; "
                                        + "at least one of them is not what was dumped");
            }
            done = true;
        }
    }

    @Override
    long checksum() {
        return crc.value();
    }
}
