package io.docrows.internal.decode;

import io.docrows.internal.column.ColumnType;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The back door of {@code io.docrows.mapping}. Mappings and mapped documents are plain objects here, so that this
 * package knows nothing of that one; only {@code CompiledMapping}, which is typed, may use it.
 */
public abstract class MappingAccess {

    /** Set when the class of mappings is initialised, which is before anybody has a mapping to ask about. */
    private static @Nullable MappingAccess access;

    /** For the one implementation. */
    protected MappingAccess() {}

    /**
     * Opens the door, once.
     *
     * @param implementation what knows the inside of mappings
     */
    public static void open(MappingAccess implementation) {
        access = implementation;
    }

    /**
     * The door.
     *
     * @return what knows the inside of mappings
     */
    public static MappingAccess get() {
        return Objects.requireNonNull(access, "no mapping was made yet");
    }

    /**
     * A decoder for many documents that are written into a target.
     *
     * @param mapping a mapping
     * @param types the columns' types there
     * @param elsewhere whether another mapping that takes the document in hand knows a field, by its path
     * @return a new decoder, for one thread
     */
    public abstract Decoder<?> decoder(
            Object mapping, Function<TableField<?, ?>, ColumnType<?>> types, Predicate<String> elsewhere);

    /**
     * A decoder that reads keys only.
     *
     * @param mapping a mapping
     * @return a new decoder, for one thread
     */
    public abstract KeyDecoder keyDecoder(Object mapping);

    /**
     * A mapping whose table another one fills, while nothing tells their rows apart.
     *
     * @param mapping the mapping
     * @return the same mapping, which knows of it
     */
    public abstract Object sharingRows(Object mapping);

    /**
     * Whether rows of a mapping's table may be another mapping's without saying so.
     *
     * @param mapping a mapping
     * @return true if it knows of another one that fills its table
     */
    public abstract boolean sharesRows(Object mapping);

    /**
     * Says which of several mappings take a document.
     *
     * @param mappings the mappings of one collection
     * @return a new matcher, for one thread
     */
    public abstract Matcher matcher(List<?> mappings);

    /**
     * The top-level fields that a condition asks about.
     *
     * @param condition a condition
     * @return their names
     */
    public abstract List<String> fields(Object condition);

    /**
     * Whether a mapping takes a field or leaves it out on purpose.
     *
     * @param mapping a mapping
     * @param field the field's path, as drift tells it
     * @return false for a field that is unknown to it
     */
    public abstract boolean knows(Object mapping, String field);

    /**
     * Whether the key is the canonical text of the document's {@code _id}.
     *
     * @param mapping a mapping
     * @return true if the key is mapped with {@code id("_id")}
     */
    public abstract boolean keyedById(Object mapping);

    /**
     * Whether documents with the same key have the same {@code _id}.
     *
     * @param mapping a mapping
     * @return false for a key from any other field, and for one that was converted
     */
    public abstract boolean identifiedByKey(Object mapping);

    /**
     * All that decides what becomes of a document, as text.
     *
     * @param mapping a mapping
     * @return one line for each call of the builder
     */
    public abstract List<String> description(Object mapping);

    /**
     * Where in its array a document has an element of a join.
     *
     * @param mapping a mapping
     * @param join the number of the join
     * @param document the document that the element was decoded from
     * @param element the element, as decoded
     * @return the number of the first such element, from 0; -1 if there is none
     */
    public abstract int indexOf(Object mapping, int join, byte[] document, Object element);

    /**
     * The value of one column.
     *
     * @param document a mapped document
     * @param column the column's number among those of the mapping
     * @return the value, or null
     */
    public abstract @Nullable Object value(Object document, int column);

    /**
     * The natural key of the row that a reference leads to.
     *
     * @param document a mapped document
     * @param reference the reference's number among those of the mapping
     * @return the key, or null when the document names none
     */
    public abstract @Nullable Object reference(Object document, int reference);

    /**
     * The lookup values that a document's rows in a join table lead to.
     *
     * @param document a mapped document
     * @param join the join's number among those of the mapping
     * @return the values, distinct, in the document's order
     */
    public abstract List<?> links(Object document, int join);

    /**
     * The rows that a document has in a child table.
     *
     * @param document a mapped document
     * @param child the table's mapping
     * @return the rows, in the order of the document
     */
    public abstract NestedRows rows(Object document, Object child);

    /**
     * How many rows a document becomes, in its own table and in those below.
     *
     * @param document a {@code MappedDocument}
     * @return at least 1
     */
    public abstract int rowCount(Object document);
}
