package io.docrows;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.history.FilledTable;
import io.docrows.history.RunHistory;
import io.docrows.internal.metadata.TableOwners;
import io.docrows.internal.postgres.PipelineLock;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.mapping.CollectionMapping;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The entry point.
 *
 * <pre>{@code
 * RunReport report = Docrows.pipeline("shop", customers, orders)
 *         .source(DumpSource.open(Path.of("dump/shop")))
 *         .target(dataSource)
 *         .run(RunOptions.defaults());
 * }</pre>
 */
public final class Docrows {

    private Docrows() {}

    /**
     * Returns a pipeline over some collections. The order does not matter: tables are loaded in the order of their
     * references.
     *
     * @param name the pipeline's name, under which its runs, checkpoints, rejects and lock are kept
     * @param mappings at least one mapping; several may read one collection, or fill one table
     * @return the pipeline, still without source and target: it can be run once it has both
     * @throws DocrowsException {@code INVALID_MAPPING} if collections refer to each other in a circle, a mapping is
     *     given twice, a table is filled both as the documents' own and below another one, or mappings of one
     *     collection name different watermarks
     */
    public static Pipeline pipeline(String name, CollectionMapping<?>... mappings) {
        return Pipeline.of(name, List.of(mappings));
    }

    /**
     * Forgets which tables a pipeline has filled, and which of their rows belong to its documents: for a pipeline that
     * no longer exists or was renamed, or whose collections were. Others may then delete rows of those tables, and have
     * those with its documents' keys. Rows, rejects and past runs stay. A pipeline that runs again is known again.
     *
     * @param target where it has loaded
     * @param pipeline its name
     * @return how many collections in tables were forgotten, at least 1
     * @throws DocrowsException {@code INVALID_OPTION} if it has filled no table, naming those that have;
     *     {@code PIPELINE_LOCKED} if a run of it is at work; {@code TARGET_FAILED} if PostgreSQL fails
     */
    public static long forget(DataSource target, String pipeline) {
        List<FilledTable> filled = RunHistory.of(target).filledTables();
        if (filled.stream().noneMatch(table -> table.pipeline().equals(pipeline))) {
            List<String> known =
                    filled.stream().map(FilledTable::pipeline).distinct().toList();
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "No pipeline " + pipeline + " has filled tables of this target. "
                            + (known.isEmpty() ? "None has." : "These have: " + String.join(", ", known) + "."));
        }
        try (TargetSession session = TargetSession.open(target, false, "docrows forget");
                PipelineLock lock = PipelineLock.acquire(session.connection(), pipeline, null)) {
            long forgotten = TableOwners.forget(session.connection(), pipeline);
            session.connection().commit();
            return forgotten;
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "when forgetting a pipeline");
        }
    }
}
