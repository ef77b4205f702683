package io.docrows.cli.command;

import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.session.Session;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code completion}: teaches a shell to complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints a script with which bash or zsh completes commands, options and their values.",
            "It completes both ./etl and etl. In zsh, load it after compinit."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(./etl completion)      for this shell",
            "  ./etl completion > ~/.local/share/bash-completion/completions/etl      for every new bash"
        })
final class CompletionCommand extends SessionCommand {

    CompletionCommand(Session session) {
        super(session);
    }

    /** A script is needed to write the configuration, too. */
    @Override
    void requireValidConfiguration() {}

    @Override
    protected int execute() {
        session().out().print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
