package io.docrows.cli.output;

import io.docrows.cli.connection.SourceAddress;
import io.docrows.inspect.fact.Inspection;
import io.docrows.scaffold.ProjectDirectory;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.text.ForeignText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code scaffold} prints: what it made, what to look at, and what to do next. */
public final class ScaffoldOutput {

    private static final int SHOWN = 20;

    private ScaffoldOutput() {}

    /**
     * The text.
     *
     * @param choices what was chosen
     * @param found what was found
     * @param written what became of the files
     * @param into the directory as it was given
     * @param source where the documents are
     * @param directory where the command runs
     * @return lines
     */
    public static String of(
            Choices choices,
            Inspection found,
            ProjectDirectory.Written written,
            Path into,
            SourceAddress source,
            Path directory) {
        StringBuilder text = new StringBuilder();
        TextTable tables = new TextTable()
                .text("collection")
                .number("documents")
                .number("tables")
                .number("columns")
                .number("references")
                .number("jsonb");
        int[] doubts = new int[1];
        List<String> losses = new ArrayList<>();
        for (CollectionChoice one : choices.collections()) {
            Counts counts = new Counts();
            counts.add(one.fields());
            doubts[0] += counts.doubts;
            counts.losses.forEach(loss -> losses.add(ForeignText.name(one.collection()) + ": " + loss));
            long documents = found.collection(one.collection())
                    .map(facts -> facts.documents())
                    .orElse(0L);
            tables.row(
                    ForeignText.name(one.collection()),
                    Numbers.count(documents),
                    Numbers.count(counts.tables),
                    Numbers.count(counts.columns + 1L),
                    Numbers.count(counts.references),
                    Numbers.count(counts.json));
        }
        text.append(tables.format());
        if (!losses.isEmpty()) {
            text.append("\nWhat PostgreSQL cannot hold as it is:\n");
            losses.stream()
                    .limit(SHOWN)
                    .forEach(loss -> text.append("  ").append(loss).append('\n'));
            if (losses.size() > SHOWN) {
                text.append("  and ")
                        .append(Numbers.count(losses.size() - SHOWN, "more"))
                        .append('\n');
            }
        }
        text.append("\nThe project is in ")
                .append(ForeignText.name(into.toString()))
                .append(". ");
        text.append("What became of each field, and why, is in choices.yaml; ");
        text.append(Numbers.count(doubts[0], "choice"))
                .append(doubts[0] == 1 ? " needs" : " need")
                .append(" a look.\n");
        if (!written.kept().isEmpty()) {
            text.append("\nLeft alone, because somebody has edited them:\n");
            written.kept()
                    .forEach(file ->
                            text.append("  ").append(ForeignText.name(file)).append('\n'));
        }
        return text.append(next(into, source, directory)).toString();
    }

    private static String next(Path into, SourceAddress source, Path directory) {
        String address = address(source, directory);
        String name = into.toString();
        return "\nNext:\n  cd " + quoted(name) + "\n"
                + "  ./etl run --source " + address + " --target embedded\n"
                + "  ./etl verify --source " + address + " --target embedded\n"
                + "\nThe first of them builds the project, which takes half a minute. Instead of embedded, name a database:"
                + " postgresql://...\n";
    }

    private static String address(SourceAddress source, Path directory) {
        if (source instanceof SourceAddress.Dump dump) {
            return quoted(directory.resolve(dump.path()).normalize().toString());
        }
        if (source instanceof SourceAddress.Json json) {
            return quoted(directory.resolve(json.path()).normalize().toString());
        }
        return "...";
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w./,:+@%-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private static final class Counts {

        private int tables = 1;
        private int columns;
        private int references;
        private int json;
        private int doubts;
        private final List<String> losses = new ArrayList<>();

        private void add(Choice choice) {
            // The first note is what was counted.
            choice.notes().stream().skip(1).forEach(note -> {
                if (note.startsWith("LOSS: ")) {
                    losses.add(note.substring("LOSS: ".length()));
                }
            });
            if (choice instanceof Choice.Fields document) {
                document.fields().values().forEach(this::add);
            } else if (choice instanceof Choice.Rows rows) {
                tables++;
                add(rows.row());
            } else if (choice instanceof Choice.Column column) {
                columns++;
                references += column.references().isEmpty() ? 0 : 1;
                json += column.type().equals("jsonb") ? 1 : 0;
                doubts += column.notes().size() > 1 && column.references().isEmpty() ? 1 : 0;
            } else {
                doubts++;
            }
        }
    }
}
