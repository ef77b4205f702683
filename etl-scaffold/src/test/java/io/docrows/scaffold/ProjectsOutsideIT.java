package io.docrows.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.scaffold.testing.Built;
import io.docrows.scaffold.testing.Dump;
import io.docrows.scaffold.testing.OddShapes;
import io.docrows.scaffold.testing.Shapes;
import io.docrows.scaffold.testing.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects as a user gets them: scaffolded by {@code ./etl}, built by Maven outside of this one, loaded, verified,
 * loaded again. {@code ./etl} builds its jar first if that is missing or old.
 */
@Tag("slow")
final class ProjectsOutsideIT {

    private static final Path LAUNCHER = Path.of("..", "etl").toAbsolutePath().normalize();

    private interface Collections {
        void write(Dump dump) throws IOException;
    }

    private record Shape(String name, Collections collections) {}

    @TestFactory
    List<DynamicTest> everyShape(@TempDir Path directory) {
        return List.of(
                        new Shape("deep", Shapes::deep),
                        new Shape("maps", Shapes::maps),
                        new Shape("polymorphic", Shapes::polymorphic),
                        new Shape("references", Shapes::references),
                        new Shape("types", Shapes::types),
                        new Shape("names", Shapes::names),
                        new Shape("nested", OddShapes::nested),
                        new Shape("fields", OddShapes::fields),
                        new Shape("values", OddShapes::values),
                        new Shape("collections", OddShapes::collections),
                        new Shape("web", OddShapes::web),
                        new Shape("wide", OddShapes::wide))
                .stream()
                .map(shape -> DynamicTest.dynamicTest(shape.name(), () -> keepsItsPromise(shape, directory)))
                .toList();
    }

    private static void keepsItsPromise(Shape shape, Path directory) throws Exception {
        Path dump = directory.resolve("dump " + shape.name());
        shape.collections().write(new Dump(dump));
        Path project = directory.resolve(shape.name());

        Typed.in(directory, LAUNCHER + " scaffold --source '" + dump + "' --into " + shape.name())
                .succeeds()
                .says("./etl run --source '" + dump + "' --target embedded");
        String ends = " --source '" + dump + "' --target embedded";
        Typed.in(project, "./etl run --strict" + ends).succeeds();
        Typed.in(project, "./etl verify" + ends).succeeds().says("source and target are equal");
        Typed.in(project, "./etl run --output json --no-progress" + ends)
                .succeeds()
                .says("\"inserted\":0", "\"updated\":0", "\"rejected\":0");
        Typed.in(project, "./mvnw -B -ntp -q verify").succeeds();
        Typed.in(
                        project,
                        "./etl scaffold --source '" + dump + "' --into ../again-" + shape.name()
                                + " --choices choices.yaml")
                .succeeds();
        assertThat(project.resolve("choices.yaml"))
                .hasSameTextualContentAs(directory.resolve("again-" + shape.name() + "/choices.yaml"));
    }

    @Test
    void tablesThatAreThereAlreadyAreAdopted(@TempDir Path directory) throws Exception {
        Path dump = directory.resolve("dump");
        new Dump(dump).with("orders", "{_id: 1, total: 5, items: [{sku: 'a'}]}", "{_id: 2}");
        String target = Built.address("""
                CREATE TABLE orders (id serial PRIMARY KEY, mongo_id text NOT NULL UNIQUE, total integer);
                CREATE TABLE order_items (
                    order_id integer REFERENCES orders, position integer, sku text, PRIMARY KEY (order_id, position)
                );
                """);

        Typed.in(directory, LAUNCHER + " scaffold --source dump --into shop --schema " + target)
                .succeeds()
                .says("./etl migrate --adopt --target postgresql://");
        Path project = directory.resolve("shop");
        String ends = " --source ../dump --target " + target;
        assertThat(Typed.in(project, "./etl run" + ends).err()).contains("./etl migrate --adopt takes them over");
        Typed.in(project, "./etl migrate --adopt --target " + target).succeeds().says("were adopted as version 1");
        Typed.in(project, "./etl run" + ends).succeeds();
        Typed.in(project, "./etl verify" + ends).succeeds().says("source and target are equal");
        Typed.in(project, "./etl run --output json --no-progress" + ends)
                .succeeds()
                .says("\"inserted\":0", "\"updated\":0");
    }

    @Test
    void theReadmesCommandsWorkAsTheyAreTyped(@TempDir Path directory) throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        String section = readme.substring(readme.indexOf("## From a dump to tables"));
        String commands =
                section.substring(section.indexOf("```\n") + 4, section.indexOf("\n```", section.indexOf("```\n") + 4));
        Path dump = directory.resolve("dump/shop");
        Shapes.deep(new Dump(dump));
        Shapes.references(new Dump(dump));
        Files.createSymbolicLink(directory.resolve("etl"), LAUNCHER);

        assertThat(commands).contains("./etl inspect ", "./etl scaffold ", "./etl run ");

        Typed.in(directory, "set -e\n" + commands).succeeds().says("Next:", "Run 1 of shop completed");
        Typed.in(directory.resolve("shop"), "./etl verify --source ../dump/shop --target embedded")
                .succeeds()
                .says("source and target are equal");
    }
}
