package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;

/**
 * One load by one contender, whose rows were found to be right. Immutable.
 *
 * @param contender who loaded
 * @param phase what into what
 * @param round which time, from 1
 * @param documents how many documents
 * @param rowVersions how many row versions were written or deleted in the tables
 * @param serverCpuSeconds processor time of PostgreSQL meanwhile; 0 where that cannot be told
 * @param result what it took
 */
record Measurement(
        Contender contender,
        Phase phase,
        int round,
        long documents,
        long rowVersions,
        double serverCpuSeconds,
        ContenderResult result) {}
