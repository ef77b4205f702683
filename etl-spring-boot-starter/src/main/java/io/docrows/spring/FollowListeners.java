package io.docrows.spring;

import io.docrows.run.FollowListener;

/** Makes what hears how far a pipeline is that follows its source. */
@FunctionalInterface
interface FollowListeners {

    /** The listener of one pipeline; asked for each time that following begins. */
    FollowListener of(String pipeline);
}
