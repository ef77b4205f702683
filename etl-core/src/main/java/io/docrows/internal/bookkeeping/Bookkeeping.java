package io.docrows.internal.bookkeeping;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** jOOQ over one of the run's own connections. */
final class Bookkeeping {

    private static final Settings SETTINGS = new Settings().withExecuteLogging(false);

    private Bookkeeping() {}

    static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
    }
}
