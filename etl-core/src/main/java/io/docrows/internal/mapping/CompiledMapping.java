package io.docrows.internal.mapping;

import io.docrows.internal.column.ColumnType;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.decode.KeyDecoder;
import io.docrows.internal.decode.MappingAccess;
import io.docrows.internal.decode.Matcher;
import io.docrows.internal.decode.NestedRows;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Condition;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** What the library's own packages ask of mappings and of mapped documents. */
public final class CompiledMapping {

    private CompiledMapping() {}

    /**
     * A decoder for many documents that are written into a target, or compared with it.
     *
     * @param mapping the documents' mapping
     * @param types the columns' types there, which may hold less than the columns' classes tell
     * @param <R> the record type of its table
     * @return a new decoder, for one thread
     */
    public static <R extends TableRecord<R>> Decoder<Decoded<R>> decoder(
            CollectionMapping<R> mapping, Function<TableField<?, ?>, ColumnType<?>> types) {
        return decoder(mapping, types, field -> false);
    }

    /**
     * The same for documents that other mappings may take, too.
     *
     * @param mapping the documents' mapping
     * @param types the columns' types there
     * @param elsewhere whether another mapping that takes the document in hand knows a field, by its path as drift
     *     tells it
     * @param <R> the record type of its table
     * @return a new decoder, for one thread
     */
    @SuppressWarnings("unchecked") // Decoders of a mapping decode into its records.
    public static <R extends TableRecord<R>> Decoder<Decoded<R>> decoder(
            CollectionMapping<R> mapping,
            Function<TableField<?, ?>, ColumnType<?>> types,
            Predicate<String> elsewhere) {
        return (Decoder<Decoded<R>>) MappingAccess.get().decoder(mapping, types, elsewhere);
    }

    /**
     * A decoder that reads keys only.
     *
     * @param mapping the documents' mapping
     * @return a new decoder, for one thread
     */
    public static KeyDecoder keyDecoder(CollectionMapping<?> mapping) {
        return MappingAccess.get().keyDecoder(mapping);
    }

    /**
     * A mapping whose table another one fills, while nothing tells their rows apart: each row has an owner then, and
     * which rows are without a document cannot be told.
     *
     * @param mapping the mapping
     * @return the same mapping, which knows of it
     */
    public static CollectionMapping<?> sharingRows(CollectionMapping<?> mapping) {
        return (CollectionMapping<?>) MappingAccess.get().sharingRows(mapping);
    }

    /**
     * Whether rows of a mapping's table may be another mapping's without saying so.
     *
     * @param mapping a mapping
     * @return true if it knows of another one that fills its table
     */
    public static boolean sharesRows(CollectionMapping<?> mapping) {
        return MappingAccess.get().sharesRows(mapping);
    }

    /**
     * Says which of several mappings take a document.
     *
     * @param mappings the mappings of one collection
     * @return a new matcher, for one thread
     */
    public static Matcher matcher(List<CollectionMapping<?>> mappings) {
        return MappingAccess.get().matcher(mappings);
    }

    /**
     * The top-level fields that a condition asks about.
     *
     * @param condition a mapping's condition
     * @return their names
     */
    public static List<String> fields(Condition condition) {
        return MappingAccess.get().fields(condition);
    }

    /**
     * Whether a mapping takes a field or leaves it out on purpose.
     *
     * @param mapping a mapping
     * @param field the field's path, as drift tells it
     * @return false for a field that is unknown to it
     */
    public static boolean knows(CollectionMapping<?> mapping, String field) {
        return MappingAccess.get().knows(mapping, field);
    }

    /**
     * Whether the key is the canonical text of the document's {@code _id}, so that a row leads back to its document.
     *
     * @param mapping a mapping
     * @return true if the key is mapped with {@code id("_id")}
     */
    public static boolean keyedById(CollectionMapping<?> mapping) {
        return MappingAccess.get().keyedById(mapping);
    }

    /**
     * Whether two documents have the same key only if MongoDB holds their {@code _id}s equal: the key is the
     * {@code _id}, read in a way that tells all of them apart. What the column holds equal is another question.
     *
     * @param mapping a mapping
     * @return false for a key from any other field, and for one that was converted
     */
    public static boolean identifiedByKey(CollectionMapping<?> mapping) {
        return MappingAccess.get().identifiedByKey(mapping);
    }

    /**
     * All that decides what becomes of a document, as text: paths, columns and their types, kinds of values, options,
     * policies, references, joins, the watermark. Of conversions, which are code, it says only where there is one.
     *
     * @param mapping a mapping
     * @return one line for each call of the builder, in an order that does not depend on the order of the calls; the
     *     same for mappings that were built alike
     */
    public static List<String> description(CollectionMapping<?> mapping) {
        return MappingAccess.get().description(mapping);
    }

    /**
     * Where in its array a document has an element of a join.
     *
     * @param mapping the document's mapping
     * @param join the number of the join among {@link CollectionMapping#joins()}
     * @param document the document that the element was decoded from
     * @param element the element, as decoded
     * @return the number of the first such element, from 0; -1 if there is none
     */
    public static int indexOf(CollectionMapping<?> mapping, int join, byte[] document, Object element) {
        return MappingAccess.get().indexOf(mapping, join, document, element);
    }

    /**
     * The value of one column, as it is in the document's record, but without making the record.
     *
     * @param document a mapped document
     * @param column the column's number among {@link CollectionMapping#columns()}
     * @return the value, or null
     */
    public static @Nullable Object value(MappedDocument<?> document, int column) {
        return MappingAccess.get().value(document, column);
    }

    /**
     * The natural key of the row that a reference leads to.
     *
     * @param document a mapped document
     * @param reference the reference's number among {@link CollectionMapping#references()}
     * @return the key, or null when the document names none
     */
    public static @Nullable Object reference(MappedDocument<?> document, int reference) {
        return MappingAccess.get().reference(document, reference);
    }

    /**
     * The lookup values that a document's rows in a join table lead to.
     *
     * @param document a mapped document
     * @param join the join's number among {@link CollectionMapping#joins()}
     * @return the values, distinct, in the document's order
     */
    public static List<?> links(MappedDocument<?> document, int join) {
        return MappingAccess.get().links(document, join);
    }

    /**
     * The rows that a document has in a child table.
     *
     * @param document a mapped document
     * @param child the table's mapping
     * @return the rows, in the order of the document; their values are those of columns, then those of references
     */
    public static NestedRows rows(MappedDocument<?> document, ChildMapping child) {
        return MappingAccess.get().rows(document, child);
    }

    /**
     * How many rows a document becomes, in its own table and in those below.
     *
     * @param decoded what it was decoded into
     * @return at least 1; 1 for what is no mapped document
     */
    public static int rowCount(Object decoded) {
        if (decoded instanceof SharedDocument shared) {
            int count = 0;
            for (MappedDocument<?> part : shared.parts()) {
                count += part == null ? 0 : MappingAccess.get().rowCount(part);
            }
            return Math.max(1, count);
        }
        return decoded instanceof MappedDocument<?> document
                ? MappingAccess.get().rowCount(document)
                : 1;
    }
}
