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
 * @param dump the mongodump directory
 * @param rows a directory of binary COPY files, one per table, that hold the finished rows
 * @param writers how many writers to use where there is a choice
 */
public record Job(Shape shape, String jdbcUrl, Path dump, Path rows, int writers) {

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
