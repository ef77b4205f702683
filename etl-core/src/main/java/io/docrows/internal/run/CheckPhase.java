package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.metadata.BookkeepingSchema;
import io.docrows.internal.metadata.DroppedConstraints;
import io.docrows.internal.metadata.TableOwners;
import io.docrows.internal.orphan.CascadingKeys;
import io.docrows.internal.orphan.OrphanDeletion;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.target.TargetCheck;
import io.docrows.mapping.CollectionMapping;
import io.docrows.run.RunOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The first phase of a run: brings the library's own schema up to date, and makes sure that the tables are those that
 * were mapped, and the run's to fill.
 */
final class CheckPhase {

    private final String pipeline;
    private final DataSource target;
    private final RunOptions options;

    CheckPhase(String pipeline, DataSource target, RunOptions options) {
        this.pipeline = pipeline;
        this.target = target;
        this.options = options;
    }

    /**
     * Checks, and writes down who fills the tables.
     *
     * @param session the run's own connection
     * @param mappings every mapping of the pipeline
     * @param selected what the run loads
     * @return what the target says of the tables
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH}, or {@code INVALID_OPTION} if rows of others would go
     */
    Map<CollectionMapping<?>, TableCatalog> run(
            RunSession session, List<CollectionMapping<?>> mappings, List<CollectionMapping<?>> selected)
            throws SQLException {
        if (!session.call("reading the history of the schema docrows", BookkeepingSchema::createIfAbsent)) {
            BookkeepingSchema.migrate(target);
        }
        Map<CollectionMapping<?>, TableCatalog> catalogs = session.call(
                "checking the target's tables",
                connection -> TargetCheck.run(connection, selected, droppedUniques(connection)));
        session.call("checking who fills the tables", connection -> {
            CascadingKeys.requireNoneOfParts(connection, mappings, selected);
            OrphanDeletion.checkOwners(connection, pipeline, options, mappings, selected);
            TableOwners.add(connection, pipeline, selected);
            return null;
        });
        return catalogs;
    }

    private Set<String> droppedUniques(Connection connection) {
        return DroppedConstraints.of(connection, pipeline).stream()
                .flatMap(constraint -> constraint.uniqueColumns().stream())
                .collect(Collectors.toSet());
    }
}
