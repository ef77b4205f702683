package io.docrows;

import io.docrows.internal.postgres.PoolerCheck;
import io.docrows.internal.postgres.SessionDataSource;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * Connections to a target with the settings of the library's own sessions, for what else a program does there: whatever
 * role, database or a pool have set makes no difference to what statements mean.
 */
public final class TargetSessions {

    private TargetSessions() {}

    /**
     * Connections for queries. The search path is PostgreSQL's own schema: tables have to be named with theirs.
     *
     * @param target where connections come from
     * @param name shown as {@code application_name} in PostgreSQL's views
     * @return as thread-safe as the target; its {@code getConnection()} throws a
     *     {@link io.docrows.error.DocrowsException} ({@code TARGET_UNAVAILABLE}) where there is none to be had, or a
     *     pooler in transaction mode
     */
    public static DataSource forQueries(DataSource target, String name) {
        return SessionDataSource.over(target, name);
    }

    /**
     * Connections for Flyway. Names without a schema are looked for in PostgreSQL's own, then in the schema that Flyway
     * was told to use, then in those of extensions, and nowhere else. What a migration sets in its session ends with
     * it.
     *
     * @param target where connections come from
     * @param name shown as {@code application_name} in PostgreSQL's views
     * @return as thread-safe as the target; its {@code getConnection()} throws what the target throws, and a
     *     {@link io.docrows.error.DocrowsException} ({@code TARGET_UNAVAILABLE}) where there is a pooler in transaction
     *     mode
     */
    public static DataSource forMigrations(DataSource target, String name) {
        return SessionDataSource.forMigrations(target, name);
    }

    /**
     * Refuses a pooler that gives each transaction to another server process, before anything is done through it.
     *
     * @param connection one that is open already, outside of a transaction
     * @param target where others come from; one more is taken for a moment, but only behind a pooler
     * @throws io.docrows.error.DocrowsException {@code TARGET_UNAVAILABLE} if there is one
     */
    public static void refuseTransactionPooler(Connection connection, DataSource target) {
        PoolerCheck.refuseTransactionPooler(connection, target);
    }
}
