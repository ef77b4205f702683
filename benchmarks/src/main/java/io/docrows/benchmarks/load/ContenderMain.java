package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import io.docrows.benchmarks.contender.Loader;
import io.docrows.benchmarks.data.Shape;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.json.JsonMapper;

/** The process of one contender: loads, and says on standard output, as a line of JSON for each load, what it took. */
public final class ContenderMain {

    private ContenderMain() {}

    /**
     * Loads: once to measure, or several times to have an archive made of all classes. Standard input has six lines for
     * each load: contender, shape, JDBC URL, directory of the dump or connection string, directory of finished rows,
     * writers.
     *
     * @param args none
     * @throws Exception if it cannot
     */
    public static void main(String[] args) throws Exception {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        Iterator<String> lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .iterator();
        while (lines.hasNext()) {
            Contender contender = Contender.named(lines.next()).orElseThrow();
            Shape shape = Shape.named(lines.next()).orElseThrow();
            Job job = new Job(shape, lines.next(), lines.next(), Path.of(lines.next()), Integer.parseInt(lines.next()));
            System.out.println(JsonMapper.shared().writeValueAsString(load(contender.loader(shape), job)));
        }
    }

    private static ContenderResult load(Loader loader, Job job) throws Exception {
        loader.prepare(job);
        try (Connection connection = connect(job.jdbcUrl());
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
            return new ContenderResult(seconds, cpu, wal, Memory.peakResident(), Memory.peakHeap(), counts);
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
