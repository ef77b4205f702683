package io.docrows.spark.command;

import io.docrows.spark.TargetFactory;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The target as the command line was given it: address, user, password and parameters of the driver. Files that it
 * names, such as certificates, have to be on each executor.
 *
 * @param driver PostgreSQL's own data source, which writes down what it was given
 */
record DriverTarget(PGSimpleDataSource driver) implements TargetFactory {

    @Override
    public DataSource dataSource() {
        return driver;
    }
}
