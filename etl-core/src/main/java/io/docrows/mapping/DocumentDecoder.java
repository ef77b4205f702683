package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.decode.Matcher;
import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.report.Drift;
import io.docrows.report.PolicyUse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes documents of one collection in a single pass over their bytes, and counts the fields that the mapping does
 * not know. Not thread-safe; each thread has its own.
 *
 * @param <R> the generated record type of the mapped table
 */
final class DocumentDecoder<R extends TableRecord<R>> implements Decoder<Decoded<R>> {

    private static final NestedRows[] NO_ROWS = {};

    private final CollectionMapping<R> mapping;
    private final List<PolicySite> policies;
    private final PolicyCounter counter;
    private final RowDecoder row;
    private final List<PartDecoder> parts = new ArrayList<>();
    private final BsonCursor cursor = new BsonCursor();
    private final @Nullable Matcher matcher;

    /**
     * A decoder.
     *
     * @param elsewhere whether another mapping that takes the document knows a field, by its path
     */
    DocumentDecoder(
            CollectionMapping<R> mapping,
            DecodePlan plan,
            UnaryOperator<FieldBinding> reading,
            List<PolicySite> policies,
            Predicate<String> elsewhere) {
        this.mapping = mapping;
        this.policies = policies;
        this.counter = new PolicyCounter(policies.size());
        this.row = new RowDecoder(plan, reading, cursor, counter, elsewhere);
        row.addTo(parts);
        this.matcher = mapping.condition().isEmpty() ? null : new ConditionScan(List.of(mapping.condition()));
    }

    /**
     * Decodes one document.
     *
     * @param bson one document, as raw BSON; kept by the result, not copied
     * @return the mapped document, or why it is rejected, or that the mapping does not take it
     */
    @Override
    public Decoded<R> decode(byte[] bson) {
        return matcher == null || matcher.match(bson)[0] ? decodeMatched(bson) : new UnmatchedDocument<>(bson);
    }

    @Override
    public Decoded<R> decodeMatched(byte[] bson) {
        counter.reset();
        row.begin(0);
        for (PartDecoder part : parts) {
            part.begin();
        }
        try {
            Problem problem = row.document(bson);
            return problem == null ? mapped(bson) : problem.of(bson);
        } catch (MalformedBsonException e) {
            return new RejectedDocument<>(
                    bson, e.code(), null, null, null, null, e.getMessage() + " at byte " + e.offset());
        }
    }

    /**
     * How the documents so far differ from what the mapping expects.
     *
     * @return counts by path, names joined by dots
     */
    @Override
    public Drift drift() {
        return row.drift();
    }

    private MappedDocument<R> mapped(byte[] bson) {
        return new MappedDocument<>(mapping, bson, row.values(), rows(), counter.isUsed() ? policyUses() : List.of());
    }

    /**
     * The rows of each child table, by the table's number: parts are listed as they are numbered, after their parent.
     */
    private NestedRows[] rows() {
        if (parts.isEmpty()) {
            return NO_ROWS;
        }
        NestedRows[] rows = new NestedRows[parts.size()];
        for (PartDecoder part : parts) {
            rows[part.plan().number()] = part.rows();
        }
        return rows;
    }

    private List<PolicyUse> policyUses() {
        List<PolicyUse> uses = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            if (counter.count(i) > 0) {
                uses.add(policies.get(i).used(counter.count(i)));
            }
        }
        return List.copyOf(uses);
    }
}
