package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.metadata.DroppedConstraints;
import io.docrows.internal.postgres.TargetErrors;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.target.TargetCheck;
import io.docrows.mapping.CollectionMapping;
import io.docrows.source.DocumentSource;
import io.docrows.source.ReadRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What can be found out about source and target before either is used, without changing anything. */
public final class Preflight {

    private Preflight() {}

    /**
     * Makes sure that the source holds every collection that is wanted.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings
     * @param source where documents come from
     * @param collections the collections asked for; empty for all
     * @throws DocrowsException {@code SOURCE_COLLECTION_MISSING}, in the source's own words
     */
    public static void source(
            String pipeline, List<CollectionMapping<?>> mappings, DocumentSource source, Set<String> collections) {
        List<CollectionMapping<?>> selected = Selection.of(pipeline, mappings, collections);
        Set<String> present = source.collections();
        for (CollectionMapping<?> mapping : selected) {
            if (!present.contains(mapping.collection())) {
                // The source knows best what stands in the place of a collection, and says it when it is to be read.
                source.partitions(mapping.collection(), new ReadRequest(List.of(), 1, List.of(), Optional.empty()));
            }
        }
    }

    /**
     * Makes sure that the target's tables are those that the mappings were compiled for.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings
     * @param target where rows go
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH}, listing everything that differs
     */
    public static void target(String pipeline, List<CollectionMapping<?>> mappings, DataSource target) {
        try (TargetSession session = TargetSession.open(target, true, "docrows " + pipeline + " check")) {
            TargetCheck.run(session.connection(), mappings, dropped(session.connection(), pipeline));
        } catch (SQLException e) {
            throw TargetErrors.translate(e, "while its tables were checked");
        }
    }

    private static Set<String> dropped(Connection connection, String pipeline) throws SQLException {
        return DroppedConstraints.readable(connection, pipeline).stream()
                .flatMap(constraint -> constraint.uniqueColumns().stream())
                .collect(Collectors.toSet());
    }
}
