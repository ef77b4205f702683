package io.docrows.crash;

import io.docrows.error.DocrowsException;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.source.dump.DumpSource;
import io.docrows.testing.Bookshop;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/** A process of its own that loads a dump: {@code ShopLoader DUMP WRITERS DEFER SCENE}. Made to be killed. */
final class ShopLoader {

    /** Printed when the run begins. */
    static final String BEGUN = "begun";

    private ShopLoader() {}

    /** Ends 0 when the run is complete, 3 when it failed. */
    public static void main(String[] args) {
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setUrl(System.getenv(Bookshop.Database.ADDRESS));
        try (DumpSource source = DumpSource.open(Path.of(args[0]))) {
            RunReport report = Scene.valueOf(args[3])
                    .pipeline()
                    .source(source)
                    .target(target)
                    .run(RunOptions.defaults()
                            .writers(Integer.parseInt(args[1]))
                            .batch(500, 1 << 20)
                            .bulkLoad(BulkLoad.valueOf(args[2]))
                            .listener(new RunListener() {
                                @Override
                                public void runStarted(long run, boolean resumed) {
                                    System.out.println(BEGUN);
                                }
                            }));
            System.exit(report.status() == RunReport.Status.COMPLETED ? 0 : 3);
        } catch (DocrowsException e) {
            e.printStackTrace();
            System.exit(3);
        }
    }
}
