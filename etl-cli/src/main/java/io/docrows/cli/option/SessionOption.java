package io.docrows.cli.option;

import io.docrows.cli.session.Session;

/** An option of several commands whose value can be checked before anything is opened. */
@FunctionalInterface
public interface SessionOption {

    /**
     * Refuses a value that cannot be right; says nothing when there is none.
     *
     * @param session what the command takes from its process
     * @throws io.docrows.error.DocrowsException {@code INVALID_OPTION} if it cannot be right
     */
    void check(Session session);
}
