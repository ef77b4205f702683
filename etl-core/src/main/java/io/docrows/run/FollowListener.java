package io.docrows.run;

import io.docrows.report.RunReport;
import java.util.List;

/** Hears how following goes on. Called by the thread that follows; what it throws ends following. */
public interface FollowListener {

    /** Hears nothing. */
    FollowListener NONE = new FollowListener() {};

    /**
     * Joins listeners.
     *
     * @param listeners those who hear, in this order
     * @return one listener that tells all of them
     */
    static FollowListener all(FollowListener... listeners) {
        return new FollowListenerGroup(List.of(listeners));
    }

    /**
     * Everything was loaded, and changes are applied from now on.
     *
     * @param report what was loaded
     */
    default void loaded(RunReport report) {}

    /**
     * Changes are applied from a stored position, or after a load.
     *
     * @param run the number under which they are accounted for
     */
    default void following(long run) {}

    /**
     * Some changes were applied, or it is known that there were none.
     *
     * @param progress how far it has come
     */
    default void progressed(FollowProgress progress) {}

    /**
     * Changes were missed; everything is loaded again.
     *
     * @param reason what happened
     */
    default void historyLost(String reason) {}
}
