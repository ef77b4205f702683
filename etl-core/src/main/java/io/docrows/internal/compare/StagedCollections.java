package io.docrows.internal.compare;

import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.source.DocumentSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The staged collections of one session. Not thread-safe. */
final class StagedCollections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StagedCollections.class);

    private static final String TABLES = "SELECT 'pg_temp.' || quote_ident(relname) FROM pg_class"
            + " WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r' AND relname LIKE 'docrows\\_%'";

    private final CompareSession session;
    private final DocumentSource source;
    private final Scope scope;
    private final List<StagedCollection<?>> staged = new ArrayList<>();

    StagedCollections(CompareSession session, DocumentSource source, Scope scope) {
        this.session = session;
        this.source = source;
        this.scope = scope;
    }

    /** Stages collections one after the other, until all are or the scope is cancelled. */
    void stage(List<CollectionMapping<?>> mappings, Map<CollectionMapping<?>, TableCatalog> catalogs)
            throws SQLException {
        for (MappedCollection collection : MappedCollection.of(mappings)) {
            if (scope.cancellation().isRequested()) {
                return;
            }
            int number = staged.size();
            if (collection.mappings().size() > 1) {
                staged.addAll(StagedCollection.stageAll(session, number, collection, catalogs, source, scope));
            } else {
                CollectionMapping<?> only = collection.first();
                staged.add(StagedCollection.stage(
                        session, number, only, Objects.requireNonNull(catalogs.get(only)), source, scope));
            }
        }
    }

    /** What was staged, in the order of the load. */
    List<StagedCollection<?>> all() {
        return List.copyOf(staged);
    }

    /**
     * Drops the tables, and whatever was made beside them and not dropped, for connections that go back to a pool. Does
     * not throw: a broken connection has none.
     */
    @Override
    public void close() {
        try {
            session.connection().rollback();
            List<String> tables =
                    Statements.rows(session.connection(), TABLES, row -> "DROP TABLE " + row.getString(1));
            Statements.execute(session.connection(), tables);
            session.connection().commit();
        } catch (SQLException e) {
            LOG.debug("staging tables were not dropped, SQLSTATE {}", e.getSQLState());
        }
    }
}
