package io.docrows.cli.command;

import io.docrows.cli.session.Session;
import java.util.List;

/** The commands right below {@code etl} that have none below them. */
public final class Commands {

    /** Their names, in the order of the help. */
    public static final List<String> NAMES = List.of(
            "run",
            "watch",
            "plan",
            "verify",
            "inspect",
            "scaffold",
            "migrate",
            "tables",
            "status",
            "config",
            "completion");

    private Commands() {}

    /**
     * Makes a command. The classes of the others are not even loaded.
     *
     * @param name one of {@link #NAMES}
     * @param session what the command takes from its process
     * @return an object that picocli understands
     */
    public static Object named(String name, Session session) {
        return switch (name) {
            case "run" -> new RunCommand(session);
            case "watch" -> new WatchCommand(session);
            case "plan" -> new PlanCommand(session);
            case "verify" -> new VerifyCommand(session);
            case "inspect" -> new InspectCommand(session);
            case "scaffold" -> new ScaffoldCommand(session);
            case "migrate" -> new MigrateCommand(session);
            case "tables" -> new TablesCommand(session);
            case "status" -> new StatusCommand(session);
            case "config" -> new ConfigCommand(session);
            case "completion" -> new CompletionCommand(session);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
