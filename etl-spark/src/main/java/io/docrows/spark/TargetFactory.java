package io.docrows.spark;

import java.io.Serializable;
import javax.sql.DataSource;

/**
 * Makes the way to the target, in the driver and once in each executor. It holds a password, or knows where the process
 * has one: the first is sent to the executors with each task, so the network must be trusted, or Spark's encryption on
 * ({@code spark.authenticate} and {@code spark.network.crypto.enabled}).
 */
@FunctionalInterface
public interface TargetFactory extends Serializable {

    /**
     * Makes a data source.
     *
     * @return PostgreSQL's own, without a pool: the load counts its connections
     */
    DataSource dataSource();
}
