package io.docrows.cli.command;

import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.inspect.InspectJson;
import io.docrows.cli.inspect.InspectReport;
import io.docrows.cli.inspect.InspectText;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.SourceOption;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.inspect.InspectOptions;
import io.docrows.inspect.fact.Inspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inspect}: what is really in the collections of a source. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads every document of a source and shows what is in it: the types of each field with their counts, what is"
                    + " missing or null, lengths and ranges, keys, references between collections, what PostgreSQL cannot"
                    + " hold, and tables that would hold the rest. Needs no pipeline and no target, and writes nothing.",
            "No values of documents are shown, except _ids, unless you ask for them with --show-values."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl inspect --source dump/shop",
            "  ./etl inspect --source dump/shop --report shop.html",
            "  ./etl inspect --source mongodb://localhost/shop --collections orders,users --sample 10000",
            "  ./etl inspect --source dump/shop --output json > shop.json"
        })
final class InspectCommand extends SessionCommand {

    private static final Logger LOG = LoggerFactory.getLogger(InspectCommand.class);

    @Mixin
    SourceOption source = new SourceOption();

    @Option(
            names = "--collections",
            paramLabel = "NAME",
            split = ",",
            description = "Only these collections; separated by commas, repeatable.")
    List<String> collections = new ArrayList<>();

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Read only about N documents of each collection (default: every document).")
    @Nullable Long sample;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads measure (default: one for each processor). The result is the same.")
    @Nullable Integer threads;

    @Option(
            names = "--show-values",
            description =
                    "Also show values of documents, such as the smallest number or the members of an enum: take care"
                            + " where the output goes.")
    boolean values;

    @Mixin
    OutputOption output = new OutputOption();

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a web page with all of it to this file: fields, findings, proposed tables. If that"
                    + " fails, the rest is printed all the same, and the exit code is 2.")
    @Nullable Path page;

    @Option(
            names = "--progress",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show progress on standard error: bars in a terminal, log lines elsewhere (default: on).")
    boolean progress = true;

    InspectCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    public void check() {
        super.check();
        options();
        report();
    }

    private Optional<InspectReport> report() {
        return Optional.ofNullable(page)
                .map(file -> new InspectReport(session().directory().resolve(file)));
    }

    private InspectOptions options() {
        try {
            Set<String> names = new LinkedHashSet<>();
            collections.forEach(name -> names.add(name.strip()));
            InspectOptions options = InspectOptions.defaults().collections(names);
            options = sample == null ? options : options.sample(sample);
            return threads == null ? options : options.threads(threads);
        } catch (IllegalArgumentException e) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    protected int execute() {
        InspectOptions options = options();
        Optional<InspectReport> report = report();
        Optional<Inspection> found =
                new SourceInspection(session(), log(), progress).of(open(source.address(session())), options);
        if (found.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        boolean written = report.isEmpty() || isWritten(report.get(), found.get());
        int exitCode = written ? ExitCode.DONE : ExitCode.USAGE;
        if (json()) {
            printJson(InspectJson.of(found.get(), values, exitCode));
        } else {
            print(InspectText.of(found.get(), values, Follower.width(session())));
        }
        return exitCode;
    }

    private boolean isWritten(InspectReport report, Inspection found) {
        try {
            report.write(found, values);
            return true;
        } catch (IOException e) {
            // What was found is printed nevertheless: to read everything again would be worse.
            LOG.error(
                    "--report: the page could not be written to {} ({}); what was found is printed all the same",
                    page,
                    e.getMessage());
            return false;
        }
    }
}
