package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans in the forms that MongoDB's manual has for them ("Explain Results"). None was made by a real server. */
final class RangePlanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{queryPlanner: {winningPlan: {stage: 'FETCH', inputStage: {stage: 'IXSCAN', indexName: '_id_'}}}}",
                "{queryPlanner: {winningPlan: {stage: 'CLUSTERED_IXSCAN'}}}",
                "{queryPlanner: {winningPlan: {queryPlan: {stage: 'FETCH', inputStage: {stage: 'IXSCAN'}}, slotBasedPlan: {}}}}",
                "{queryPlanner: {winningPlan: {stage: 'SHARD_MERGE', shards: [{winningPlan: {stage: 'SHARDING_FILTER', inputStage:"
                        + " {stage: 'FETCH', inputStage: {stage: 'IXSCAN'}}}}, {winningPlan: {stage: 'IXSCAN'}}]}}}",
                "{queryPlanner: {winningPlan: {stage: 'IXSCAN'}, rejectedPlans: [{stage: 'COLLSCAN'}]}}"
            })
    void anIndexIsUsed(String plan) {
        assertThat(RangePlan.usesIndex(BsonDocument.parse(plan))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{queryPlanner: {winningPlan: {stage: 'COLLSCAN'}}}",
                "{queryPlanner: {winningPlan: {stage: 'COLLSCAN'}, rejectedPlans: [{stage: 'IXSCAN'}]}}",
                "{queryPlanner: {winningPlan: {shards: [{stage: 'IXSCAN'}, {stage: 'COLLSCAN'}]}}}",
                "{ok: 1}",
                "{stage: 1}"
            })
    void everythingIsReadOrNothingIsSaid(String plan) {
        assertThat(RangePlan.usesIndex(BsonDocument.parse(plan))).isFalse();
    }
}
