package io.docrows.spring;

import io.docrows.run.RunListener;

/** Makes what follows the runs of a pipeline. */
@FunctionalInterface
interface RunListeners {

    /** The listener of one pipeline's runs; asked for once a run. */
    RunListener of(String pipeline);
}
