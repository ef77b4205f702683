package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonPath;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.internal.bson.Mark;
import io.docrows.internal.decode.KeyDecoder;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.Sources;
import io.docrows.internal.value.ValueReader;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a document nothing but its key, so that a document which is rejected can still be told from one that is
 * gone. Not thread-safe; each thread has its own.
 */
final class FieldKeyDecoder implements KeyDecoder {

    private final List<Part> parts;
    private final PolicyCounter counter;
    private final BsonCursor cursor = new BsonCursor();
    private boolean readable;

    FieldKeyDecoder(List<FieldBinding> bindings, int policies) {
        this.counter = new PolicyCounter(policies);
        this.parts = bindings.stream().map(Part::new).toList();
    }

    /** The names that lead to the one field of a binding. */
    static BsonPath path(FieldBinding binding) {
        return BsonPath.of(binding.sources().get(0).path().names());
    }

    /**
     * The key of a document.
     *
     * @param bson one document, as raw BSON
     * @return the values of the key's columns, or null if the document has none that the columns can hold: such a
     *     document has no row
     */
    @Override
    public @Nullable Object @Nullable [] decode(byte[] bson) {
        readable = true;
        try {
            @Nullable Object[] key = new Object[parts.size()];
            for (int i = 0; i < key.length; i++) {
                cursor.reset(bson);
                key[i] = parts.get(i).decode(bson);
                if (key[i] == null) {
                    return null;
                }
            }
            return key;
        } catch (MalformedBsonException e) {
            readable = false;
            return null;
        } catch (RuntimeException e) {
            // The conversion refuses the value, as it does when the whole document is decoded.
            return null;
        }
    }

    /**
     * Whether the last document could be read as far as its key. If not, any row may be its.
     *
     * @return false for bytes that are not BSON
     */
    @Override
    public boolean readable() {
        return readable;
    }

    /** One column of the key. */
    private final class Part {

        private final FieldBinding binding;
        private final ValueReader<?> reader;
        private final FieldNode fields;
        private final Mark[] marks;
        private final BsonPath path;

        private Part(FieldBinding binding) {
            this.binding = binding;
            this.fields = FieldNode.tree("", List.of(binding), List.of(), List.of(), List.of(), List.of(), List.of());
            this.marks = Stream.generate(Mark::new).limit(binding.marks()).toArray(Mark[]::new);
            this.reader = binding.reader().perThread(new Sources(fields, marks));
            this.path = binding.composed() ? BsonPath.of(List.of()) : path(binding);
        }

        private @Nullable Object decode(byte[] bson) {
            if (binding.composed()) {
                return composed(bson);
            }
            if (path.isEmpty()) {
                cursor.standAtDocument();
                return read();
            }
            return path.find(cursor) ? value() : null;
        }

        private @Nullable Object value() {
            if ((cursor.type() == BsonType.UNDEFINED || cursor.type() == BsonType.NULL) && !binding.readsNull()) {
                return null;
            }
            return read();
        }

        private @Nullable Object read() {
            Object value = reader.read(cursor, counter);
            return value == null || binding.type().check(value) != null ? null : value;
        }

        private @Nullable Object composed(byte[] bson) {
            for (Mark mark : marks) {
                mark.clear();
            }
            if (fields.marks().length > 0) {
                cursor.standAtDocument();
                mark(fields);
                cursor.reset(bson);
            }
            walk(fields);
            return read();
        }

        /** Marks the fields that the key is made of, each where it occurs first. */
        private void walk(FieldNode parent) {
            while (cursor.next()) {
                for (FieldNode node : parent.children()) {
                    if (cursor.nameIs(node.name())) {
                        mark(node);
                        if (node.children().length > 0 && cursor.type() == BsonType.DOCUMENT) {
                            cursor.enter();
                            walk(node);
                            cursor.leave();
                        }
                    }
                }
            }
        }

        private void mark(FieldNode node) {
            for (int mark : node.marks()) {
                if (!marks[mark].isSet()) {
                    cursor.mark(marks[mark]);
                }
            }
        }
    }
}
