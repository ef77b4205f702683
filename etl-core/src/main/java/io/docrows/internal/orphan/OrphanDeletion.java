package io.docrows.internal.orphan;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.mapping.SharedTables;
import io.docrows.internal.metadata.DeletionStore;
import io.docrows.internal.metadata.TableOwners;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.Transaction;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Deletions;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteMode;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phase of a run that deletes or marks orphaned rows: all keys are read, then everything goes in one transaction,
 * over the connection that holds the pipeline's lock. May be repeated from its beginning.
 */
public final class OrphanDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanDeletion.class);

    private final String pipeline;
    private final long run;
    private final List<CollectionMapping<?>> mappings;
    private final List<CollectionMapping<?>> selected;
    private final Map<CollectionMapping<?>, TableCatalog> catalogs;
    private final DocumentSource source;
    private final RunOptions options;
    private final Cancellation cancellation;

    /**
     * What was done.
     *
     * @param byCollection with the rows of each collection; empty if the run was cancelled before anything was
     * @param makesRoom whether other documents can have now what a row that went, or its document, had
     */
    public record Result(Map<String, Deletions> byCollection, boolean makesRoom) {

        private static final Result NOTHING = new Result(Map.of(), false);

        /** Copies the map. */
        public Result {
            byCollection = Map.copyOf(byCollection);
        }
    }

    /**
     * Prepares the phase.
     *
     * @param pipeline the pipeline's name
     * @param run the run's number
     * @param mappings every mapping of the pipeline
     * @param selected those that were loaded, in load order
     * @param catalogs what the target says of the tables of those
     * @param source where documents come from
     * @param options what to do, and what limits it
     * @param cancellation stops the phase before anything is done
     */
    public OrphanDeletion(
            String pipeline,
            long run,
            List<CollectionMapping<?>> mappings,
            List<CollectionMapping<?>> selected,
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            DocumentSource source,
            RunOptions options,
            Cancellation cancellation) {
        this.pipeline = pipeline;
        this.run = run;
        this.mappings = mappings;
        this.selected = selected;
        this.catalogs = catalogs;
        this.source = source;
        this.options = options;
        this.cancellation = cancellation;
    }

    /**
     * Does it.
     *
     * @param connection with auto-commit, which it has again afterwards
     * @return what was done
     * @throws SQLException if PostgreSQL fails; nothing was done then
     * @throws DocrowsException {@code TOO_MANY_DELETES} if a limit is exceeded; nothing was done then
     */
    public Result run(Connection connection) throws SQLException {
        List<OrphanRows> deletions = new ArrayList<>();
        Map<CollectionMapping<?>, OrphanTables> tables = new HashMap<>();
        Set<String> collections = new HashSet<>();
        for (CollectionMapping<?> mapping : selected) {
            OrphanTables own = new OrphanTables(tables.size());
            tables.put(mapping, own);
            deletions.add(new OrphanRows(
                    connection,
                    pipeline,
                    mapping,
                    Objects.requireNonNull(catalogs.get(mapping)),
                    own,
                    options.deletes(),
                    collections.add(mapping.collection())));
        }
        Result done;
        try {
            done = Transaction.of(connection, transaction -> {
                boolean complete = true;
                for (List<OrphanRows> collection : byCollection(deletions)) {
                    complete = complete && scan(transaction, collection, tables);
                }
                if (!complete) {
                    return Result.NOTHING;
                }
                // Rows go before those that they refer to.
                Collections.reverse(deletions);
                return delete(transaction, deletions);
            });
        } catch (SQLException | RuntimeException | Error failure) {
            try {
                drop(deletions);
            } catch (SQLException broken) {
                failure.addSuppressed(broken);
            }
            throw failure;
        }
        drop(deletions);
        return done;
    }

    private static void drop(List<OrphanRows> deletions) throws SQLException {
        for (OrphanRows deletion : deletions) {
            deletion.drop();
        }
    }

    /**
     * Refuses what cannot be done, before a run begins.
     *
     * @param options what to do
     * @param mappings every mapping of the pipeline
     * @param selected the mappings to be loaded
     * @param whole whether the collections are going to be read whole
     * @throws DocrowsException {@code INVALID_OPTION} if rows are to be deleted after a partial read, or marked without
     *     a column for it
     */
    public static void check(
            RunOptions options,
            List<CollectionMapping<?>> mappings,
            List<CollectionMapping<?>> selected,
            boolean whole) {
        if (options.deletes() == DeleteMode.IGNORE) {
            return;
        }
        if (!whole) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "Orphaned rows can only be found when whole collections are read. Leave out _ids, the limit and"
                            + " the retry of rejects, or set deletes to ignore.");
        }
        List<String> mixed = SharedTables.mixed(mappings, selected);
        if (!mixed.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "Nothing tells the rows of several mappings apart, so none is deleted or marked: "
                            + String.join("; ", mixed)
                            + ". Set deletes to ignore, or name what tells the rows apart with owns(column, value) in each"
                            + " of the mappings.");
        }
        List<String> unmarked = selected.stream()
                .filter(mapping -> mapping.deletedAt().isEmpty())
                .map(CollectionMapping::collection)
                .toList();
        if (options.deletes() == DeleteMode.MARK && !unmarked.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "Rows can only be marked if the mapping names a column with deletedAt, which these do" + " not: "
                            + String.join(", ", unmarked) + ".");
        }
    }

    /**
     * Refuses to let rows go of tables that other pipelines or collections fill, too, and rows with which others would
     * go whose documents still exist.
     *
     * @param connection a connection to the target
     * @param pipeline the pipeline's name
     * @param options what to do
     * @param mappings every mapping of the pipeline
     * @param selected the mappings to be loaded
     * @throws SQLException if PostgreSQL fails
     * @throws DocrowsException {@code INVALID_OPTION}, naming the others
     */
    public static void checkOwners(
            Connection connection,
            String pipeline,
            RunOptions options,
            List<CollectionMapping<?>> mappings,
            List<CollectionMapping<?>> selected)
            throws SQLException {
        if (options.deletes() != DeleteMode.IGNORE) {
            TableOwners.requireNoOthers(connection, pipeline, selected);
        }
        if (options.deletes() == DeleteMode.DELETE) {
            CascadingKeys.requireNoneOfOrphans(connection, mappings, selected);
        }
    }

    /** The rows of each collection together, in the order of their first mappings. */
    private static Collection<List<OrphanRows>> byCollection(List<OrphanRows> deletions) {
        Map<String, List<OrphanRows>> collections = new LinkedHashMap<>();
        deletions.forEach(deletion -> collections
                .computeIfAbsent(deletion.mapping().collection(), name -> new ArrayList<>())
                .add(deletion));
        return collections.values();
    }

    /** Reads a collection once, for all of its mappings. */
    private boolean scan(
            Connection connection, List<OrphanRows> collection, Map<CollectionMapping<?>, OrphanTables> tables)
            throws SQLException {
        KeyScan scan = new KeyScan(
                connection,
                collection.stream()
                        .<CollectionMapping<?>>map(OrphanRows::mapping)
                        .toList());
        for (OrphanRows deletion : collection) {
            deletion.create(true);
            scan.add(
                    deletion.mapping(),
                    Objects.requireNonNull(tables.get(deletion.mapping())),
                    deletion.identified(),
                    Objects.requireNonNull(catalogs.get(deletion.mapping())));
        }
        connection.commit();
        if (!scan.read(source, cancellation)) {
            return false;
        }
        for (OrphanRows deletion : collection) {
            long unreadable = scan.unreadable(deletion.mapping());
            if (unreadable > 0) {
                LOG.warn(
                        "{} documents of {} have no readable key, so it is unknown which rows are theirs; none is"
                                + " deleted",
                        unreadable,
                        deletion.mapping().collection());
            }
            Statements.execute(
                    connection,
                    "ANALYZE "
                            + Objects.requireNonNull(tables.get(deletion.mapping()))
                                    .seen());
            deletion.find(unreadable);
            connection.commit();
        }
        return true;
    }

    private Result delete(Connection connection, List<OrphanRows> deletions) throws SQLException {
        OrphanRows.keepReferred(connection, deletions, mappings, key -> List.of());
        List<String> exceeded = new ArrayList<>();
        for (OrphanRows deletion : deletions) {
            long going = deletion.going();
            long all = deletion.all();
            if (options.maxDeletes().isExceededBy(going, all)) {
                exceeded.add(going + " of " + all + " in "
                        + deletion.mapping().table().getName());
            }
        }
        if (!exceeded.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.TOO_MANY_DELETES,
                    "More rows are orphaned than the limit of " + options.maxDeletes() + " allows: "
                            + String.join(", ", exceeded)
                            + ". None was deleted. Check that the source is the right one and complete; if it is, run"
                            + " again with a higher limit.");
        }
        Map<String, Deletions> done = new LinkedHashMap<>();
        boolean makesRoom = false;
        for (OrphanRows deletion : deletions) {
            done.merge(deletion.mapping().collection(), deletion.delete(mappings, run), Deletions::plus);
            makesRoom |= deletion.release();
        }
        for (Map.Entry<String, Deletions> collection : done.entrySet()) {
            // Adds to what an attempt did whose COMMIT took effect without an answer.
            collection.setValue(DeletionStore.add(connection, run, collection.getKey(), collection.getValue()));
            makesRoom |= collection.getValue().deleted() > 0;
        }
        return new Result(done, makesRoom);
    }
}
