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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
            deletions.get(i).see(stage.documents());
            deletions.get(i).see(stage.rejects());
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
        Map<String, Planned> planned = new HashMap<>();
        for (int i = staged.size() - 1; i >= 0; i--) {
            CollectionMapping<?> mapping = staged.get(i).mapping();
            OrphanRows deletion = deletions.get(i);
            deletion.keepReferred(ReferringKey.of(connection, deletion, mappings, deletions), this::future);
            boolean tooMany = options.maxDeletes().isExceededBy(deletion.going(), deletion.all());
            planned.merge(mapping.collection(), new Planned(deletion.planned(), tooMany), Planned::plus);
        }
        return planned;
    }

    private @Nullable FutureReference future(ReferringKey key) {
        for (StagedCollection<?> one : staged) {
            if (one.mapping().equals(key.source().mapping())) {
                TableTree tree = one.tables().tree();
                @Nullable ChildTable child = key.source().child();
                @Nullable ChildTable staging = child == null ? null : tree.children().get(child.number());
                List<Reference> references = staging == null ? tree.documents().references() : staging.references();
                for (Reference reference : references) {
                    if (key.columns().equals(List.of(Sql.column(reference.column())))) {
                        return new FutureReference(tree, staging, one.catalog(), reference);
                    }
                }
            }
        }
        return null;
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
