package io.docrows.internal.compare;

import io.docrows.internal.orphan.FutureReference;
import io.docrows.internal.orphan.OrphanRows;
import io.docrows.internal.orphan.OrphanTables;
import io.docrows.internal.orphan.ReferringKey;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Deletions;
import io.docrows.run.RunOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says which rows a run would delete or mark, by the rules by which it does so. */
final class DeletionPlanning {

    private final Connection connection;
    private final List<CollectionMapping<?>> mappings;
    private final List<StagedCollection<?>> staged;
    private final RunOptions options;
    private final List<OrphanRows> deletions = new ArrayList<>();

    DeletionPlanning(
            Connection connection,
            String pipeline,
            List<CollectionMapping<?>> mappings,
            List<StagedCollection<?>> staged,
            RunOptions options) {
        this.connection = connection;
        this.mappings = mappings;
        this.staged = staged;
        this.options = options;
        Set<String> collections = new HashSet<>();
        for (StagedCollection<?> one : staged) {
            OrphanTables own = new OrphanTables(deletions.size());
            boolean first = collections.add(one.mapping().collection());
            deletions.add(
                    new OrphanRows(connection, pipeline, one.mapping(), one.catalog(), own, options.deletes(), first));
        }
    }

    void create(boolean bookkeeping) throws SQLException {
        for (OrphanRows deletion : deletions) {
            deletion.create(bookkeeping);
        }
    }

    void drop() throws SQLException {
        for (OrphanRows deletion : deletions) {
            deletion.drop();
        }
    }

    /** What would be done in each collection, once all of them were planned. */
    Map<String, Planned> plan() throws SQLException {
        for (int i = 0; i < staged.size(); i++) {
            StageTables stage = staged.get(i).tables();
            deletions.get(i).see(stage.documents(), stage.rejects());
            for (StagedCollection<?> other : staged) {
                if (other != staged.get(i)
                        && other.mapping()
                                .collection()
                                .equals(staged.get(i).mapping().collection())) {
                    deletions.get(i).seeOthers(other.tables().documents());
                    deletions.get(i).seeOthers(other.tables().rejects());
                }
            }
            deletions.get(i).find(staged.get(i).stage().unreadable());
        }
        List<OrphanRows> referringFirst = new ArrayList<>(deletions);
        Collections.reverse(referringFirst);
        OrphanRows.keepReferred(connection, referringFirst, mappings, this::future);
        Map<String, Planned> planned = new HashMap<>();
        for (OrphanRows deletion : deletions) {
            boolean tooMany = options.maxDeletes().isExceededBy(deletion.going(), deletion.all());
            planned.merge(deletion.mapping().collection(), new Planned(deletion.planned(), tooMany), Planned::plus);
        }
        return planned;
    }

    private List<FutureReference> future(ReferringKey key) {
        List<FutureReference> future = new ArrayList<>();
        for (ReferringKey.Source source : key.sources()) {
            for (StagedCollection<?> one : staged) {
                if (one.mapping().equals(source.mapping()) && source.link() == null) {
                    future(key, source.child(), one).ifPresent(future::add);
                }
            }
        }
        return future;
    }

    private static Optional<FutureReference> future(
            ReferringKey key, @Nullable ChildTable child, StagedCollection<?> staged) {
        TableTree tree = staged.tables().tree();
        @Nullable ChildTable staging = child == null ? null : tree.children().get(child.number());
        List<Reference> references = staging == null ? tree.documents().references() : staging.references();
        return references.stream()
                .filter(reference -> key.columns().equals(List.of(Sql.column(reference.column()))))
                .findFirst()
                .map(reference -> new FutureReference(tree, staging, reference));
    }

    /**
     * What would be done.
     *
     * @param deletions rows that would go and stay
     * @param tooMany whether that is more than the run may
     */
    record Planned(Deletions deletions, boolean tooMany) {

        Planned plus(Planned other) {
            return new Planned(deletions.plus(other.deletions), tooMany || other.tooMany);
        }
    }
}
