package io.docrows.gigs.samples;

import io.docrows.error.RejectCode;
import java.util.function.Consumer;
import org.bson.BsonBinaryWriter;
import org.jspecify.annotations.Nullable;

/**
 * A document of the dirty sample.
 *
 * @param id its {@code _id}, for people
 * @param about what is wrong with it, or right
 * @param code why it is rejected; null when it loads
 * @param bson the document, byte for byte
 */
record DirtyDocument(String id, String about, @Nullable RejectCode code, byte[] bson) {

    static DirtyDocument good(int id, String about, Consumer<BsonBinaryWriter> fields) {
        return of(id, about, null, fields);
    }

    static DirtyDocument bad(int id, RejectCode code, String about, Consumer<BsonBinaryWriter> fields) {
        return of(id, about, code, fields);
    }

    private static DirtyDocument of(
            int id, String about, @Nullable RejectCode code, Consumer<BsonBinaryWriter> fields) {
        byte[] bson = Bson.write(writer -> {
            writer.writeInt32("_id", id);
            fields.accept(writer);
        });
        return new DirtyDocument(Integer.toString(id), about, code, bson);
    }

    /** The same document, a text in it replaced by as many bytes. */
    DirtyDocument with(String text, int... bytes) {
        return new DirtyDocument(id, about, code, Bson.replace(bson, text, bytes));
    }

    /** The same document, one byte in it changed: so many bytes after the start of a text. */
    DirtyDocument patched(String text, int offset, int value) {
        return new DirtyDocument(id, about, code, Bson.patch(bson, text, offset, value));
    }
}
