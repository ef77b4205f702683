package io.docrows.internal.bson;

import java.util.List;
import org.bson.BsonType;

/** The names that lead from a document, through documents within it, to a field. Immutable. */
public final class BsonPath {

    private final FieldName[] names;

    private BsonPath(FieldName[] names) {
        this.names = names;
    }

    /**
     * A path.
     *
     * @param names the names from the outermost to the innermost
     * @return the path
     */
    public static BsonPath of(List<String> names) {
        return new BsonPath(names.stream().map(FieldName::of).toArray(FieldName[]::new));
    }

    /**
     * A path to a field of the document itself.
     *
     * @param name the field's name
     * @return the path
     */
    public static BsonPath of(String name) {
        return of(List.of(name));
    }

    /**
     * Whether the path leads nowhere.
     *
     * @return true if it has no names
     */
    public boolean isEmpty() {
        return names.length == 0;
    }

    /**
     * Stands a cursor at the field. Of several fields with the same name the first counts, at each level. Allocates
     * nothing.
     *
     * @param cursor stands before the first element of the document; in what document it stands afterwards is not said
     * @return false if there is no such field
     * @throws MalformedBsonException if the document is malformed so far
     */
    public boolean find(BsonCursor cursor) {
        int level = 0;
        while (level < names.length && cursor.next()) {
            if (cursor.nameIs(names[level])) {
                level++;
                if (level == names.length) {
                    return true;
                }
                if (cursor.type() != BsonType.DOCUMENT) {
                    return false;
                }
                cursor.enter();
            }
        }
        return false;
    }
}
