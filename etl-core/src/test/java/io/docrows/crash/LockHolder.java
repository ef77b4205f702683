package io.docrows.crash;

import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.MemorySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A process of its own that stops in the middle of a run, until it is told to go on or is killed. */
final class LockHolder {

    /** Printed when a part of the documents is committed, and the next is being read. */
    static final String HOLDING = "holding";

    static final int DOCUMENTS = 20;

    private LockHolder() {}

    static MemorySource source() {
        String[] authors = new String[DOCUMENTS];
        for (int i = 0; i < DOCUMENTS; i++) {
            authors[i] = "{_id: " + i + ", name: 'Author'}";
        }
        return new MemorySource().with("authors", authors).with("books").with("employees");
    }

    /** Ends 0 when the run is complete. */
    public static void main(String[] args) {
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setUrl(System.getenv(Bookshop.Database.ADDRESS));
        AtomicInteger read = new AtomicInteger();
        MemorySource source = source().beforeEach(() -> {
            if (read.incrementAndGet() == DOCUMENTS / 2) {
                System.out.println(HOLDING);
                try {
                    System.in.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        Bookshop.pipeline()
                .source(source)
                .target(target)
                .run(RunOptions.defaults().writers(1).batch(3, 1 << 20));
    }
}
