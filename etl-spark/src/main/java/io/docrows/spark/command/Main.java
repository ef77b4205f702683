package io.docrows.spark.command;

import io.docrows.cli.Cli;
import io.docrows.cli.program.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program for {@code spark-submit}. Its commands and options are those of the command line; {@code run} loads on
 * the cluster. The pipelines are those whose providers are in the jars given by {@code --jars}.
 */
public final class Main {

    private Main() {}

    /**
     * Runs a command, and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        Cli.main(args, Main::program);
    }

    /**
     * What the command line is made of, for a JVM that goes on after a command.
     *
     * @return the commands, and the pipelines that are on the class path
     */
    public static Program program() {
        return new Program(
                Program.discovered(),
                Optional.empty(),
                List.of(),
                Map.of("run", SparkRunCommand::new),
                Optional.of(new ClusterFiles()));
    }
}
