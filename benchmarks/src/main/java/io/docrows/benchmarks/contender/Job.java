package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.Shape;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a contender is to do. Immutable.
 *
 * @param shape what is loaded
 * @param jdbcUrl a migrated database
 * @param source the mongodump directory, or the connection string of a server that holds the same documents
 * @param rows a directory of binary COPY files, one per table, that hold the finished rows
 * @param writers how many writers to use where there is a choice
 */
public record Job(Shape shape, String jdbcUrl, String source, Path rows, int writers) {

    private static final String SERVER = "mongodb://";

    /** Returns whether documents come from a server. */
    boolean isLive() {
        return source.startsWith(SERVER);
    }

    /** Returns the mongodump directory. */
    Path dump() {
        return Path.of(source);
    }

    /** Returns a data source without a pool. */
    PGSimpleDataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        return dataSource;
    }

    /** Opens a connection in which batches of inserts become inserts of many rows. */
    Connection connectRewritingBatches() throws SQLException {
        PGSimpleDataSource dataSource = dataSource();
        dataSource.setReWriteBatchedInserts(true);
        return dataSource.getConnection();
    }
}
