package io.docrows.internal.mapping;

import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import io.docrows.mapping.UnmatchedDocument;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document of a collection that several mappings read.
 *
 * @param bson the document, byte for byte
 * @param reject why it is rejected, if one of the mappings that take it rejects it
 * @param parts what each mapping makes of it, by the mapping's number: null for one that does not take it; none for a
 *     rejected document
 * @param taken the numbers of the mappings that take it
 */
public record SharedDocument(
        byte[] bson, @Nullable RejectedDocument<?> reject, List<@Nullable MappedDocument<?>> parts, BitSet taken) {

    /**
     * Whether no mapping takes the document.
     *
     * @return true if nothing is to be written and nothing was wrong
     */
    public boolean isUnmatched() {
        return taken.isEmpty();
    }

    /**
     * How many mappings take the document.
     *
     * @return their number
     */
    public int takers() {
        return taken.cardinality();
    }

    /**
     * What one mapping makes of the document.
     *
     * @param number the mapping's number
     * @param mapping the mapping
     * @param <R> the record type of its table
     * @return the document, as if that were the only mapping; rejected if any mapping rejects it
     */
    @SuppressWarnings("unchecked") // A part is what the mapping's own decoder made; a reject holds no record.
    public <R extends TableRecord<R>> Decoded<R> part(int number, CollectionMapping<R> mapping) {
        if (!taken.get(number)) {
            return new UnmatchedDocument<>(bson);
        }
        return reject != null
                ? (RejectedDocument<R>) reject
                : (MappedDocument<R>) Objects.requireNonNull(parts.get(number), mapping::toString);
    }
}
