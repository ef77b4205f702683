package io.docrows.runner.command;

import io.docrows.Pipeline;
import io.docrows.run.Cancellation;
import io.docrows.runner.connection.SourceAddress;
import io.docrows.runner.connection.Sources;
import io.docrows.runner.connection.TargetAddress;
import io.docrows.runner.connection.TargetDatabase;
import io.docrows.runner.option.OutputOption;
import io.docrows.runner.option.SelectionOptions;
import io.docrows.runner.option.SourceOption;
import io.docrows.runner.option.TargetOption;
import io.docrows.runner.schema.ShippedPipeline;
import io.docrows.runner.session.Interruption;
import io.docrows.runner.session.Session;
import io.docrows.source.DocumentSource;
import java.util.Map;
import picocli.CommandLine.Mixin;

/**
 * What the commands have in common that hold a source against a target whose schema is current, and write nothing.
 *
 * @param <T> what is found
 */
abstract class ComparisonCommand<T> extends SessionCommand {

    /** The one that compares, and one for a look at the schema. */
    private static final int CONNECTIONS = 2;

    @Mixin
    SourceOption source = new SourceOption();

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Mixin
    OutputOption output = new OutputOption();

    ComparisonCommand(Session session) {
        super(session);
    }

    abstract T compare(Pipeline pipeline, Cancellation cancellation);

    abstract int exitCode(T found);

    abstract String text(T found, String database);

    abstract Map<String, Object> json(T found, String database, int exitCode);

    @Override
    protected final boolean json() {
        return output.json();
    }

    @Override
    protected final int execute() {
        Cancellation cancellation = new Cancellation();
        SourceAddress from = source.address(session());
        TargetAddress to = target.existing(session());
        try (DocumentSource documents = Sources.open(from);
                TargetDatabase database = TargetDatabase.open(to, CONNECTIONS);
                Interruption.Guard guard = session().interruption().during(cancellation)) {
            ShippedPipeline.schema(database).requireCurrent();
            T found = compare(ShippedPipeline.pipeline().source(documents).target(database.dataSource()), cancellation);
            int exitCode = exitCode(found);
            if (json()) {
                printJson(json(found, database.description(), exitCode));
            } else {
                print(text(found, database.description()));
            }
            return exitCode;
        }
    }
}
