package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.benchmarks.contender.RowFiles;
import io.docrows.benchmarks.data.Content;
import io.docrows.benchmarks.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lets every contender load the same data, in turn and round after round. Not thread-safe. */
final class LoadBenchmark {

    private final TargetServer server;
    private final ContenderProcesses processes;
    private final Path rows;
    private final int writers;
    private final Consumer<String> progress;
    private final Function<DataSet, Optional<String>> sources;
    private boolean rowsWritten;

    /** Loads from dumps. */
    LoadBenchmark(
            TargetServer server, ContenderProcesses processes, Path directory, int writers, Consumer<String> progress) {
        this(
                server,
                processes,
                directory,
                writers,
                progress,
                data -> Optional.of(data.dump().toString()));
    }

    /** Loads from where each data set is to be had; a phase whose data are not to be had is left out. */
    LoadBenchmark(
            TargetServer server,
            ContenderProcesses processes,
            Path directory,
            int writers,
            Consumer<String> progress,
            Function<DataSet, Optional<String>> sources) {
        this.server = server;
        this.processes = processes;
        this.rows = directory.resolve("rows");
        this.writers = writers;
        this.progress = progress;
        this.sources = sources;
    }

    /**
     * Measures.
     *
     * @param contenders who takes part
     * @param rounds how often each loads
     * @param slowRounds how often those load that take long
     * @param data everything
     * @param loaded what each of them loads: everything, or a smaller data set
     * @return a measurement for each contender, phase and round
     * @throws BenchmarkException if a contender leaves other rows than it should
     */
    List<Measurement> run(
            List<Contender> contenders,
            int rounds,
            int slowRounds,
            DataSet.Pair data,
            Function<Contender, DataSet.Pair> loaded)
            throws SQLException, IOException, InterruptedException {
        List<Contender> order = new ArrayList<>(contenders);
        List<Measurement> measurements = new ArrayList<>();
        boolean rowsWanted = contenders.stream().anyMatch(Contender::copiesRows);
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : order) {
                if (round <= (contender.isSlow() ? slowRounds : rounds)) {
                    if (contender.copiesRows() && !rowsWritten) {
                        loadForRows(data.original());
                    }
                    DataSet.Pair own = loaded.apply(contender);
                    measurements.addAll(measure(contender, round, own, rowsWanted && own.equals(data)));
                }
            }
            // Whoever came first comes last in the next round: nobody always follows the same other.
            Collections.rotate(order, -1);
        }
        return measurements;
    }

    private List<Measurement> measure(Contender contender, int round, DataSet.Pair own, boolean rowsWanted)
            throws SQLException, IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        try (TargetServer.Database database = server.fresh()) {
            List<String> constraints = database.constraints();
            for (Phase phase : Phase.values()) {
                DataSet data = phase == Phase.CHANGED ? own.changed() : own.original();
                Optional<String> source = sources.apply(data);
                if (contender.takesPartIn(phase) && source.isPresent()) {
                    measurements.add(measure(contender, phase, round, database, data, source.get()));
                    if (rowsWanted && !rowsWritten && phase == Phase.FIRST) {
                        writeRows(database);
                    }
                }
            }
            if (!database.constraints().equals(constraints)) {
                throw new BenchmarkException(contender.title() + " left other constraints or indexes than it found");
            }
        }
        return measurements;
    }

    /** The finished rows for those contenders that only copy them, where nobody has loaded everything before them. */
    private void loadForRows(DataSet data) throws SQLException, IOException, InterruptedException {
        progress.accept("loading once to have finished rows");
        try (TargetServer.Database database = server.fresh()) {
            processes.run(Contender.DOCROWS, job(database, data.dump().toString(), writers));
            compare(Contender.DOCROWS, Phase.FIRST, data.content(), database.content());
            writeRows(database);
        }
    }

    private void writeRows(TargetServer.Database database) throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            new RowFiles(server.shape(), rows).write(connection);
        }
        rowsWritten = true;
    }

    private Measurement measure(
            Contender contender, Phase phase, int round, TargetServer.Database database, DataSet data, String source)
            throws SQLException, IOException, InterruptedException {
        if (phase != Phase.FIRST) {
            // Or autovacuum would do so at some time: to whichever contender is at work then.
            database.vacuum();
        }
        long versionsBefore = database.rowVersions();
        Machine.settle();
        double cpuBefore = server.cpuSeconds();
        ContenderResult result = processes.run(
                contender, job(database, source, contender.writers().orElse(writers)));
        double cpu = server.cpuSeconds() - cpuBefore;
        long versions = database.rowVersions() - versionsBefore;
        compare(contender, phase, data.content(), database.content());
        if (contender == Contender.DOCROWS && phase == Phase.UNCHANGED && versions != 0) {
            throw new BenchmarkException("docrows wrote " + versions + " row versions over an unchanged source");
        }
        progress.accept(String.format(
                Locale.ROOT,
                "round %d  %-12s  %-11s  %8.2f s  %,9.0f documents/s",
                round,
                contender.title(),
                phase.title(),
                result.seconds(),
                data.documents() / result.seconds()));
        return new Measurement(contender, phase, round, data.documents(), versions, cpu, result);
    }

    private Job job(TargetServer.Database database, String source, int number) {
        return new Job(server.shape(), database.jdbcUrl(), source, rows, number);
    }

    private static void compare(Contender contender, Phase phase, Content expected, Content found) {
        for (String table : expected.tables().keySet()) {
            Content.Rows wanted = expected.tables().get(table);
            Content.Rows there = found.tables().get(table);
            if (!wanted.equals(there)) {
                throw new BenchmarkException(contender.title() + ", " + phase.title() + ": the table " + table
                        + " holds other rows than it should: expected " + wanted + ", found " + there);
            }
        }
    }
}
