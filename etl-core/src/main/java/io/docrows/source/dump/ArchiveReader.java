package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.source.internal.CollectionKind;
import io.docrows.source.internal.IdFilter;
import io.docrows.text.ForeignText;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads one collection of an archive and passes over the others. After the prelude an archive is a row of blocks: a
 * header {@code {db, collection, EOF, CRC}}, documents of that collection, a terminator; the header with {@code EOF}
 * true comes last and carries the checksum of all of the collection's bytes (mongo-tools,
 * {@code common/archive/spec.md}).
 *
 * <p>As mongorestore does, it takes an archive for damaged unless it ends with the last block, every collection that
 * the prelude announces has had its end, and no other collection has a block. One reader of a source goes to the end of
 * the file to see that; those that come after it stop at the end of their collections.
 */
final class ArchiveReader extends DumpReader {

    private static final String BUCKETS = "system.buckets.";

    private final DocumentInput in;
    private final Namespace wanted;
    private final Crc64 crc;
    private final Map<Namespace, State> states = new HashMap<>();
    private final AtomicBoolean whole;
    /** The namespace of the block in hand; null between blocks. */
    private @Nullable Namespace block;

    private boolean blockIsLast;
    private boolean ended;

    private record Namespace(String database, String collection) {

        @Override
        public String toString() {
            return ForeignText.name(database + "." + collection);
        }
    }

    private enum State {
        /** Has to end before the archive does. */
        EXPECTED,
        /** May have blocks or not. */
        ALLOWED,
        ENDED
    }

    /**
     * Reads from the beginning, or from behind a document of the collection.
     *
     * @param in stands at the archive's beginning
     * @param whole whether a reader has found the archive to be whole
     */
    ArchiveReader(
            DocumentInput in,
            DumpFile file,
            String database,
            String collection,
            IdFilter filter,
            @Nullable DumpPosition after,
            AtomicBoolean whole) {
        super(in, filter, after);
        this.in = in;
        this.wanted = new Namespace(database, collection);
        this.whole = whole;
        this.crc = new Crc64(after == null ? 0 : after.checksum());
        for (ArchivePrelude.Announced one : ArchivePrelude.read(in)) {
            State state = one.offered() ? State.EXPECTED : State.ALLOWED;
            states.put(new Namespace(one.database(), one.collection()), state);
            if (one.kind() == CollectionKind.TIME_SERIES) {
                states.put(new Namespace(one.database(), BUCKETS + one.collection()), State.ALLOWED);
            }
        }
        if (after != null) {
            while (!ended && in.offset() < after.offset()) {
                step(false);
            }
            if (ended || in.offset() != after.offset() || !wanted.equals(block)) {
                throw file.bytes().changed();
            }
        }
    }

    @Override
    byte @Nullable [] next() {
        byte[] document = null;
        while (document == null && !ended) {
            document = step(true);
        }
        return document;
    }

    /** Consumes a document, or what is between documents; returns a document that is wanted. */
    private byte @Nullable [] step(boolean wantsDocuments) {
        long length = in.nextLength();
        if (length == DocumentInput.END) {
            end();
        } else if (block == null) {
            header(length);
        } else if (length == ArchivePrelude.TERMINATOR) {
            in.skipWord();
            block = null;
            ended = states.get(wanted) == State.ENDED && whole.get();
        } else if (blockIsLast) {
            throw damage("expected no more of the collection " + block + ", which has ended");
        } else if (wantsDocuments && block.equals(wanted)) {
            byte[] document = in.document(length);
            crc.update(document);
            return document;
        } else {
            in.skipDocument(length);
        }
        return null;
    }

    private void header(long length) {
        if (length == DumpFormat.ARCHIVE_MAGIC) {
            throw damage("expected the end of the archive, but another archive begins");
        }
        ArchiveFields fields = new ArchiveFields(in, length);
        Namespace namespace = new Namespace(fields.database(), fields.collection());
        if (namespace.collection().isEmpty()) {
            throw fields.misread();
        }
        State state = states.get(namespace);
        if (state == null) {
            throw in.damage()
                    .at(
                            fields.offset(),
                            "expected a collection that the archive's beginning names, but found " + namespace);
        }
        if (state == State.ENDED) {
            throw in.damage()
                    .at(fields.offset(), "expected no more of the collection " + namespace + ", which has ended");
        }
        block = namespace;
        blockIsLast = fields.last();
        if (blockIsLast) {
            states.put(namespace, State.ENDED);
            if (namespace.equals(wanted)) {
                check(fields);
            }
        }
    }

    private void check(ArchiveFields header) {
        if (header.checksum().orElse(crc.value()) != crc.value()) {
            throw in.damage()
                    .at(
                            header.offset(),
                            "expected the documents of the collection " + wanted
                                    + " to have the checksum that the archive states, but they have another; "
                                    + "at least one of them is not what was dumped");
        }
    }

    /** The file ends. */
    private void end() {
        if (states.get(wanted) != State.ENDED) {
            throw damage("expected the end of the collection " + wanted + ", but the file ends without it");
        }
        if (block != null) {
            throw damage("expected the end of the collection " + block + ", but the file ends within it");
        }
        states.forEach((namespace, state) -> {
            if (state == State.EXPECTED) {
                throw damage("expected the end of the collection " + namespace + ", but the file ends without it");
            }
        });
        ended = true;
        whole.set(true);
    }

    private DocrowsException damage(String expected) {
        return in.damage().at(in.offset(), expected);
    }

    @Override
    long checksum() {
        return crc.value();
    }
}
