package io.docrows.internal.write;

import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.Rendered;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.MissingReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Field;

/**
 * The staged documents whose own rows refer to rows that have not arrived: their references are empty until they do,
 * and are remembered. Those of elements are {@link PendingDocuments}. Not thread-safe.
 */
final class PendingRows {

    private final Connection connection;
    private final RowTable rows;
    private final List<Reference> references;
    private final long run;
    private final Rendered rendered = new Rendered();

    PendingRows(Connection connection, TableTree tree, long run) {
        this.connection = connection;
        this.rows = tree.documents();
        this.references = rows.references().stream()
                .filter(reference -> reference.mapping().whenMissing() == MissingReference.PENDING)
                .toList();
        this.run = run;
    }

    /** Whether any row of the table waits. */
    boolean any() throws SQLException {
        for (Reference reference : references) {
            if (any(reference)) {
                return true;
            }
        }
        return false;
    }

    private boolean any(Reference reference) throws SQLException {
        String any = rendered.of(
                "any " + reference.number(), () -> statements(reference).any());
        return !Statements.rows(connection, any, row -> row.getInt(1)).isEmpty();
    }

    /** Forgets what staged documents waited for and wait for no longer. */
    void settle() throws SQLException {
        for (Reference reference : references) {
            if (any(reference)) {
                Statements.execute(
                        connection,
                        rendered.of(
                                "settle " + reference.number(),
                                () -> statements(reference)
                                        .settle(
                                                rows.documents("s"),
                                                rows.key().stagedText("s"),
                                                referencedKey(reference),
                                                rows.parentIsMissing(reference))));
            }
        }
    }

    /** Remembers what staged documents wait for. */
    void remember() throws SQLException {
        for (Reference reference : references) {
            Statements.execute(
                    connection,
                    rendered.of(
                            "remember " + reference.number(),
                            () -> statements(reference)
                                    .remember(
                                            rows.documents("s"),
                                            rows.parentIsMissing(reference),
                                            rows.key().stagedText("s"),
                                            referencedKey(reference),
                                            run)));
        }
    }

    private PendingReferenceStatements statements(Reference reference) {
        return new PendingReferenceStatements(rows.mapping().table(), List.of(reference.column()));
    }

    private static Field<String> referencedKey(Reference reference) {
        return Terms.text(Terms.staged("s", reference.key()));
    }
}
