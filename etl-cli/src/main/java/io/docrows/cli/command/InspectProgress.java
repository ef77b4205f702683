package io.docrows.cli.command;

import io.docrows.inspect.InspectListener;
import io.docrows.report.Counts;
import io.docrows.run.RunListener;
import java.util.OptionalLong;

/** Tells what follows a run how far an inspection is. */
final class InspectProgress implements InspectListener {

    private final RunListener listener;
    private String collection = "";

    InspectProgress(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void started(String name, String pass, OptionalLong documents) {
        collection = pass.isEmpty() ? name : name + " (" + pass + ")";
        listener.collectionStarted(collection, documents, Counts.NONE);
    }

    @Override
    public synchronized void read(long documents) {
        listener.batchCommitted(collection, new Counts(documents, 0, 0, documents, 0, 0));
    }
}
