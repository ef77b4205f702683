package io.docrows.internal.run;

import io.docrows.internal.metadata.CheckpointStore.Checkpoint;
import java.sql.SQLException;

/**
 * Loads one partition after the other, in this process or another one. Used by one thread, unless it says otherwise.
 */
interface PartitionLoader extends AutoCloseable {

    /** Loads what is left of a partition. */
    void load(Checkpoint checkpoint) throws SQLException, InterruptedException;

    @Override
    void close();
}
