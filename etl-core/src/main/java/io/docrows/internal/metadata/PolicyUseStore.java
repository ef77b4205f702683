package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.POLICY_USE;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.sum;

import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * The table {@code docrows.policy_use}: how often a run's policies changed a value. Takes part in the caller's
 * transaction. Each partition has rows of its own, so that two writers never wait for each other.
 */
public final class PolicyUseStore {

    private PolicyUseStore() {}

    /**
     * Adds what a batch did, in the transaction that holds its rows.
     *
     * @param connection the connection of that transaction
     * @param run the run's number
     * @param collection the collection's name
     * @param partition the number of the partition that the batch is of, or {@link RetryCheckpoint#LATE}
     * @param batch uses, one for each column, path and policy; none for most batches, which then costs nothing
     */
    public static void add(Connection connection, long run, String collection, int partition, List<PolicyUse> batch) {
        if (batch.isEmpty()) {
            return;
        }
        DSLContext jooq = Bookkeeping.on(connection);
        jooq.batch(batch.stream()
                        .map(use -> jooq.insertInto(POLICY_USE)
                                .set(POLICY_USE.RUN_ID, run)
                                .set(POLICY_USE.COLLECTION, collection)
                                .set(POLICY_USE.PARTITION, partition)
                                .set(POLICY_USE.COLUMN_NAME, use.column())
                                .set(POLICY_USE.PATH, use.path())
                                .set(POLICY_USE.POLICY, use.policy().method())
                                .set(POLICY_USE.USES, use.count())
                                .onConflict(
                                        POLICY_USE.RUN_ID,
                                        POLICY_USE.COLLECTION,
                                        POLICY_USE.PARTITION,
                                        POLICY_USE.COLUMN_NAME,
                                        POLICY_USE.PATH,
                                        POLICY_USE.POLICY)
                                .doUpdate()
                                .set(POLICY_USE.USES, POLICY_USE.USES.plus(excluded(POLICY_USE.USES))))
                        .toList())
                .execute();
    }

    /**
     * What a run has done so far with a collection.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @param collection the collection's name
     * @return uses, one for each column, path and policy
     */
    public static List<PolicyUse> of(Connection connection, long run, String collection) {
        return Bookkeeping.on(connection)
                .select(POLICY_USE.PATH, POLICY_USE.COLUMN_NAME, POLICY_USE.POLICY, sum(POLICY_USE.USES))
                .from(POLICY_USE)
                .where(POLICY_USE.RUN_ID.eq(run), POLICY_USE.COLLECTION.eq(collection))
                .groupBy(POLICY_USE.PATH, POLICY_USE.COLUMN_NAME, POLICY_USE.POLICY)
                .fetch()
                .stream()
                .flatMap(row -> {
                    Optional<LossPolicy> policy = LossPolicy.ofMethod(row.value3());
                    return policy
                            .map(known -> new PolicyUse(
                                    row.value1(),
                                    row.value2(),
                                    known,
                                    row.value4().longValueExact()))
                            .stream();
                })
                .sorted()
                .toList();
    }
}
