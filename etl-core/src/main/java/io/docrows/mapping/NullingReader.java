package io.docrows.mapping;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.Violation;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.Sources;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads null where a value would be rejected with a code for which a policy was chosen, be it in the reading, in a
 * conversion or because of the column.
 *
 * @param <T> the type read
 */
final class NullingReader<T> implements ValueReader<T> {

    private static final Map<LossPolicy, RejectCode> CODES = new EnumMap<>(Map.of(
            LossPolicy.MISMATCH_AS_NULL, RejectCode.TYPE_MISMATCH,
            LossPolicy.INVALID_AS_NULL, RejectCode.INVALID_VALUE,
            LossPolicy.OUT_OF_RANGE_AS_NULL, RejectCode.OUT_OF_RANGE));

    private final ValueReader<T> source;
    private final @Nullable ColumnType<?> type;
    private final int[] policyByCode;

    private NullingReader(ValueReader<T> source, @Nullable ColumnType<?> type, int[] policyByCode) {
        this.source = source;
        this.type = type;
        this.policyByCode = policyByCode;
    }

    static <T> ValueReader<T> around(ValueReader<T> source, Set<LossPolicy> policies, Binding binding) {
        int[] policyByCode = new int[RejectCode.values().length];
        Arrays.fill(policyByCode, NO_POLICY);
        boolean any = false;
        for (Map.Entry<LossPolicy, RejectCode> code : CODES.entrySet()) {
            if (policies.contains(code.getKey())) {
                policyByCode[code.getValue().ordinal()] = binding.policy(code.getKey());
                any = true;
            }
        }
        return any ? new NullingReader<>(source, binding.type(), policyByCode) : source;
    }

    @Override
    public ValueReader<T> perThread(Sources sources) {
        return new NullingReader<>(source.perThread(sources), type, policyByCode);
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        try {
            T value = source.read(cursor, counter);
            // An element may still have to be converted; the column then judges what comes of it.
            Violation violation = value == null || type == null || !type.accepts(value) ? null : type.check(value);
            if (violation == null) {
                return value;
            }
            throw new RejectedValueException(violation.code(), violation.detail());
        } catch (RejectedValueException e) {
            int policy = policyByCode[e.code().ordinal()];
            if (policy == NO_POLICY) {
                throw e;
            }
            counter.add(policy);
            return null;
        }
    }
}
