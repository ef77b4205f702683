package io.docrows.benchmarks;

import io.docrows.benchmarks.follow.FollowCommand;
import io.docrows.benchmarks.load.CheckCommand;
import io.docrows.benchmarks.load.LoadCommand;
import io.docrows.benchmarks.load.ServeCommand;
import io.docrows.benchmarks.micro.MicroCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures Docrows beside what else could do its work.",
        subcommands = {
            LoadCommand.class,
            FollowCommand.class,
            MicroCommand.class,
            CheckCommand.class,
            ServeCommand.class
        })
public final class Bench implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    private Bench() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        System.exit(line(writer(FileDescriptor.out), writer(FileDescriptor.err)).execute(args));
    }

    /**
     * The command line.
     *
     * @param out takes results
     * @param err takes progress and complaints
     * @return ready to execute
     */
    public static CommandLine line(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Bench())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
