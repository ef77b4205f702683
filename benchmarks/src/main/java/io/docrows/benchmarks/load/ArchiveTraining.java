package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.benchmarks.contender.RowFiles;
import io.docrows.benchmarks.data.DataSet;
import io.docrows.benchmarks.replay.ReplayServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The loads from which the archive of classes is made: every contender once in each of its phases, with a data set that
 * is small, but larger than the batches of all of them. Immutable.
 */
final class ArchiveTraining {

    private static final int DOCUMENTS = 3_000;

    /** Makes a sample of it slow and nothing else, so it gets by with fewer. */
    private static final int DOCUMENTS_ONE_BY_ONE = 300;

    private final TargetServer server;
    private final Path directory;
    private final int writers;
    private final boolean live;

    /**
     * Prepares.
     *
     * @param live whether documents are loaded from a server, too
     */
    ArchiveTraining(TargetServer server, Path directory, int writers, boolean live) {
        this.server = server;
        this.directory = directory.resolve("training");
        this.writers = writers;
        this.live = live;
    }

    /**
     * Makes the archive.
     *
     * @param contenders who will take part
     * @param cold processes without an archive
     * @return processes with it
     * @throws BenchmarkException if it cannot be made
     */
    ContenderProcesses train(List<Contender> contenders, ContenderProcesses cold)
            throws SQLException, IOException, InterruptedException {
        DataSet.Pair many = server.write(directory.resolve("dumps"), DOCUMENTS);
        DataSet.Pair few = server.write(directory.resolve("fewer-dumps"), DOCUMENTS_ONE_BY_ONE);
        Path rows = directory.resolve("rows");
        List<TargetServer.Database> databases = new ArrayList<>();
        try (ReplayServer replay =
                ReplayServer.start(ReplayServer.Documents.of(many.original().dump()), ReplayServer.Link.NONE)) {
            if (contenders.stream().anyMatch(Contender::copiesRows)) {
                databases.add(writeRows(many, rows));
            }
            List<ContenderProcesses.Load> loads = new ArrayList<>();
            for (Contender contender : contenders) {
                TargetServer.Database database = server.fresh("training_of_" + name(contender));
                databases.add(database);
                DataSet.Pair data = contender == Contender.ORM_LOOP ? few : many;
                for (Phase phase : Phase.values()) {
                    if (contender.takesPartIn(phase)) {
                        DataSet loaded = phase == Phase.CHANGED ? data.changed() : data.original();
                        loads.add(load(contender, database, loaded.dump().toString(), rows));
                    }
                }
                if (live) {
                    loads.add(load(contender, database, replay.uri(), rows));
                }
            }
            return cold.archived(directory.resolve("classes.jsa"), loads);
        } finally {
            for (TargetServer.Database database : databases) {
                database.close();
            }
        }
    }

    private ContenderProcesses.Load load(
            Contender contender, TargetServer.Database database, String source, Path rows) {
        int number = contender.writers().orElse(writers);
        return new ContenderProcesses.Load(
                contender, new Job(server.shape(), database.jdbcUrl(), source, rows, number));
    }

    private TargetServer.Database writeRows(DataSet.Pair data, Path rows) throws SQLException, IOException {
        TargetServer.Database database = server.fresh("training_of_rows");
        try (Connection connection = database.connect()) {
            Job job = new Job(
                    server.shape(), database.jdbcUrl(), data.original().dump().toString(), rows, writers);
            Contender.DOCROWS.loader(server.shape()).load(job);
            new RowFiles(server.shape(), rows).write(connection);
            return database;
        } catch (SQLException | IOException e) {
            database.close();
            throw e;
        } catch (Exception e) {
            database.close();
            throw new BenchmarkException("docrows failed before the first round: " + e);
        }
    }

    private static String name(Contender contender) {
        return contender.name().toLowerCase(Locale.ROOT);
    }
}
