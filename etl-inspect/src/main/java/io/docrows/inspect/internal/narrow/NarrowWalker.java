package io.docrows.inspect.internal.narrow;

import io.docrows.inspect.internal.measure.DocumentMark;
import io.docrows.inspect.internal.read.DocumentSink;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.MalformedBsonException;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** Looks at the wanted paths of documents, and passes over the rest. Not thread-safe. */
public final class NarrowWalker implements DocumentSink {

    private final BsonCursor cursor = new BsonCursor();
    private final DocumentMark mark = new DocumentMark();
    private final NarrowNode root;

    /**
     * A walker.
     *
     * @param root what is wanted
     */
    public NarrowWalker(NarrowNode root) {
        this.root = root;
    }

    @Override
    public void document(byte[] document) {
        try {
            cursor.reset(document);
            mark.read(cursor);
            cursor.reset(document);
            fields(root);
        } catch (MalformedBsonException e) {
            // Told after the first reading, which measured as much of it.
            return;
        }
    }

    private void fields(NarrowNode node) {
        for (NarrowTask task : node.tasks()) {
            task.enter();
        }
        int guess = 0;
        while (cursor.next()) {
            NarrowNode field = node.field(cursor, guess);
            if (field != null) {
                guess++;
                value(field);
            }
        }
        for (NarrowTask task : node.tasks()) {
            task.leave();
        }
    }

    private void value(NarrowNode node) {
        for (NarrowTask task : node.tasks()) {
            task.value(cursor, mark);
        }
        if (cursor.type() == BsonType.DOCUMENT && node.leadsOn()) {
            cursor.enter();
            inside(node);
            cursor.leave();
        } else if (cursor.type() == BsonType.ARRAY) {
            @Nullable NarrowNode elements = node.elements();
            if (elements != null) {
                cursor.enter();
                elements(elements);
                cursor.leave();
            }
        }
    }

    /**
     * Of a damaged one as much as can be read; what comes after it can be read nevertheless, as the first reading does.
     */
    private void inside(NarrowNode node) {
        try {
            fields(node);
        } catch (MalformedBsonException e) {
            return;
        }
    }

    private void elements(NarrowNode elements) {
        try {
            while (cursor.next()) {
                value(elements);
            }
        } catch (MalformedBsonException e) {
            return;
        }
    }
}
