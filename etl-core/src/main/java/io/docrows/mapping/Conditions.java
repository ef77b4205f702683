package io.docrows.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * Conditions on documents, for {@link CollectionMapping.Builder#where}. They are about the document as it is stored,
 * before anything is converted:
 *
 * <pre>{@code
 * .where(field("type").is("comment"))
 * .where(field("state").isOneOf("open", "held").and(field("deleted").isMissing()))
 * .where(not(field("payload").hasType(BsonType.DOCUMENT)))
 * }</pre>
 */
public final class Conditions {

    private Conditions() {}

    /**
     * A field to ask something about. Of several fields with the same name in one document the first one counts. What
     * is within an array cannot be asked for: such a field is missing.
     *
     * @param name the field's name; never split at dots
     * @param nested names inside sub-documents, from the outside in
     * @return the field
     */
    public static DocumentField field(String name, String... nested) {
        List<String> path = new ArrayList<>(nested.length + 1);
        path.add(name);
        path.addAll(List.of(nested));
        return new DocumentField(List.copyOf(path));
    }

    /**
     * That a condition does not hold.
     *
     * @param condition any condition
     * @return a condition that holds where that one does not
     */
    public static Condition not(Condition condition) {
        return new Condition.Negation(condition);
    }
}
