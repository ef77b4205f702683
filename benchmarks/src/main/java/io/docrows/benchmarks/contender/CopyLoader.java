package io.docrows.benchmarks.contender;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The floor: copies rows that were decoded, mapped, resolved and encoded beforehand, either into the tables as they
 * are, or into bare tables whose keys, constraints and indexes are built afterwards.
 */
final class CopyLoader implements Loader {

    private final boolean bare;
    private @Nullable Constraints constraints;

    private CopyLoader(boolean bare) {
        this.bare = bare;
    }

    static Loader indexed() {
        return new CopyLoader(false);
    }

    static Loader bare() {
        return new CopyLoader(true);
    }

    /** The files also hold what the migrations inserted. */
    @Override
    public void prepare(Job job) throws SQLException {
        try (Connection connection = job.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE " + job.shape().tableNames());
            if (bare) {
                constraints = Constraints.drop(connection, job.shape());
            }
        }
    }

    @Override
    public Map<String, Long> load(Job job) throws SQLException, IOException {
        try (Connection connection = job.dataSource().getConnection()) {
            new RowFiles(job.shape(), job.rows()).copyInto(connection);
            if (constraints != null) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET maintenance_work_mem = '512MB'");
                }
                constraints.create(connection);
            }
            RowFiles.advanceIdentities(connection, job.shape());
        }
        return Map.of();
    }
}
