package io.docrows.testing;

import io.docrows.testing.Bookshop.Database;

/** What a database lacks under PostgreSQL 13, as far as it can be taken away from a later one. */
public final class Postgres13 {

    private Postgres13() {}

    /** The function that ends a session takes no time to wait. */
    public static void imitate(Database database) {
        database.execute("ALTER FUNCTION pg_catalog.pg_terminate_backend(int, bigint) RENAME TO pg_terminate_later;"
                + " CREATE FUNCTION pg_catalog.pg_terminate_backend(int) RETURNS boolean LANGUAGE sql"
                + " AS 'SELECT pg_catalog.pg_terminate_later($1, 0)'");
    }
}
