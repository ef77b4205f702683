package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.data.DataSet;
import io.docrows.benchmarks.data.Shape;
import io.docrows.run.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: a small load beside that of the last release. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Loads a fixed, small dump with docrows and with the driver's own batches, in turn, and compares the"
                    + " processor time with the figures of the last release, in units of those batches: so that another"
                    + " machine, or one that is busy, makes little difference.",
            "Ends with 1 when a phase takes more than it did then. For maintainers, before a release; no build runs it."
        })
public final class CheckCommand implements Callable<Integer> {

    private static final List<Contender> CONTENDERS = List.of(Contender.DOCROWS, ReleaseFigures.YARDSTICK);

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--documents", hidden = true, defaultValue = "30000")
    int documents;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "5",
            description = "How often both load; medians count (default: 5).")
    int rounds;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "How much more a phase may take (default: 10).")
    int tolerance;

    @Option(
            names = "--keep",
            paramLabel = "RELEASE",
            description = "Keep the figures as those of this release, instead of comparing them.")
    @Nullable String release;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "${sys:docrows.home:-.}/benchmarks/last-release.json",
            description = "Where the figures are kept (default: benchmarks/last-release.json).")
    Path file = Path.of("");

    private CheckCommand() {}

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        try {
            if (release != null) {
                measure(release).write(file);
                say("kept in " + file);
                return 0;
            }
            ReleaseFigures then = ReleaseFigures.read(file);
            ReleaseFigures now = measure("now");
            spec.commandLine().getOut().print(now.beside(then));
            spec.commandLine().getOut().flush();
            List<String> slower = now.docrows().keySet().stream()
                    .filter(phase -> now.times(phase, then) > 1 + tolerance / 100.0)
                    .toList();
            slower.forEach(phase ->
                    say(phase + " takes more than " + tolerance + " % more processor time than " + then.release()));
            return slower.isEmpty() ? 0 : 1;
        } catch (BenchmarkException e) {
            say(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private ReleaseFigures measure(String name) throws SQLException, IOException, InterruptedException {
        int writers = RunOptions.defaults().writers();
        Path place = LoadCommand.temporary();
        try (TargetServer server = TargetServer.durable(Shape.GIGS)) {
            DataSet.Pair data = server.write(place.resolve("dumps"), documents);
            ContenderProcesses processes = new ArchiveTraining(server, place, writers, false)
                    .train(
                            CONTENDERS,
                            ContenderProcesses.cold(
                                    System.getProperty("java.class.path"),
                                    data.original().bytes(),
                                    List.of()));
            List<Measurement> measurements = new LoadBenchmark(server, processes, place, writers, this::say)
                    .run(CONTENDERS, rounds, rounds, data, contender -> data);
            return ReleaseFigures.of(
                    name,
                    String.join(
                            ", ", Machine.describe(server.version(), processes).values()),
                    documents,
                    measurements);
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
