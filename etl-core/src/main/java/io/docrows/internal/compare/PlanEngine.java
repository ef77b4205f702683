package io.docrows.internal.compare;

import io.docrows.internal.incremental.Increment;
import io.docrows.internal.incremental.Increments;
import io.docrows.internal.orphan.CascadingKeys;
import io.docrows.internal.orphan.OrphanDeletion;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.run.Selection;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.target.TargetCheck;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionPlan;
import io.docrows.report.PlanReport;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteMode;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Plans one run, from the lock to the report. Used once. */
public final class PlanEngine {

    private final String pipeline;
    private final List<CollectionMapping<?>> mappings;
    private final DocumentSource source;
    private final DataSource target;
    private final RunOptions options;
    private final Cancellation cancellation;

    /**
     * Prepares a plan.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param source where documents come from
     * @param target where rows would go
     * @param options those of the run
     * @param cancellation stops it while documents are read
     */
    public PlanEngine(
            String pipeline,
            List<CollectionMapping<?>> mappings,
            DocumentSource source,
            DataSource target,
            RunOptions options,
            Cancellation cancellation) {
        this.pipeline = pipeline;
        this.mappings = mappings;
        this.source = source;
        this.target = target;
        this.options = options;
        this.cancellation = cancellation;
    }

    /**
     * Plans.
     *
     * @return what the run would do
     * @throws io.docrows.error.DocrowsException if source or target fails
     */
    public PlanReport run() {
        long started = System.nanoTime();
        List<CollectionMapping<?>> selected = Selection.of(pipeline, mappings, options.collections());
        OrphanDeletion.check(options, mappings, selected, !options.partial());
        List<CollectionPlan> collections = new ArrayList<>();
        try (CompareSession session = CompareSession.open(target, pipeline, "plan", true)) {
            CascadingKeys.requireNoneOfParts(session.connection(), mappings, selected);
            OrphanDeletion.checkOwners(session.connection(), pipeline, options, mappings, selected);
            session.requireRebuilt();
            Map<CollectionMapping<?>, TableCatalog> catalogs =
                    TargetCheck.run(session.connection(), selected, Set.of());
            Map<String, Increment> increments = session.hasBookkeeping()
                    ? Increments.of(
                            session.connection(), pipeline, source.description(), selected, options, !options.partial())
                    : Map.of();
            session.connection().commit();
            try (StagedCollections staged =
                    new StagedCollections(session, source, Scope.of(options, increments, cancellation))) {
                staged.stage(selected, catalogs);
                if (!cancellation.isRequested()) {
                    plan(session, staged.all(), increments, collections);
                }
            }
            return new PlanReport(
                    pipeline,
                    source.description(),
                    collections.isEmpty(),
                    !session.hasBookkeeping(),
                    Duration.ofNanos(System.nanoTime() - started),
                    collections);
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "while planning");
        }
    }

    private void plan(
            CompareSession session,
            List<StagedCollection<?>> staged,
            Map<String, Increment> increments,
            List<CollectionPlan> collections)
            throws SQLException {
        Connection connection = session.connection();
        List<CollectionPlanning> plannings = new ArrayList<>();
        for (int i = 0; i < staged.size(); i++) {
            StagedCollection<?> one = staged.get(i);
            // What is loaded later is not there yet, and refers to this one at the most.
            Parents parents = new Parents(staged.subList(0, i + 1));
            PlanStatements sql = new PlanStatements(one, parents, session.hasBookkeeping());
            CollectionPlanning planning = new CollectionPlanning(connection, one, sql);
            planning.create();
            plannings.add(planning);
        }
        DeletionPlanning deletions = new DeletionPlanning(
                connection, pipeline, mappings, options.deletes() == DeleteMode.IGNORE ? List.of() : staged, options);
        deletions.create(session.hasBookkeeping());
        session.beginSnapshot();
        List<CollectionPlanning> planned = new ArrayList<>();
        for (List<CollectionPlanning> together : byCollection(plannings)) {
            for (CollectionPlanning planning : together) {
                for (CollectionPlanning earlier : planned) {
                    planning.refuseKeysOf(earlier);
                }
                planned.add(planning);
            }
            collections.add(
                    together.size() == 1 ? together.get(0).plan() : new SharedPlanning(connection, together).plan());
        }
        Map<String, DeletionPlanning.Planned> orphans = deletions.plan();
        collections.replaceAll(one -> complete(one, orphans.get(one.collection()), increments.get(one.collection())));
        session.endSnapshot();
        deletions.drop();
        for (CollectionPlanning planning : plannings) {
            planning.drop();
        }
        connection.commit();
    }

    private static Collection<List<CollectionPlanning>> byCollection(List<CollectionPlanning> plannings) {
        Map<String, List<CollectionPlanning>> collections = new LinkedHashMap<>();
        plannings.forEach(planning -> collections
                .computeIfAbsent(planning.staged().mapping().collection(), name -> new ArrayList<>())
                .add(planning));
        return collections.values();
    }

    /** Adds what is known once all collections are planned. */
    private static CollectionPlan complete(
            CollectionPlan plan, DeletionPlanning.@Nullable Planned deletions, @Nullable Increment increment) {
        return new CollectionPlan(
                plan.collection(),
                plan.table(),
                plan.counts(),
                plan.updates(),
                plan.rejectsByCode(),
                deletions == null ? plan.deletions() : deletions.deletions(),
                deletions != null && deletions.tooMany(),
                increment == null ? plan.since() : Optional.of(increment.since()),
                plan.waitingReferences(),
                plan.drift(),
                plan.duration());
    }
}
