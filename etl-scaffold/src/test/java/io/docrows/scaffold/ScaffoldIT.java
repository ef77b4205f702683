package io.docrows.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.scaffold.choice.ProjectName;
import io.docrows.scaffold.testing.Built;
import io.docrows.scaffold.testing.Dump;
import io.docrows.scaffold.testing.OddShapes;
import io.docrows.scaffold.testing.Shapes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scaffolded project compiles, loads the very data it was made from, verifies equal, and writes nothing again. */
final class ScaffoldIT {

    private static void keepsItsPromise(Path dump, Path directory) throws Exception {
        try (Built built = Built.of(dump, directory)) {
            ConnectedPipeline pipeline = built.connected();
            RunReport first = pipeline.run(RunOptions.defaults());
            long documents = first.total().read();
            assertThat(built.rows("SELECT * FROM docrows.reject")).as("rejects").isEmpty();
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
    @Tag("long")
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

    /** The same of what is odder than that. */
    @Test
    @Tag("long")
    void oddShapes(@TempDir Path directory) throws Exception {
        Path dump = directory.resolve("dump");
        OddShapes.nested(new Dump(dump));
        OddShapes.fields(new Dump(dump));
        OddShapes.values(new Dump(dump));
        keepsItsPromise(dump, Files.createDirectory(directory.resolve("project")));
    }

    /** Odd by their number: of collections, of fields, of references. */
    @Test
    @Tag("slow")
    void manyOddThings(@TempDir Path directory) throws Exception {
        Path dump = directory.resolve("dump");
        OddShapes.collections(new Dump(dump));
        OddShapes.wide(new Dump(dump));
        OddShapes.web(new Dump(dump));
        OddShapes.system(new Dump(dump));
        keepsItsPromise(dump, Files.createDirectory(directory.resolve("project")));
    }

    @Tag("long")
    @Test
    void whatNoTableCanHoldIsToldBeforeItIsRejected(@TempDir Path directory) throws Exception {
        Path dump = directory.resolve("dump");
        OddShapes.hopeless(new Dump(dump));
        Scaffold scaffold = Scaffold.of(Built.inspect(dump), new ProjectName("zoo", "com.acme.zoo"));

        assertThat(Built.choices(scaffold))
                .contains("# LOSS: 2 documents not valid BSON inside: they are rejected, and kept.")
                .contains("# LOSS: 1 document with an _id that is not UTF-8: it is rejected, and kept.")
                .contains(
                        "# LOSS: 2 documents with an _id that another one has, too: the row is that of the one which is"
                                + " read last.");
        try (Built built = Built.of(dump, scaffold, Files.createDirectory(directory.resolve("project")))) {
            ConnectedPipeline pipeline = built.connected();
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(8, 3, 0, 0, 3, 2));
            assertThat(built.rows("SELECT collection, code FROM docrows.reject ORDER BY 1, 2"))
                    .containsExactly("wrongIds|INVALID_UTF8", "wrongNames|INVALID_UTF8", "wrongNames|INVALID_UTF8");
        }
    }
}
