package io.docrows.cli.command;

import io.docrows.cli.session.Session;
import java.util.List;

/** The commands right below {@code etl} that have none below them. */
public final class Commands {

    private Commands() {}

    /**
     * The commands, in the order of the help.
     *
     * @param session what they take from their process
     * @return objects that picocli understands
     */
    public static List<Object> of(Session session) {
        return List.of(
                new RunCommand(session),
                new PlanCommand(session),
                new VerifyCommand(session),
                new InspectCommand(session),
                new ScaffoldCommand(session),
                new MigrateCommand(session),
                new TablesCommand(session),
                new StatusCommand(session),
                new ConfigCommand(session),
                new CompletionCommand(session));
    }
}
