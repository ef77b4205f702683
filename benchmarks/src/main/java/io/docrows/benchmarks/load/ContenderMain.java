package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import io.docrows.benchmarks.contender.Loader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.json.JsonMapper;

/** The process of one contender: loads once, and says on standard output, as one line of JSON, what it took. */
public final class ContenderMain {

    private ContenderMain() {}

    /**
     * Loads.
     *
     * @param args contender, JDBC URL, directory of the dump, directory of finished rows, writers
     * @throws Exception if it cannot
     */
    public static void main(String[] args) throws Exception {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        Loader loader = Contender.named(args[0]).orElseThrow().loader();
        Job job = new Job(args[1], Path.of(args[2]), Path.of(args[3]), Integer.parseInt(args[4]));
        loader.prepare(job);
        try (Connection connection = connect(args[1]);
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            String before = text(statement, "SELECT pg_current_wal_insert_lsn()");
            double cpuBefore = cpuSeconds();
            long started = System.nanoTime();
            Map<String, Long> counts = loader.load(job);
            double seconds = (System.nanoTime() - started) / 1e9;
            double cpu = cpuSeconds() - cpuBefore;
            long wal = Long.parseLong(
                    text(statement, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '" + before + "')::bigint"));
            ContenderResult result =
                    new ContenderResult(seconds, cpu, wal, Memory.peakResident(), Memory.peakHeap(), counts);
            System.out.println(JsonMapper.shared().writeValueAsString(result));
        }
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    private static Connection connect(String jdbcUrl) throws java.sql.SQLException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        return dataSource.getConnection();
    }

    private static String text(Statement statement, String sql) throws java.sql.SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
