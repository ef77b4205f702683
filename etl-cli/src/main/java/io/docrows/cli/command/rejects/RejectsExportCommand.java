package io.docrows.cli.command.rejects;

import io.docrows.cli.command.SessionCommand;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.output.RejectsExportFile;
import io.docrows.cli.output.RejectsOutput;
import io.docrows.cli.session.Session;
import io.docrows.reject.Rejects;
import io.docrows.run.RejectFilter;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rejects export}: rejected documents as a dump. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes rejected documents, byte for byte, as a dump that ./etl run --source and mongorestore read. They"
                    + " stay rejected.",
            "A PATH that ends in .bson or .bson.gz is a file for the documents of one collection, whose name the file"
                    + " should have (users.bson); any other is a directory that gets one file for each collection. Nothing"
                    + " is overwritten."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl rejects export rejected --target embedded",
            "  ./etl run --source rejected --collections users --target embedded",
            "  ./etl rejects export users.bson.gz --collections users --codes INVALID_VALUE --target embedded"
        })
final class RejectsExportCommand extends SessionCommand {

    @Parameters(paramLabel = "PATH", arity = "1", description = "The directory or file to write.")
    @Nullable Path path;

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    RejectOptions which = new RejectOptions();

    @Option(names = "--gzip", description = "Compress the files of a directory.")
    boolean gzip;

    @Mixin
    OutputOption output = new OutputOption();

    RejectsExportCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    protected int execute() {
        Path given = java.util.Objects.requireNonNull(path);
        Path place = session().directory().resolve(given);
        RejectFilter filter = which.filter();
        try (TargetDatabase database = TargetDatabase.open(target.existing(session()), 2)) {
            String pipeline = pipeline().name();
            Rejects rejects = Rejects.of(database.dataSource(), pipeline);
            SortedMap<String, Long> written = export(rejects, filter, place);
            RejectsOutput printer = new RejectsOutput(pipeline, database.description());
            if (json()) {
                printJson(printer.exportJson(place, written));
            } else {
                print(printer.export(given, written, target.again(session())));
            }
        }
        return ExitCode.DONE;
    }

    private SortedMap<String, Long> export(Rejects rejects, RejectFilter filter, Path place) {
        String name = String.valueOf(place.getFileName());
        if (!RejectsExportFile.isOne(name)) {
            return rejects.exportDirectory(filter, place, gzip);
        }
        String collection = rejects.counts(filter).stream()
                .map(count -> count.collection())
                .findFirst()
                .orElse("");
        long documents = rejects.export(filter, place);
        return new TreeMap<>(documents == 0 ? Map.of() : Map.of(collection, documents));
    }
}
