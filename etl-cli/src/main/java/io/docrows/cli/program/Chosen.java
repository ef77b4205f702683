package io.docrows.cli.program;

import io.docrows.PipelineProvider;
import java.util.List;

/** The command above all others, which knows what the program is made of and which pipeline was chosen. */
public interface Chosen {

    /**
     * What the program is made of.
     *
     * @return its pipelines, samples and commands
     */
    Program program();

    /**
     * The pipeline that the command is about.
     *
     * @return the only one, or the one that was named
     * @throws io.docrows.error.DocrowsException {@code INVALID_OPTION} if there are several and none was named, or none
     *     of that name
     */
    PipelineProvider pipeline();

    /**
     * The pipelines that an option can be about before a command is executed.
     *
     * @return the chosen pipeline only, or all of them while none is chosen
     * @throws io.docrows.error.DocrowsException {@code INVALID_OPTION} if there is none of the name that was given
     */
    List<PipelineProvider> candidates();
}
