package io.docrows.run;

import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Several listeners, told one after the other. */
record ListenerGroup(List<RunListener> members) implements RunListener {

    ListenerGroup {
        members = List.copyOf(members);
    }

    @Override
    public void runStarted(long run, boolean resumed) {
        members.forEach(member -> member.runStarted(run, resumed));
    }

    @Override
    public void collectionStarted(String collection, OptionalLong estimate, Counts done) {
        members.forEach(member -> member.collectionStarted(collection, estimate, done));
    }

    @Override
    public void batchCommitted(String collection, Counts batch) {
        members.forEach(member -> member.batchCommitted(collection, batch));
    }

    @Override
    public void batchTimed(String collection, BatchTiming timing) {
        members.forEach(member -> member.batchTimed(collection, timing));
    }

    @Override
    public void collectionFinished(CollectionReport report) {
        members.forEach(member -> member.collectionFinished(report));
    }

    @Override
    public void retrying(String what, int attempt, Duration delay) {
        members.forEach(member -> member.retrying(what, attempt, delay));
    }

    @Override
    public void runFinished(RunReport report) {
        members.forEach(member -> member.runFinished(report));
    }
}
