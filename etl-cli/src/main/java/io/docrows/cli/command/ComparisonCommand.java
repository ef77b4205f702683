package io.docrows.cli.command;

import io.docrows.ConnectedPipeline;
import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.connection.TargetAddress;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.SelectionOptions;
import io.docrows.cli.option.SourceOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.schema.TargetSchema;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Session;
import io.docrows.run.Cancellation;
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

    abstract T compare(ConnectedPipeline pipeline, Cancellation cancellation);

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
        try (DocumentSource documents = open(from);
                TargetDatabase database = TargetDatabase.open(to, CONNECTIONS);
                Interruption.Guard guard = session().interruption().during(cancellation)) {
            TargetSchema.of(pipeline(), database).requireCurrent();
            T found = compare(pipeline().pipeline().source(documents).target(database.dataSource()), cancellation);
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
