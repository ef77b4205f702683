package io.docrows.internal.compare;

import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.run.Selection;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.target.TargetCheck;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionVerification;
import io.docrows.report.VerifyReport;
import io.docrows.run.Cancellation;
import io.docrows.run.VerifyOptions;
import io.docrows.source.DocumentSource;
import io.docrows.source.ReadRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;

/** One comparison, from the lock to the report. Used once. */
public final class VerifyEngine {

    private static final int BATCH_DOCUMENTS = 10_000;
    private static final long BATCH_BYTES = 16L << 20;

    private final String pipeline;
    private final List<CollectionMapping<?>> mappings;
    private final DocumentSource source;
    private final DataSource target;
    private final VerifyOptions options;
    private final Cancellation cancellation;

    /**
     * Prepares a comparison.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param source where documents come from
     * @param target where rows are
     * @param options what to compare
     * @param cancellation stops it while documents are read
     */
    public VerifyEngine(
            String pipeline,
            List<CollectionMapping<?>> mappings,
            DocumentSource source,
            DataSource target,
            VerifyOptions options,
            Cancellation cancellation) {
        this.pipeline = pipeline;
        this.mappings = mappings;
        this.source = source;
        this.target = target;
        this.options = options;
        this.cancellation = cancellation;
    }

    /**
     * Compares.
     *
     * @return what was found
     * @throws io.docrows.error.DocrowsException if source or target fails
     */
    public VerifyReport run() {
        long started = System.nanoTime();
        List<CollectionMapping<?>> selected = Selection.of(pipeline, mappings, options.collections());
        List<CollectionVerification> collections = new ArrayList<>();
        try (CompareSession session = CompareSession.open(target, pipeline, "verify", !options.whileFollowed())) {
            session.requireRebuilt();
            Map<CollectionMapping<?>, TableCatalog> catalogs =
                    TargetCheck.run(session.connection(), selected, Set.of());
            try (StagedCollections staged = new StagedCollections(session, source, scope())) {
                staged.stage(selected, catalogs);
                if (!cancellation.isRequested()) {
                    compare(session, staged.all(), collections);
                }
            }
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "while comparing it with the source");
        }
        return new VerifyReport(
                pipeline,
                source.description(),
                collections.isEmpty(),
                Duration.ofNanos(System.nanoTime() - started),
                collections);
    }

    private Scope scope() {
        return new Scope(
                options.collections(),
                new ReadRequest(options.ids(), 1),
                Map.of(),
                OptionalLong.empty(),
                BATCH_DOCUMENTS,
                BATCH_BYTES,
                cancellation);
    }

    private void compare(
            CompareSession session, List<StagedCollection<?>> staged, List<CollectionVerification> collections)
            throws SQLException {
        Connection connection = session.connection();
        List<VerifyStatements> statements = new ArrayList<>();
        for (StagedCollection<?> collection : staged) {
            VerifyStatements sql = new VerifyStatements(
                    collection,
                    pipeline,
                    CollectionComparison.isPartial(collection, options),
                    session.hasBookkeeping());
            Statements.execute(connection, sql.differences().create());
            statements.add(sql);
        }
        session.beginSnapshot();
        for (int i = 0; i < staged.size(); i++) {
            collections.add(new CollectionComparison(connection, staged.get(i), statements.get(i), options).compare());
        }
        session.endSnapshot();
        for (VerifyStatements sql : statements) {
            Statements.execute(connection, sql.differences().drop());
        }
        connection.commit();
    }
}
