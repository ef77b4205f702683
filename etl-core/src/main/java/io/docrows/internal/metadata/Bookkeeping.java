package io.docrows.internal.metadata;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.postgres.SessionDataSource;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.postgres.StoredTextConverter;
import io.docrows.internal.postgres.TargetSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * jOOQ on the library's own tables. It logs nothing: its log of results would show documents. Texts of others are
 * stored in a form that the target's encoding has, see {@link StoredText}.
 */
public final class Bookkeeping {

    /** Schema, table or column that is not there (PostgreSQL documentation, appendix "Error Codes"). */
    private static final Set<String> UNDEFINED = Set.of("3F000", "42P01", "42703");

    private static final Settings SETTINGS = new Settings().withExecuteLogging(false);

    private Bookkeeping() {}

    /**
     * Over a connection of one's own.
     *
     * @param connection stays the caller's
     * @return queries over that connection
     */
    public static DSLContext on(Connection connection) {
        DSLContext jooq = DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
        know(jooq.configuration(), connection);
        return jooq;
    }

    /**
     * Over a connection for each query.
     *
     * @param target connections to the target
     * @return queries, each over a connection that is given back
     */
    public static DSLContext on(DataSource target) {
        DSLContext jooq = DSL.using(SessionDataSource.over(target, "docrows"), SQLDialect.POSTGRES, SETTINGS);
        // Asked first: jOOQ converts what it binds before it takes a connection.
        try (TargetSession session = TargetSession.open(target, true, "docrows")) {
            know(jooq.configuration(), session.connection());
        }
        return jooq;
    }

    /**
     * Asks what a target remembers, without making it remember anything: where the table is not there, neither it nor
     * the schema is made.
     *
     * @param target connections to the target
     * @param table the table that is asked, without the schema
     * @param nothing the answer where it is not there
     * @param question asks
     * @param <T> the answer's type
     * @return the answer
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if the schema is not that of this release
     * @throws DataAccessException if PostgreSQL fails otherwise
     */
    public static <T> T ask(DataSource target, String table, T nothing, Function<DSLContext, T> question) {
        DSLContext jooq = on(target);
        try {
            boolean there = jooq.fetchExists(DSL.selectOne().where(DSL.condition(BookkeepingTables.isThere(table))));
            return there ? question.apply(jooq) : nothing;
        } catch (DataAccessException e) {
            if (UNDEFINED.contains(e.sqlState())) {
                throw new DocrowsException(
                        ErrorCode.TARGET_SCHEMA_MISMATCH,
                        "The schema docrows in the target is not that of this release. A run upgrades it.",
                        e);
            }
            throw e;
        }
    }

    private static void know(Configuration configuration, Connection connection) {
        try {
            configuration.data(StoredTextConverter.KEY, StoredText.of(connection));
        } catch (SQLException e) {
            throw new DataAccessException("the encoding of the target cannot be found out", e);
        }
    }
}
