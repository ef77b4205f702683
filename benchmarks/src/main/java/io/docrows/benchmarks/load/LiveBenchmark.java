package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.data.DataSet;
import io.docrows.benchmarks.replay.ReplayServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets docrows load the same documents from a dump and from servers that are near or far, in turn. Not thread-safe. */
final class LiveBenchmark {

    private final TargetServer server;
    private final ContenderProcesses processes;
    private final Path directory;
    private final int writers;
    private final Consumer<String> progress;

    LiveBenchmark(
            TargetServer server, ContenderProcesses processes, Path directory, int writers, Consumer<String> progress) {
        this.server = server;
        this.processes = processes;
        this.directory = directory;
        this.writers = writers;
        this.progress = progress;
    }

    /**
     * One load from one place.
     *
     * @param place where the documents were
     * @param measurement what it took
     */
    record Load(Place place, Measurement measurement) {}

    /**
     * Where documents are.
     *
     * @param latency how long a round trip to the server takes, in milliseconds; negative for the dump
     * @param megabits how many megabits a second come from there; 0 for as many as there are
     * @param compressed whether they come compressed
     */
    record Place(int latency, int megabits, boolean compressed) {

        static final Place DUMP = new Place(-1, 0, false);

        String title() {
            return this.equals(DUMP)
                    ? "dump"
                    : "mongodb, " + latency + " ms" + (megabits == 0 ? "" : ", " + megabits + " Mbit/s")
                            + (compressed ? ", zlib" : "");
        }

        private ReplayServer.Link link() {
            return new ReplayServer.Link(Duration.ofMillis(Math.max(0, latency)), megabits, compressed);
        }
    }

    /**
     * Measures.
     *
     * @param rounds how often from each place
     * @param servers where the servers are
     * @param data the documents
     * @return a load for each place, phase and round
     * @throws BenchmarkException if other rows come of it than should
     */
    List<Load> run(int rounds, List<Place> servers, DataSet.Pair data)
            throws SQLException, IOException, InterruptedException {
        List<Place> places = new ArrayList<>(List.of(Place.DUMP));
        places.addAll(servers);
        ReplayServer.Documents documents =
                ReplayServer.Documents.of(data.original().dump());
        List<Load> loads = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            progress.accept("round " + round + " of " + rounds);
            for (Place place : places) {
                for (Measurement measurement : measure(place, documents, data)) {
                    loads.add(new Load(place, measurement));
                }
            }
            // Nobody always follows the same other.
            Collections.rotate(places, -1);
        }
        return loads;
    }

    private List<Measurement> measure(Place place, ReplayServer.Documents documents, DataSet.Pair data)
            throws SQLException, IOException, InterruptedException {
        try (ReplayServer replay = ReplayServer.start(documents, place.link())) {
            String source = place.equals(Place.DUMP) ? data.original().dump().toString() : replay.uri();
            return new LoadBenchmark(
                            server,
                            processes,
                            directory,
                            writers,
                            line -> progress.accept(line + "  from " + place.title()),
                            loaded -> loaded.equals(data.original()) ? Optional.of(source) : Optional.empty())
                    .run(List.of(Contender.DOCROWS), 1, 1, data, contender -> data);
        }
    }
}
