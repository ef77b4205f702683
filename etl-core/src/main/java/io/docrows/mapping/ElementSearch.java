package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.value.ListReader;
import io.docrows.internal.value.PolicyCounter;
import org.bson.BsonType;

/** Finds an element in a document's array again, to tell of it by its number: values are never told. */
final class ElementSearch {

    private ElementSearch() {}

    static int indexOf(FieldBinding binding, int policies, byte[] document, Object element) {
        BsonCursor cursor = new BsonCursor();
        cursor.reset(document);
        boolean found = FieldKeyDecoder.path(binding).find(cursor);
        if (!found || cursor.type() != BsonType.ARRAY || !(binding.reader() instanceof ListReader<?> list)) {
            return -1;
        }
        PolicyCounter counter = new PolicyCounter(policies);
        cursor.enter();
        for (int index = 0; cursor.next(); index++) {
            boolean isNull = cursor.type() == BsonType.NULL || cursor.type() == BsonType.UNDEFINED;
            if (!isNull && element.equals(list.elements().read(cursor, counter))) {
                return index;
            }
        }
        return -1;
    }
}
