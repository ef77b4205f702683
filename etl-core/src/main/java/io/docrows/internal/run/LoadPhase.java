package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.bulkload.ConstraintDrop;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The phase of a run that loads its collections, one after the other. Constraints of a first load that do not decide
 * which rows there are are rebuilt while the next collections are loaded, unless those write into the same tables;
 * foreign keys when all collections are. Used once.
 */
final class LoadPhase {

    private final RunContext context;
    private final List<CollectionMapping<?>> mappings;
    private final List<MappedCollection> selected;
    private final Map<CollectionMapping<?>, TableCatalog> catalogs;
    private final boolean resumable;
    private final List<CollectionRun<?>> begun = new ArrayList<>();
    private @Nullable Future<?> rebuilding;

    /**
     * Prepares them.
     *
     * @param context the run
     * @param mappings all of the pipeline's mappings
     * @param selected those that the run reads, in load order
     * @param catalogs what the target says of their tables
     * @param resumable whether a later run may go on with this one
     */
    LoadPhase(
            RunContext context,
            List<CollectionMapping<?>> mappings,
            List<CollectionMapping<?>> selected,
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            boolean resumable) {
        this.context = context;
        this.mappings = mappings;
        this.selected = MappedCollection.of(selected);
        this.catalogs = catalogs;
        this.resumable = resumable;
    }

    /**
     * Loads them; ends when all constraints are rebuilt, or the run was stopped.
     *
     * @return what was loaded, also if the phase fails
     */
    LoadResult run() {
        DocrowsException failure = null;
        try {
            load();
        } catch (SQLException | RuntimeException | Error e) {
            failure = UnforeseenFailure.translate(e, "during the run");
        }
        return new LoadResult(
                begun.stream().flatMap(each -> each.result().stream()).toList(), failure);
    }

    private void load() throws SQLException {
        CollectionRun<?> current = begin(0);
        for (int number = 0; current != null; number++) {
            try (LogContext loading = LogContext.put("collection", current.collection())) {
                current.load();
            }
            CollectionRun<?> next = sharesTables(number) ? null : begin(number + 1);
            try (LogContext loading = LogContext.put("collection", current.collection())) {
                Future<?> rest = current.finish(next);
                rebuilding = rest == null ? rebuilding : rest;
            }
            current = next == null ? begin(number + 1) : next;
        }
        awaitConstraints();
        context.background().requireNoFailure();
        FirstLoad.rebuildForeignKeys(context);
    }

    private void awaitConstraints() throws SQLException {
        if (rebuilding != null) {
            context.background().await(rebuilding);
            rebuilding = null;
        }
    }

    private @Nullable CollectionRun<?> begin(int number) throws SQLException {
        if (number == selected.size() || context.isStopped()) {
            return null;
        }
        // Constraints are dropped under locks that the building of others would hold up.
        awaitConstraints();
        MappedCollection collection = selected.get(number);
        try (LogContext loading = LogContext.put("collection", collection.name())) {
            CollectionRun<?> run = run(CollectionWork.of(collection, catalogs));
            begun.add(run);
            run.begin(later(number));
            return run;
        }
    }

    private <D> CollectionRun<D> run(CollectionWork<D> work) {
        return new CollectionRun<>(context, mappings, work, catalogs, resumable);
    }

    private List<CollectionMapping<?>> later(int number) {
        return selected.subList(number + 1, selected.size()).stream()
                .<CollectionMapping<?>>flatMap(collection -> collection.mappings().stream())
                .toList();
    }

    /** Whether a later collection writes into a table of this one. */
    private boolean sharesTables(int number) {
        Set<String> tables = new HashSet<>();
        selected.get(number).mappings().forEach(mapping -> tables.addAll(ConstraintDrop.tables(mapping)));
        return later(number).stream()
                .flatMap(later -> ConstraintDrop.tables(later).stream())
                .anyMatch(tables::contains);
    }
}
