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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the documents of a collection for all of its mappings: each document once for each mapping that takes it.
 * Which those are is found out in one look for all of them. A field is unknown only if it is so to all mappings of the
 * collection, and is counted once for a document that several take; to a strict mapping, if it is so to all that take
 * the document. Not thread-safe.
 */
public final class SharedDecoder implements Decoder<SharedDocument> {

    private static final int MOST_COMBINATIONS = 64;

    /** Of so many names of fields it is remembered who knows them; documents may bring any number. */
    private static final int MOST_NAMES = 1_000;

    private static final BitSet EVERY = new BitSet();

    private final List<CollectionMapping<?>> mappings;
    private final Matcher matcher;
    private final Function<CollectionMapping<?>, Function<TableField<?, ?>, ColumnType<?>>> types;
    /** Those of documents that the same mappings take, so that what they count is of the same documents. */
    private final Map<BitSet, List<@Nullable Decoder<? extends Decoded<?>>>> decoders = new HashMap<>();

    private final Map<String, BitSet> knowers = new HashMap<>();

    /** The numbers of the mappings that take the document in hand. */
    private BitSet takers = EVERY;

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
        this.types = types;
    }

    private List<@Nullable Decoder<? extends Decoded<?>>> decoders(BitSet taken) {
        // Many mappings may be combined in more ways than are worth a decoder of each.
        BitSet key = decoders.containsKey(taken) || decoders.size() < MOST_COMBINATIONS ? taken : EVERY;
        return decoders.computeIfAbsent(key, any -> {
            List<@Nullable Decoder<? extends Decoded<?>>> all = new ArrayList<>();
            for (int i = 0; i < mappings.size(); i++) {
                CollectionMapping<?> mapping = mappings.get(i);
                all.add(key == EVERY || key.get(i) ? decoder(mapping, i) : null);
            }
            return all;
        });
    }

    private Decoder<? extends Decoded<?>> decoder(CollectionMapping<?> mapping, int number) {
        return CompiledMapping.decoder(mapping, types.apply(mapping), field -> isKnownElsewhere(field, number));
    }

    /** Whether another mapping that takes the document in hand maps or ignores a field. */
    private boolean isKnownElsewhere(String field, int number) {
        BitSet knowing = knowers(field);
        for (int i = takers.nextSetBit(0); i >= 0; i = takers.nextSetBit(i + 1)) {
            if (i != number && knowing.get(i)) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of the mappings that map or ignore a field. */
    private BitSet knowers(String field) {
        BitSet known = knowers.get(field);
        if (known == null) {
            known = new BitSet(mappings.size());
            for (int i = 0; i < mappings.size(); i++) {
                known.set(i, CompiledMapping.knows(mappings.get(i), field));
            }
            if (knowers.size() < MOST_NAMES) {
                knowers.put(field, known);
            }
        }
        return known;
    }

    @Override
    public SharedDocument decode(byte[] bson) {
        boolean[] met = matcher.match(bson);
        @Nullable MappedDocument<?>[] parts = new MappedDocument<?>[met.length];
        BitSet taken = new BitSet(met.length);
        for (int i = 0; i < met.length; i++) {
            taken.set(i, met[i]);
        }
        if (taken.isEmpty()) {
            return new SharedDocument(bson, null, Collections.unmodifiableList(Arrays.asList(parts)), taken);
        }
        takers = taken;
        List<@Nullable Decoder<? extends Decoded<?>>> own = decoders(taken);
        for (int i = 0; i < met.length; i++) {
            if (met[i]) {
                Decoded<?> decoded = Objects.requireNonNull(own.get(i)).decodeMatched(bson);
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
        Drift sum = Drift.NONE;
        for (List<@Nullable Decoder<? extends Decoded<?>>> some : decoders.values()) {
            Drift drift = Drift.NONE;
            for (Decoder<?> decoder : some) {
                if (decoder != null) {
                    drift = drift.together(decoder.drift());
                }
            }
            sum = sum.plus(drift);
        }
        Map<String, Long> unknown = new HashMap<>(sum.unmappedFields());
        unknown.keySet().removeIf(field -> !knowers(field).isEmpty());
        return new Drift(unknown, sum.types(), sum.newValues());
    }
}
