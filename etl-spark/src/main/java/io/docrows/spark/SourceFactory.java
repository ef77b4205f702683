package io.docrows.spark;

import io.docrows.source.DocumentSource;
import java.io.Serializable;

/**
 * Opens the source, in the driver and once in each executor. All of them have to see the same documents: a server, or
 * files on a file system that is everybody's.
 */
@FunctionalInterface
public interface SourceFactory extends Serializable {

    /**
     * Opens the source.
     *
     * @return a source that is closed when the load is over, or the process has had no task for a while
     */
    DocumentSource open();
}
