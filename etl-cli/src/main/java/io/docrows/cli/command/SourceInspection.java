package io.docrows.cli.command;

import io.docrows.cli.option.LogOptions;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Session;
import io.docrows.inspect.InspectOptions;
import io.docrows.inspect.Inspector;
import io.docrows.inspect.fact.Inspection;
import io.docrows.run.Cancellation;
import io.docrows.source.DocumentSource;
import java.util.Optional;

/** Inspects a source, with progress and in such a way that a signal can stop it. */
final class SourceInspection {

    private final Session session;
    private final LogOptions log;
    private final boolean progress;

    /**
     * Inspects.
     *
     * @param session what the command takes from its process
     * @param log how it logs
     * @param progress whether progress is shown
     */
    SourceInspection(Session session, LogOptions log, boolean progress) {
        this.session = session;
        this.log = log;
        this.progress = progress;
    }

    /** What was found; empty if a signal came before everything was read. Closes the source. */
    Optional<Inspection> of(DocumentSource source, InspectOptions options) {
        Cancellation cancellation = new Cancellation();
        try (DocumentSource documents = source;
                Interruption.Guard guard = session.interruption().during(cancellation);
                Follower follower = Follower.of(session, log, progress, cancellation)) {
            return Inspector.of(documents)
                    .inspect(options.cancellation(cancellation).listener(new InspectProgress(follower.listener())));
        }
    }
}
