package io.docrows.runner.command;

import io.docrows.runner.session.Session;

/** An option of several commands whose value can be checked before anything is opened. */
@FunctionalInterface
interface SessionOption {

    /** Refuses a value that cannot be right; says nothing when there is none. */
    void check(Session session);
}
