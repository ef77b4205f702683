package io.docrows.internal.bookkeeping;

import io.docrows.internal.postgres.SessionDataSource;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** jOOQ on the library's own tables. It logs nothing: its log of results would show documents. */
public final class Bookkeeping {

    private static final Settings SETTINGS = new Settings().withExecuteLogging(false);

    private Bookkeeping() {}

    /**
     * Over a connection of one's own.
     *
     * @param connection stays the caller's
     * @return queries over that connection
     */
    public static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
    }

    /**
     * Over a connection for each query.
     *
     * @param target connections to the target
     * @return queries, each over a connection that is given back
     */
    public static DSLContext on(DataSource target) {
        return DSL.using(SessionDataSource.over(target, "docrows"), SQLDialect.POSTGRES, SETTINGS);
    }
}
