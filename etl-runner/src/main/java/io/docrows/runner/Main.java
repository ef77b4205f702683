package io.docrows.runner;

import io.docrows.cli.Cli;
import io.docrows.cli.program.Program;
import io.docrows.runner.demo.DemoCommand;
import io.docrows.runner.demo.SampleServer;
import java.util.List;
import java.util.Optional;

/** The program: the command line, the gigs pipeline, and a demo on its sample documents. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        Cli.main(args, Main::program);
    }

    /**
     * What this program is made of.
     *
     * @return the pipelines on the class path, the sample documents, and {@code demo}
     */
    public static Program program() {
        return new Program(Program.discovered(), Optional.of(SampleServer::open), List.of(DemoCommand::new));
    }
}
