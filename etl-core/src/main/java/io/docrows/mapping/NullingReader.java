package io.docrows.mapping;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.Violation;
import io.docrows.internal.value.PolicyCounter;
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
    private final ColumnType<?> type;
    private final int[] policyByCode = new int[RejectCode.values().length];

    private NullingReader(ValueReader<T> source, ColumnType<?> type) {
        this.source = source;
        this.type = type;
        Arrays.fill(policyByCode, NO_POLICY);
    }

    static <T> ValueReader<T> around(ValueReader<T> source, Set<LossPolicy> policies, Binding binding) {
        if (policies.isEmpty()) {
            return source;
        }
        NullingReader<T> reader = new NullingReader<>(source, binding.type());
        CODES.forEach((policy, code) -> {
            if (policies.contains(policy)) {
                reader.policyByCode[code.ordinal()] = binding.policy(policy);
            }
        });
        return reader;
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        try {
            T value = source.read(cursor, counter);
            // An element may still have to be converted; the column then judges what comes of it.
            Violation violation = value == null || !type.accepts(value) ? null : type.check(value);
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
