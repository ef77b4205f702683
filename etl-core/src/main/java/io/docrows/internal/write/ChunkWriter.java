package io.docrows.internal.write;

import io.docrows.mapping.MappedDocument;
import java.sql.SQLException;
import java.util.List;
import org.jooq.TableRecord;

/**
 * Writes some documents of a batch into the target; either all of it happens, or a {@link SQLException} is thrown. Not
 * thread-safe.
 */
interface ChunkWriter<R extends TableRecord<R>> {

    /** Makes the temporary tables it needs; the caller commits. */
    void create() throws SQLException;

    /** Drops the temporary tables; the caller commits. */
    void drop() throws SQLException;

    /**
     * Sees to what has to be done in a transaction of its own, before that of a batch begins.
     *
     * @param documents how many are going to be written
     */
    default void reserve(int documents) throws SQLException {}

    /**
     * Forgets what was found in the target and not {@linkplain #committed() committed}: it was rolled back, or may have
     * been. To be called before a batch, and whenever some of it is undone.
     */
    void forget();

    /** The transaction was committed. */
    void committed();

    /**
     * PostgreSQL has refused one of several documents, and what was written of them is undone.
     *
     * @param failure why
     * @return whether to write the same documents again, since the writer is going to look for such first
     */
    default boolean looksAhead(SQLException failure) throws SQLException {
        return false;
    }

    /** Writes documents, each with another key. */
    ChunkResult<R> write(List<MappedDocument<R>> documents) throws SQLException;
}
