package io.docrows.cli.command.rejects;

import io.docrows.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rejects}: the commands that work through rejected documents. */
@Command(
        name = "rejects",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Handles documents that could not be loaded. They are kept, byte for byte, in docrows.reject until they"
                    + " are loaded or discarded.",
            "docs/errors.md explains the codes."
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl rejects list --target embedded",
            "  ./etl rejects show 12 --document --target embedded",
            "  ./etl rejects retry --codes MISSING_REFERENCE --target embedded"
        })
public final class RejectsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    private RejectsCommand() {}

    /**
     * The commands on rejects.
     *
     * @param session what they take from their process
     * @return this command, with those below it
     */
    public static CommandLine line(Session session) {
        return new CommandLine(new RejectsCommand())
                .addSubcommand(new RejectsListCommand(session))
                .addSubcommand(new RejectsShowCommand(session))
                .addSubcommand(new RejectsExportCommand(session))
                .addSubcommand(new RejectsRetryCommand(session))
                .addSubcommand(new RejectsDiscardCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
