package io.docrows.gigs;

import io.docrows.gigs.samples.Bson;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import org.bson.BsonDocument;
import org.jooq.TableRecord;

/** Decodes documents and says what is expected to become of them. */
final class Decoding {

    private Decoding() {}

    /** A document in MongoDB's extended JSON, quotes as the shell allows them. */
    static BsonDocument json(String json) {
        return BsonDocument.parse(json);
    }

    static <R extends TableRecord<R>> MappedDocument<R> mapped(CollectionMapping<R> mapping, BsonDocument document) {
        return mapped(mapping, Bson.encode(document));
    }

    static <R extends TableRecord<R>> MappedDocument<R> mapped(CollectionMapping<R> mapping, byte[] bson) {
        Decoded<R> decoded = mapping.decode(bson);
        if (decoded instanceof MappedDocument<R> mapped) {
            return mapped;
        }
        throw new AssertionError("expected to be mapped: " + decoded);
    }

    static <R extends TableRecord<R>> RejectedDocument<R> rejected(
            CollectionMapping<R> mapping, BsonDocument document) {
        return rejected(mapping, Bson.encode(document));
    }

    static <R extends TableRecord<R>> RejectedDocument<R> rejected(CollectionMapping<R> mapping, byte[] bson) {
        Decoded<R> decoded = mapping.decode(bson);
        if (decoded instanceof RejectedDocument<R> rejected) {
            return rejected;
        }
        throw new AssertionError("expected to be rejected: " + decoded);
    }
}
