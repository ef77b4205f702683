package io.docrows.cli.output;

import io.docrows.cli.connection.SourceAddress;
import io.docrows.inspect.fact.Inspection;
import io.docrows.scaffold.ProjectDirectory;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.source.json.JsonOptions;
import io.docrows.text.ForeignText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code scaffold} prints: what it made, what to look at, and what to do next. */
public final class ScaffoldOutput {

    private static final int SHOWN = 20;
    private static final int WIDTH = 80;

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
     * @param adopted the target whose tables the project leads into; empty if there is none yet
     * @return lines
     */
    public static String of(
            Choices choices,
            Inspection found,
            ProjectDirectory.Written written,
            Path into,
            SourceAddress source,
            Path directory,
            Optional<String> adopted) {
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
        List<String> unfit = new ArrayList<>();
        for (CollectionChoice one : choices.collections()) {
            Counts counts = new Counts();
            counts.tell(one.notes(), one.collection());
            counts.add(one.fields(), one.collection());
            doubts[0] += counts.doubts;
            losses.addAll(counts.losses);
            unfit.addAll(counts.unfit);
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
        choices.leftOut()
                .forEach((name, why) -> unfit.add(ForeignText.name(name)
                        + (why.isEmpty() ? ": as the choices say" : ": " + String.join(" ", why))));
        found.collections().stream()
                .filter(one -> one.documents() == 0)
                .forEach(one -> unfit.add(ForeignText.name(one.name())
                        + ": no documents, so nothing tells its columns: scaffold again once it has some"));
        list(text, "What is lost or rejected", losses);
        list(text, "What is left out", unfit);
        text.append("\nThe project is in ")
                .append(ForeignText.name(into.toString()))
                .append(".\nIts choices.yaml says what became of each field, and why; ");
        if (doubts[0] == 0) {
            text.append("none is in doubt.\n");
        } else {
            text.append(Numbers.count(doubts[0], "choice"))
                    .append(doubts[0] == 1 ? " needs" : " need")
                    .append(" a look.\n");
        }
        if (!written.kept().isEmpty()) {
            text.append("\nLeft alone, because somebody has edited them:\n");
            written.kept()
                    .forEach(file ->
                            text.append("  ").append(ForeignText.name(file)).append('\n'));
        }
        return text.append(next(into, source, directory, adopted)).toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.append('\n').append(title).append(":\n");
        lines.stream().limit(SHOWN).forEach(line -> wrap(text, line));
        if (lines.size() > SHOWN) {
            text.append("  and ")
                    .append(Numbers.count(lines.size() - (long) SHOWN))
                    .append(" more, in choices.yaml\n");
        }
    }

    /** A line, and what does not fit into it below. */
    private static void wrap(StringBuilder text, String sentence) {
        int column = 1;
        text.append(' ');
        for (String word : sentence.split(" ", -1)) {
            if (column + 1 + word.length() > WIDTH && column > 4) {
                text.append("\n   ");
                column = 3;
            }
            text.append(' ').append(word);
            column += 1 + word.length();
        }
        text.append('\n');
    }

    private static String next(Path into, SourceAddress source, Path directory, Optional<String> adopted) {
        String ends = " --source " + address(source, directory) + " --target "
                + adopted.map(ShellArgument::of).orElse("embedded") + "\n";
        return "\nNext:\n  cd " + ShellArgument.of(into.toString()) + "\n"
                + adopted.map(target -> "  ./etl migrate --adopt --target " + ShellArgument.of(target) + "\n")
                        .orElse("")
                + "  ./etl run" + ends
                + "  ./etl verify" + ends
                + "\nThe first of them builds the project, which takes half a minute.\n"
                + (source instanceof SourceAddress.StandardInput
                        ? "Each reads the documents from standard input again: put them behind it with <.\n"
                        : "")
                + (adopted.isPresent() ? "" : "Instead of embedded, name a database: postgresql://...\n");
    }

    /** What to write behind {@code --source}, from any directory. */
    private static String address(SourceAddress source, Path directory) {
        if (source instanceof SourceAddress.Dump dump) {
            return ShellArgument.of(directory.resolve(dump.path()).normalize().toString())
                    + database(dump.database())
                    + options(dump.json());
        }
        if (source instanceof SourceAddress.Json json) {
            // Without the word a dump beside it would be read.
            return ShellArgument.of("json:" + directory.resolve(json.path()).normalize()) + options(json.json());
        }
        if (source instanceof SourceAddress.StandardInput input) {
            return "-" + database(input.database()) + options(input.json());
        }
        return source instanceof SourceAddress.Samples ? "embedded" : "mongodb://...";
    }

    private static String database(Optional<String> database) {
        return database.map(name -> " --database " + ShellArgument.of(name)).orElse("");
    }

    private static String options(JsonOptions json) {
        return json.collection()
                        .map(name -> " --source-collection " + ShellArgument.of(name))
                        .orElse("")
                + (json.numbered() ? " --number-documents" : "")
                + (json.idFields().isEmpty()
                        ? ""
                        : " --id-fields " + ShellArgument.of(String.join(",", json.idFields())));
    }

    private static final class Counts {

        private int tables = 1;
        private int columns;
        private int references;
        private int json;
        private int doubts;
        private final List<String> losses = new ArrayList<>();
        private final List<String> unfit = new ArrayList<>();

        private void tell(List<String> notes, String path) {
            for (String note : notes) {
                if (note.startsWith("LOSS: ")) {
                    losses.add(ForeignText.name(path) + ": " + note.substring("LOSS: ".length()));
                } else if (note.startsWith("LEFT OUT: ")) {
                    unfit.add(ForeignText.name(path) + ": " + note.substring("LEFT OUT: ".length()));
                }
            }
        }

        private void add(Choice choice, String path) {
            tell(choice.notes(), path);
            if (choice instanceof Choice.Fields document) {
                document.fields().forEach((name, field) -> add(field, path + "." + name));
            } else if (choice instanceof Choice.Rows rows) {
                tables++;
                add(rows.row(), path);
            } else if (choice instanceof Choice.Column column) {
                columns++;
                references += column.references().isEmpty() ? 0 : 1;
                json += column.type().equals("jsonb") ? 1 : 0;
                boolean doubtful = column.notes().stream().skip(1).anyMatch(note -> !note.startsWith(Choice.OR));
                doubts += doubtful && column.references().isEmpty() ? 1 : 0;
            } else {
                doubts++;
            }
        }
    }
}
