package io.docrows.scaffold.internal.write;

import io.docrows.scaffold.internal.design.ProjectDesign;
import io.docrows.scaffold.internal.design.TableDesign;
import java.util.Locale;

/** The README of a project: what it is, how it is run, where to change what. */
final class ReadmeFile {

    private static final String TEXT = """
            # @PIPELINE@

            Loads MongoDB collections into PostgreSQL tables with Docrows. It was scaffolded from
            the documents themselves; from now on it is yours.

            ```
            ./etl run --source SOURCE --target TARGET      # make the tables, load; again to load what changed
            ./etl plan --source SOURCE --target TARGET     # what the next run would do, writing nothing
            ./etl verify --source SOURCE --target TARGET   # prove that both sides are equal
            ./etl status --target TARGET                   # past runs, checkpoints, rejects
            ./mvnw verify                                  # compile, and test the mappings
            ```

            A source is what mongodump or mongoexport wrote, or `mongodb://HOST/DATABASE`.
            A target is `postgresql://USER@HOST/DATABASE`, or `embedded`: a PostgreSQL in
            `.etl/postgres` that keeps its data. `./etl` builds the project when it is new or
            changed; it needs nothing but a JDK 17. `./etl --help` lists all commands.

            | collection | becomes |
            |---|---|
            @TABLES@
            ## Where to change what

            - **What a field becomes:** `choices.yaml`, and scaffold again with `--choices`. Files that
              you have edited are left alone, and named.
            - **A table, before the first load that counts:** its migration in
              `src/main/resources/db/@PIPELINE@`.
            - **A table, later:** add a migration there. The next build generates the classes anew, and
              the compiler says which mapping it breaks.
            - **How a value is read:** its line in `src/main/java`. Each file is the mapping of one
              collection.

            `src/test/resources/shapes` has a document of each shape that was found, with made-up
            values. Add what you meet.
            """;

    private ReadmeFile() {}

    static String of(JavaNames names, ProjectDesign project) {
        StringBuilder tables = new StringBuilder();
        for (TableDesign root : project.roots()) {
            tables.append("| `")
                    .append(root.collection().replaceAll("[|`\\p{Cntrl}]", "?"))
                    .append("` | ");
            String[] all =
                    root.tree().stream().map(one -> "`" + one.name() + "`").toArray(String[]::new);
            tables.append(String.join(", ", all)).append(" |\n");
        }
        return TEXT.replace("@PIPELINE@", names.pipeline().toLowerCase(Locale.ROOT))
                .replace("@TABLES@", tables.toString());
    }
}
