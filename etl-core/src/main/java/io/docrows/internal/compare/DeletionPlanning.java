package io.docrows.internal.compare;

import io.docrows.internal.orphan.FutureReference;
import io.docrows.internal.orphan.OrphanRows;
import io.docrows.internal.orphan.OrphanTables;
import io.docrows.internal.orphan.ReferringKey;
import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.report.Deletions;
import io.docrows.run.RunOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which rows a run would delete or mark, by the rules by which it does so. */
final class DeletionPlanning {

    private final Connection connection;
    private final List<CollectionMapping<?>> mappings;
    private final List<StagedCollection<?>> staged;
    private final RunOptions options;
    private final Map<CollectionMapping<?>, OrphanTables> tables = new HashMap<>();
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
        for (StagedCollection<?> one : staged) {
            OrphanTables own = new OrphanTables(deletions.size());
            tables.put(one.mapping(), own);
            deletions.add(new OrphanRows(connection, pipeline, one.mapping(), one.catalog(), own, options.deletes()));
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
            deletions.get(i).find(staged.get(i).stage().unreadable());
        }
        Map<String, Planned> planned = new HashMap<>();
        for (int i = staged.size() - 1; i >= 0; i--) {
            CollectionMapping<?> mapping = staged.get(i).mapping();
            OrphanRows deletion = deletions.get(i);
            deletion.keepReferred(ReferringKey.of(connection, mapping, mappings, tables), this::future);
            boolean tooMany = options.maxDeletes().isExceededBy(deletion.going(), deletion.all());
            planned.put(mapping.collection(), new Planned(deletion.planned(), tooMany));
        }
        return planned;
    }

    private @Nullable FutureReference future(ReferringKey key) {
        for (StagedCollection<?> child : staged) {
            for (ReferenceMapping<?> reference : child.mapping().references()) {
                if (child.mapping().equals(key.mapping())
                        && key.columns().equals(List.of(Sql.column(reference.column())))) {
                    return new FutureReference(child.tables().documents(), child.mapping(), child.catalog(), reference);
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
    record Planned(Deletions deletions, boolean tooMany) {}
}
