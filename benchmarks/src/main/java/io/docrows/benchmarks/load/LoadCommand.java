package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.data.DataSet;
import io.docrows.benchmarks.data.Shape;
import io.docrows.run.RunOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code load}: whole loads side by side. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Generates a mongodump, starts a PostgreSQL (fsync, synchronous_commit and full_page_writes on), lets every"
                    + " contender load the same documents in turn, compares the rows with the expected ones, and prints"
                    + " the medians. Before a second run the tables are vacuumed and analyzed, as autovacuum would do in"
                    + " the midst of it.",
            "Fails when a contender leaves other rows than it should; never because of a time."
        })
public final class LoadCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--shape",
            paramLabel = "gigs|orders",
            defaultValue = "gigs",
            description = "What is loaded. gigs: flat documents, a third users with skills, two thirds gigs. orders:"
                    + " orders with four items each, and no, one or two discounts an item, in three tables (default:"
                    + " gigs).")
    Shape shape = Shape.GIGS;

    @Option(
            names = "--documents",
            paramLabel = "N",
            description = "Documents in the dump, at least 3 (default: 300000 gigs, or 500000 orders).")
    @Nullable Integer wanted;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "3",
            description = "How often every contender loads; the table shows medians (default: 3).")
    int rounds;

    @Option(
            names = "--slow-rounds",
            paramLabel = "R",
            defaultValue = "1",
            description =
                    "How often those load that take long: orm-loop, jdbc-batch, jooq-batch and jooq-loader; at most"
                            + " as often as the others (default: 1).")
    int slowRounds;

    @Option(
            names = "--contenders",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = Names.class,
            description = "Only these, separated by commas: ${COMPLETION-CANDIDATES} (default: all).")
    List<String> contenders = new ArrayList<>();

    @Option(
            names = "--source",
            paramLabel = "dump|mongodb",
            defaultValue = "dump",
            description = "Where docrows reads. dump: from the dump, beside the other contenders. mongodb: docrows"
                    + " alone, from the dump and, in turn, from servers that send the same documents out of memory"
                    + " (default: dump).")
    Source source = Source.DUMP;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            split = ",",
            defaultValue = "0,1,10",
            description = "With --source mongodb: how long a round trip to each of the servers takes, in milliseconds"
                    + " (default: 0,1,10).")
    List<Integer> latencies = List.of();

    @Option(
            names = "--megabits",
            paramLabel = "N",
            defaultValue = "0",
            description = "With --source mongodb: how many megabits a second each server has for all of its replies"
                    + " together (default: as many as the machine sends).")
    int megabits;

    @Option(
            names = "--compressed",
            description = "With --source mongodb: measure each server once more with replies that are compressed by"
                    + " zlib. They are compressed in the first round, so take two at least.")
    boolean compressed;

    @Option(
            names = "--writers",
            paramLabel = "N",
            description = "Writers of docrows (default: what docrows does by default).")
    @Nullable Integer writers;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "One more option for the contenders' JVMs, for instance to record a profile; repeatable.")
    List<String> javaOptions = new ArrayList<>();

    @Option(
            names = "--no-archive",
            description =
                    "Let every contender load its classes from jars, as a plain java -jar does. Without it, all start"
                            + " from one archive of classes, which is made by letting each of them load a little.")
    boolean noArchive;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the dumps are written (default: a temporary directory, deleted at the end).")
    @Nullable Path directory;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How results are printed (default: text).")
    Output output = Output.TEXT;

    private enum Output {
        TEXT,
        JSON
    }

    private enum Source {
        DUMP,
        MONGODB
    }

    private static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Contender.values()).map(Contender::title).iterator();
        }
    }

    private LoadCommand() {}

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        int documents = documents();
        if (documents < 3 || rounds < 1 || slowRounds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--documents must be at least 3, and --rounds and --slow-rounds at least 1");
        }
        if (latencies.isEmpty() || latencies.stream().anyMatch(latency -> latency < 0) || megabits < 0) {
            throw new ParameterException(spec.commandLine(), "--latency and --megabits must not be less than 0");
        }
        if (source == Source.MONGODB && !contenders.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--source mongodb measures docrows alone; leave --contenders out");
        }
        List<Contender> chosen = source == Source.MONGODB ? List.of(Contender.DOCROWS) : chosen();
        Path place = directory == null ? temporary() : directory;
        try (TargetServer server = TargetServer.durable(shape)) {
            Map<Integer, DataSet.Pair> dataSets = new HashMap<>();
            DataSet.Pair all = write(dataSets, documents, place, server);
            for (Contender contender : chosen) {
                write(dataSets, size(contender), place, server);
            }
            ContenderProcesses processes = processes(server, chosen, place, all.original());
            Map<String, String> machine = Machine.describe(server.version(), processes);
            if (source == Source.MONGODB) {
                LiveReport report = new LiveReport(
                        shape,
                        machine,
                        rounds,
                        writers(),
                        new LiveBenchmark(server, processes, place, writers(), this::say).run(rounds, servers(), all));
                print(output == Output.JSON ? report.json() : report.text());
                return 0;
            }
            List<Measurement> measurements = new LoadBenchmark(server, processes, place, writers(), this::say)
                    .run(
                            chosen,
                            rounds,
                            slowRounds,
                            all,
                            contender -> Objects.requireNonNull(dataSets.get(size(contender))));
            LoadReport report = new LoadReport(shape, machine, rounds, writers(), measurements);
            print(output == Output.JSON ? report.json() : report.text());
            return 0;
        } catch (BenchmarkException e) {
            say(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private List<LiveBenchmark.Place> servers() {
        List<LiveBenchmark.Place> servers = new ArrayList<>();
        for (int latency : latencies) {
            servers.add(new LiveBenchmark.Place(latency, megabits, false));
            if (compressed) {
                servers.add(new LiveBenchmark.Place(latency, megabits, true));
            }
        }
        return servers;
    }

    private void print(String report) {
        spec.commandLine().getOut().print(report);
        spec.commandLine().getOut().flush();
    }

    private ContenderProcesses processes(TargetServer server, List<Contender> chosen, Path place, DataSet data)
            throws SQLException, IOException, InterruptedException {
        // How much a server holds is not known before it is asked.
        long bytes = source == Source.MONGODB ? Long.MAX_VALUE : data.bytes();
        ContenderProcesses cold = ContenderProcesses.cold(System.getProperty("java.class.path"), bytes, javaOptions);
        if (noArchive) {
            return cold;
        }
        say("letting every contender load a little, to make an archive of the classes that it takes");
        return new ArchiveTraining(server, place, writers(), source == Source.MONGODB).train(chosen, cold);
    }

    private List<Contender> chosen() {
        if (contenders.isEmpty()) {
            // With as many writers as docrows has anyway, it would take part twice.
            return Arrays.stream(Contender.values())
                    .filter(contender -> contender.loads(shape))
                    .filter(contender -> contender.writers().orElse(0) != writers())
                    .toList();
        }
        return contenders.stream().map(this::contender).toList();
    }

    private int writers() {
        return writers == null ? RunOptions.defaults().writers() : writers;
    }

    private Contender contender(String name) {
        Contender contender = Contender.named(name.strip())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--contenders: there is no " + name.strip() + "; choose from "
                                + String.join(", ", new Names())));
        if (!contender.loads(shape)) {
            throw new ParameterException(
                    spec.commandLine(), "--contenders: " + contender.title() + " does not load " + shape.title());
        }
        return contender;
    }

    private int documents() {
        return wanted == null ? shape.documents() : wanted;
    }

    private int size(Contender contender) {
        return Math.min(documents(), contender.sample().orElse(documents()));
    }

    private DataSet.Pair write(Map<Integer, DataSet.Pair> written, int size, Path place, TargetServer server)
            throws SQLException, IOException {
        DataSet.Pair there = written.get(size);
        if (there != null) {
            return there;
        }
        say("writing two dumps of " + size + " documents to " + place);
        DataSet.Pair pair = server.write(place.resolve("dumps-" + size), size);
        written.put(size, pair);
        return pair;
    }

    /** Deleted when the program ends, also when it is interrupted. */
    static Path temporary() throws IOException {
        Path directory = Files.createTempDirectory("docrows-benchmark");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory), "delete-dumps"));
        return directory;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
