package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import java.util.HexFormat;
import java.util.Set;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code _id} that a DBRef leads to (a document that begins with {@code $ref} and {@code $id}), or a
 * DBPointer, its deprecated form. Anything else is read as it is.
 *
 * @param id reads an {@code _id}
 * @param collections the collections that it may lead to
 * @param orDbRef the number of the policy
 */
public record DbRefReader(ValueReader<String> id, Set<String> collections, int orDbRef) implements ValueReader<String> {

    private static final FieldName REF = FieldName.of("$ref");
    private static final FieldName ID = FieldName.of("$id");

    /** Copies the set. */
    public DbRefReader {
        collections = Set.copyOf(collections);
    }

    @Override
    public @Nullable String read(BsonCursor cursor, PolicyCounter counter) {
        if (cursor.type() == BsonType.DB_POINTER) {
            String namespace = cursor.string();
            require(namespace.substring(namespace.indexOf('.') + 1));
            counter.add(orDbRef);
            return HexFormat.of().formatHex(cursor.bytes());
        }
        if (cursor.type() != BsonType.DOCUMENT) {
            return id.read(cursor, counter);
        }
        int depth = cursor.depth();
        cursor.enter();
        try {
            if (cursor.next() && cursor.nameIs(REF) && cursor.type() == BsonType.STRING) {
                require(cursor.string());
                if (!cursor.next() || !cursor.nameIs(ID)) {
                    throw invalid("a DBRef with an $id");
                }
                String referred = id.read(cursor, counter);
                counter.add(orDbRef);
                return referred;
            }
        } finally {
            while (cursor.depth() > depth) {
                cursor.leave();
            }
        }
        return id.read(cursor, counter);
    }

    private void require(String collection) {
        if (!collections.contains(collection)) {
            throw invalid("a reference to "
                    + String.join(" or ", collections.stream().sorted().toList()));
        }
    }

    private static RejectedValueException invalid(String expected) {
        return new RejectedValueException(
                RejectCode.INVALID_VALUE, "expected " + expected + ", found a DBRef that is not");
    }
}
