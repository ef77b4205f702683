package io.docrows.cli.output;

import io.docrows.reject.RejectCount;
import io.docrows.reject.StoredReject;
import io.docrows.text.ForeignText;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** What the {@code rejects} commands print. Times are in UTC. Immutable. */
public final class RejectsOutput {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int KEY = 40;
    private static final int PATH = 40;

    private final String pipeline;
    private final String target;

    /** The pipeline's name as it is printed. */
    private final String name;

    /**
     * A printer.
     *
     * @param pipeline the pipeline's name
     * @param target where its rejects are, without secrets
     */
    public RejectsOutput(String pipeline, String target) {
        this.pipeline = pipeline;
        this.target = target;
        this.name = ForeignText.name(pipeline);
    }

    /**
     * A list, for people. Each page is a table of its own, so no more than one is held in memory.
     *
     * @param counts how many there are for each reason
     * @param pages some of them, none of the pages empty
     * @param again the option that names the target again, with a blank before it, or nothing
     * @param out takes lines, each ending with a line feed
     */
    public void list(List<RejectCount> counts, Iterator<List<StoredReject>> pages, String again, Consumer<String> out) {
        long total = total(counts);
        if (total == 0) {
            out.accept("No document of " + name + " is rejected that matches.\n");
            return;
        }
        TextTable reasons = new TextTable()
                .text("collection")
                .text("code")
                .number("rejects")
                .text("meaning");
        counts.forEach(count -> reasons.row(
                count.collection(), count.code(), Numbers.count(count.documents()), RejectAdvice.of(count.code())));
        out.accept(ForeignText.printable(target) + ": " + Numbers.count(total, "rejected document") + " of " + name
                + "\n\n" + reasons.format());
        long listed = 0;
        long example = 1;
        while (pages.hasNext()) {
            List<StoredReject> page = pages.next();
            example = listed == 0 ? page.get(0).number() : example;
            listed += page.size();
            out.accept("\n" + table(page));
        }
        StringBuilder text = new StringBuilder();
        if (listed < total) {
            text.append("The first ")
                    .append(Numbers.count(listed))
                    .append(" of ")
                    .append(Numbers.count(total))
                    .append("; --limit shows more.\n");
        }
        text.append("\nWhat to do next\n")
                .append(NextStep.of(
                        "rejects show " + example + again, "everything about one; --document adds the document"))
                .append(NextStep.of("rejects export rejected" + again, "their documents as a dump, for run --source"))
                .append(NextStep.of("rejects retry" + again, "load them again, once the mapping or schema is fixed"))
                .append(NextStep.of("run", "load those that were fixed in the source"));
        out.accept(text.toString());
    }

    private static String table(List<StoredReject> listed) {
        TextTable table = new TextTable()
                .number("number")
                .text("collection")
                .text("_id")
                .text("code")
                .text("path")
                .text("column")
                .text("rejected (UTC)");
        for (StoredReject reject : listed) {
            table.row(
                    String.valueOf(reject.number()),
                    reject.collection(),
                    shortened(reject.key(), KEY),
                    reject.code(),
                    reject.path() == null ? "-" : shortened(reject.path(), PATH),
                    reject.column() == null ? "-" : reject.column(),
                    TIME.format(reject.rejected()));
        }
        return table.format();
    }

    /** In a table, a text that is cut is better than a line that is broken; the whole one is shown with the reject. */
    private static String shortened(String text, int most) {
        String shown = ForeignText.printable(text);
        int length = shown.codePointCount(0, shown.length());
        return length <= most ? shown : shown.substring(0, shown.offsetByCodePoints(0, most - 1)) + "…";
    }

