package io.docrows.crash;

import io.docrows.error.DocrowsException;
import io.docrows.reject.Rejects;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.PlanOptions;
import io.docrows.run.RejectFilter;
import io.docrows.run.RetryOptions;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.dump.DumpSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/** A process of its own, with a small heap, that does one thing: {@code HeavyLoader DUMP WRITERS WHAT…}. */
final class HeavyLoader {

    private HeavyLoader() {}

    /** Ends 0 when all is done; else prints the failure's code and message, and ends 3. */
    public static void main(String[] args) {
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setUrl(System.getenv(Database.ADDRESS));
        RunOptions options = RunOptions.defaults().writers(Integer.parseInt(args[1]));
        try (DumpSource source = DumpSource.open(Path.of(args[0]))) {
            var pipeline = Bookshop.pipeline().source(source).target(target);
            for (int i = 2; i < args.length; i++) {
                long began = System.nanoTime();
                switch (args[i]) {
                    case "first" -> print(pipeline.run(options.bulkLoad(BulkLoad.ALWAYS)));
                    case "run" ->
                        print(pipeline.run(options.bulkLoad(BulkLoad.NEVER).force(true)));
                    case "plan" ->
                        System.out.println("plan "
                                + pipeline.plan(PlanOptions.of(options))
                                        .collections()
                                        .size());
                    case "verify" ->
                        System.out.println("verify "
                                + pipeline.verify(VerifyOptions.defaults())
                                        .collections()
                                        .size());
                    case "retry" ->
                        print(pipeline.retryRejects(RetryOptions.defaults().writers(options.writers())));
                    case "export" ->
                        System.out.println("export "
                                + Rejects.of(target, pipeline.pipeline().name())
                                        .exportDirectory(
                                                RejectFilter.ALL,
                                                Path.of(args[0]).resolve("rejects-" + i),
                                                true));
                    default -> throw new IllegalArgumentException(args[i]);
                }
                System.out.println(args[i] + " took " + (System.nanoTime() - began) / 1_000_000_000 + " s");
            }
        } catch (DocrowsException e) {
            System.out.println(e.code() + ": " + e.getMessage());
            e.printStackTrace();
            System.exit(3);
        }
    }

    private static void print(RunReport report) {
        System.out.println(report.status() + " " + report.total());
    }
}
