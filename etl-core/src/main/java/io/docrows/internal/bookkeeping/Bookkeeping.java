package io.docrows.internal.bookkeeping;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** jOOQ over one of the run's own connections. */
public final class Bookkeeping {

    private static final Settings SETTINGS = new Settings().withExecuteLogging(false);

    private Bookkeeping() {}

    /**
     * A connection as jOOQ wants it.
     *
     * @param connection stays the caller's, and its transaction too
     * @return for one statement or several
     */
    public static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
    }
}