    /**
     * One reject, for people.
     *
     * @param reject the reject
     * @param document its document, if that was asked for
     * @param again the option that names the target again, with a blank before it, or nothing
     * @return lines, each ending with a line feed
     */
    public String show(StoredReject reject, Optional<byte[]> document, String again) {
        StringBuilder text = new StringBuilder();
        line(text, "reject", String.valueOf(reject.number()));
        line(text, "collection", reject.collection());
        line(text, "_id", reject.key());
        line(text, "code", reject.code() + ": " + RejectAdvice.of(reject.code()));
        line(text, "path", reject.path() == null ? null : ForeignText.bounded(reject.path()));
        line(text, "BSON type", reject.bsonType());
        line(text, "column", reject.column());
        line(text, "SQLSTATE", reject.sqlState());
        line(text, "detail", reject.detail());
        line(text, "rejected", TIME.format(reject.rejected()) + " UTC by run " + reject.firstRun());
        line(text, "last by", "run " + reject.lastRun());
        line(text, "document", Numbers.count(reject.bytes(), "byte"));
        document.ifPresentOrElse(
                bytes -> text.append('\n')
                        .append(ForeignText.printableLines(DocumentText.relaxed(bytes)))
                        .append('\n'),
                () -> text.append("\nThe document itself: ./etl rejects show ")
                        .append(reject.number())
                        .append(" --document")
                        .append(again)
                        .append('\n'));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append(String.format(Locale.ROOT, "%-11s %s\n", name, ForeignText.printable(value)));
        }
    }

    /**
     * An export, for people.
     *
     * @param path where the documents were written, as it was given
     * @param written how many documents of each collection
     * @param again the option that names the target again, with a blank before it, or nothing
     * @return lines, each ending with a line feed
     */
    public String export(Path path, SortedMap<String, Long> written, String again) {
        if (written.isEmpty()) {
            return "No document of " + name + " was rejected that matches; nothing was written.\n";
        }
        String documents = written.entrySet().stream()
                .map(entry -> Numbers.count(entry.getValue(), "document") + " of " + ForeignText.name(entry.getKey()))
                .collect(Collectors.joining(", "));
        return documents + " written to " + ForeignText.printable(path.toString())
                + ". They stay rejected until they load.\n"
                + load(path, written.keySet()) + " --collections " + argument(String.join(",", written.keySet()))
                + again + "\n";
    }

    /** A command that reads them, and before it what a file has to be called for that. */
    private static String load(Path path, Set<String> collections) {
        String name = String.valueOf(path.getFileName());
        String collection = collections.iterator().next();
        if (!RejectsExportFile.isOne(name) || RejectsExportFile.names(name, collection)) {
            return "To load them:\n  ./etl run --source " + argument(path.toString());
        }
        String own = argument(
                path.resolveSibling(RejectsExportFile.of(collection, name)).toString());
        return "To load them, give the file the name of its collection, which it is known by:\n  mv "
                + argument(path.toString()) + " " + own + "\n  ./etl run --source " + own;
    }

    private static String argument(String text) {
        return ShellArgument.of(ForeignText.printable(text));
    }

    /**
     * A list, for programs: one object, of which no more than a page is held in memory.
     *
     * @param counts how many there are for each reason
     * @param pages some of them
     * @param out takes the object, a part at a time
     */
    public void listJson(List<RejectCount> counts, Iterator<List<StoredReject>> pages, Consumer<String> out) {
        Map<String, Object> object = head();
        object.put("total", total(counts));
        object.put(
                "counts",
                counts.stream()
                        .map(count -> {
                            Map<String, Object> fields = new LinkedHashMap<>();
                            fields.put("collection", count.collection());
                            fields.put("code", count.code());
                            fields.put("documents", count.documents());
                            return fields;
                        })
                        .toList());
        String head = JsonOutput.write(object);
        out.accept(head.substring(0, head.length() - 1) + ",\"rejects\":[");
        String separator = "";
        while (pages.hasNext()) {
            out.accept(pages.next().stream()
                    .map(reject -> JsonOutput.write(fields(reject)))
                    .collect(Collectors.joining(",", separator, "")));
            separator = ",";
        }
        out.accept("],\"exitCode\":0}\n");
    }

    /**
     * One reject, for programs.
     *
     * @param reject the reject
     * @param document its document, if that was asked for
     * @return the fields of the object
     */
    public Map<String, Object> showJson(StoredReject reject, Optional<byte[]> document) {
        Map<String, Object> object = head();
        object.putAll(fields(reject));
        document.ifPresent(bytes -> DocumentText.canonical(bytes)
                .ifPresentOrElse(
                        json -> object.put("document", new RawValue(json)),
                        () -> object.put("documentHex", HexFormat.of().formatHex(bytes))));
        object.put("exitCode", 0);
        return object;
    }

    /**
     * An export, for programs.
     *
     * @param path where the documents were written
     * @param written how many documents of each collection
     * @return the fields of the object
     */
    public Map<String, Object> exportJson(Path path, SortedMap<String, Long> written) {
        Map<String, Object> object = head();
        object.put("path", path.toString());
        object.put("exported", written);
        object.put("exitCode", 0);
        return object;
    }

    /**
     * What was discarded, for programs.
     *
     * @param discarded how many
     * @return the fields of the object
     */
    public Map<String, Object> discardJson(long discarded) {
        Map<String, Object> object = head();
        object.put("discarded", discarded);
        object.put("exitCode", 0);
        return object;
    }

    private Map<String, Object> head() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pipeline", pipeline);
        object.put("target", target);
        return object;
    }

    private static Map<String, Object> fields(StoredReject reject) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("number", reject.number());
        fields.put("collection", reject.collection());
        fields.put("key", reject.key());
        fields.put("code", reject.code());
        fields.put("path", reject.path());
        fields.put("bsonType", reject.bsonType());
        fields.put("column", reject.column());
        fields.put("sqlState", reject.sqlState());
        fields.put("detail", reject.detail());
        fields.put("bytes", reject.bytes());
        fields.put("firstRun", reject.firstRun());
        fields.put("lastRun", reject.lastRun());
        fields.put("rejected", reject.rejected().toString());
        Map<String, Object> known = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value != null) {
                known.put(name, value);
            }
        });
        return known;
    }

    private static long total(List<RejectCount> counts) {
        return counts.stream().mapToLong(RejectCount::documents).sum();
    }
}
