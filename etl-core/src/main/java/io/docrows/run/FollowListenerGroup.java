package io.docrows.run;

import io.docrows.report.RunReport;
import java.util.List;

/** Listeners that hear the same, one after the other. */
record FollowListenerGroup(List<FollowListener> members) implements FollowListener {

    @Override
    public void loaded(RunReport report) {
        members.forEach(member -> member.loaded(report));
    }

    @Override
    public void following(long run) {
        members.forEach(member -> member.following(run));
    }

    @Override
    public void progressed(FollowProgress progress) {
        members.forEach(member -> member.progressed(progress));
    }

    @Override
    public void historyLost(String reason) {
        members.forEach(member -> member.historyLost(reason));
    }
}
