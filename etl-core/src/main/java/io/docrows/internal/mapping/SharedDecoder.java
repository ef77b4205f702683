package io.docrows.internal.mapping;

import io.docrows.error.RejectCode;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.decode.Matcher;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Drift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the documents of a collection for all of its mappings: each document once for each mapping that takes it.
 * Which those are is found out in one look for all of them. Not thread-safe.
 */
public final class SharedDecoder implements Decoder<SharedDocument> {

    private final List<CollectionMapping<?>> mappings;
    private final Matcher matcher;
    private final List<Decoder<? extends Decoded<?>>> decoders = new ArrayList<>();

    /**
     * A decoder.
     *
     * @param mappings every mapping of the collection
     * @param types the types of each mapping's columns in the target
     */
    public SharedDecoder(
            List<CollectionMapping<?>> mappings,
            Function<CollectionMapping<?>, Function<TableField<?, ?>, ColumnType<?>>> types) {
        this.mappings = List.copyOf(mappings);
        this.matcher = CompiledMapping.matcher(mappings);
        for (CollectionMapping<?> mapping : mappings) {
            decoders.add(CompiledMapping.decoder(mapping, types.apply(mapping)));
        }
    }

    @Override
    public SharedDocument decode(byte[] bson) {
        boolean[] met = matcher.match(bson);
        @Nullable MappedDocument<?>[] parts = new MappedDocument<?>[met.length];
        BitSet taken = new BitSet(met.length);
        for (int i = 0; i < met.length; i++) {
            taken.set(i, met[i]);
        }
        for (int i = 0; i < met.length; i++) {
            if (met[i]) {
                Decoded<?> decoded = decoders.get(i).decodeMatched(bson);
                if (decoded instanceof RejectedDocument<?> reject) {
                    return new SharedDocument(bson, reject, List.of(), taken);
                }
                parts[i] = (MappedDocument<?>) decoded;
                if (claimsTwice(parts, i)) {
                    return new SharedDocument(bson, twice(bson, mappings.get(i)), List.of(), taken);
                }
            }
        }
        return new SharedDocument(bson, null, Collections.unmodifiableList(Arrays.asList(parts)), taken);
    }

    /** Whether an earlier mapping of the same table has made a row with the same key of the document. */
    private boolean claimsTwice(@Nullable MappedDocument<?>[] parts, int number) {
        for (int i = 0; i < number; i++) {
            MappedDocument<?> other = parts[i];
            MappedDocument<?> own = parts[number];
            if (other != null
                    && own != null
                    && mappings.get(i).table().equals(mappings.get(number).table())
                    && other.key().equals(own.key())) {
                return true;
            }
        }
        return false;
    }

    private static RejectedDocument<?> twice(byte[] bson, CollectionMapping<?> mapping) {
        return new RejectedDocument<>(
                bson,
                RejectCode.DUPLICATE_KEY,
                null,
                null,
                QualifiedName.text(mapping.key().get(0)),
                null,
                "two mappings make a row with the same key of it, in the same table");
    }

    @Override
    public SharedDocument decodeMatched(byte[] bson) {
        return decode(bson);
    }

    @Override
    public Drift drift() {
        Drift drift = Drift.NONE;
        for (Decoder<?> decoder : decoders) {
            drift = drift.plus(decoder.drift());
        }
        return drift;
    }
}
