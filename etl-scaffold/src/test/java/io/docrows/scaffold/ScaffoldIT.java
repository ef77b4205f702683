package io.docrows.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.scaffold.testing.Built;
import io.docrows.scaffold.testing.Dump;
import io.docrows.scaffold.testing.Shapes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scaffolded project compiles, loads the very data it was made from, verifies equal, and writes nothing again. */
final class ScaffoldIT {

    private static void keepsItsPromise(Path dump, Path directory) throws Exception {
        try (Built built = Built.of(dump, directory)) {
            ConnectedPipeline pipeline = built.connected();
            RunReport first = pipeline.run(RunOptions.defaults());
            long documents = first.total().read();
            assertThat(first.total()).as("first load").isEqualTo(new Counts(documents, documents, 0, 0, 0, 0));
            first.collections()
                    .forEach(one -> assertThat(one.drift().isEmpty())
                            .as("no drift of " + one.collection() + ": " + one.drift())
                            .isTrue());
            assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
            assertThat(pipeline.run(RunOptions.defaults()).total())
                    .as("second load")
                    .isEqualTo(new Counts(documents, 0, 0, documents, 0, 0));
            assertThat(built.undecodedShapes()).isEmpty();
        }
    }

    /** One project of all of them: to generate and compile classes takes longer than all else. */
    @Test
    void manyShapes(@TempDir Path directory) throws Exception {
        Path dump = directory.resolve("dump");
        Shapes.deep(new Dump(dump));
        Shapes.names(new Dump(dump));
        Shapes.types(new Dump(dump));
        Shapes.references(new Dump(dump));
        Shapes.maps(new Dump(dump));
        Shapes.polymorphic(new Dump(dump));
        keepsItsPromise(dump, Files.createDirectory(directory.resolve("project")));
    }
}
