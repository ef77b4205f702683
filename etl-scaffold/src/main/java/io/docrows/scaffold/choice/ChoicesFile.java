package io.docrows.scaffold.choice;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.serializer.Serializer;

/** The file of choices: YAML that a person reads, changes, and hands back. */
public final class ChoicesFile {

    private static final int WIDTH = 110;
    private static final int COMMENT = 80;

    private static final List<String> HEADER = List.of(
            "What becomes of each collection and field. Change what you like, and scaffold",
            "again with --choices. plan tells how many documents your choices would reject.",
            "  column, type     a column; a type that cannot hold a value rejects its document",
            "  read: id         values of any type, as text that tells apart 1 and \"1\"",
            "  references       the collection and field that a column refers to, as a foreign",
            "                   key; leave it out for none",
            "  when-missing     what to do while what a value refers to is not there: pending",
            "                   (NULL until it is), reject, forget",
            "  lookup           a table that holds each value once; the column refers to it",
            "  fields           a document whose fields are columns of the same table",
            "  rows             a table of its own for the elements of an array,",
            "  entries          for the fields of a document whose names are data,",
            "  row              for one document",
            "  by               the column that tells the rows of one document apart: their",
            "                   position, or the field's name",
            "  split, tables    the names that lead to a text, such as [kind]: the documents",
            "                   with each text get a table of their own",
            "  rest             a column of jsonb for all that is not named",
            "  leave-out: true  is not carried over");

    private ChoicesFile() {}

    /**
     * The choices of a file, with what is proposed where it says nothing.
     *
     * @param yaml the file's text
     * @param proposed what would be chosen without it
     * @return the choices
     * @throws io.docrows.error.DocrowsException {@code INVALID_OPTION}, telling all that is wrong with it
     */
    public static Choices read(String yaml, Choices proposed) {
        GivenChoices given = ChoicesReader.read(yaml);
        ChoicesLines lines = ChoicesLines.of(yaml);
        String unknown = given.collections().entrySet().stream()
                .filter(one -> one.getValue().isPresent())
                .map(Map.Entry::getKey)
                .filter(name -> proposed.collection(name).isEmpty())
                .map(name -> lines.with(name + ": "
                        + (proposed.leftOut().containsKey(name)
                                ? String.join(" ", proposed.leftOut().get(name))
                                : "the source has no documents in a collection of that name, or --collections"
                                        + " leaves it out")))
                .collect(Collectors.joining("; "));
        if (!unknown.isEmpty()) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, "the file of choices is wrong: " + unknown);
        }
        return given.over(proposed);
    }

    /**
     * The collections that a file wants to have split.
     *
     * @param yaml the file's text
     * @return for each the names that lead to what tells its documents apart
     * @throws io.docrows.error.DocrowsException {@code INVALID_OPTION}, telling all that is wrong with it
     */
    public static Map<String, List<String>> splits(String yaml) {
        Map<String, List<String>> splits = new LinkedHashMap<>();
        ChoicesReader.read(yaml)
                .collections()
                .forEach((name, one) ->
                        one.flatMap(CollectionChoice::split).ifPresent(split -> splits.put(name, split.by())));
        return splits;
    }

    /**
     * The file's text.
     *
     * @param choices what it holds
     * @return YAML with comments
     */
    public static String write(Choices choices) {
        List<NodeTuple> top = new ArrayList<>();
        Node pipeline = scalar("pipeline");
        pipeline.setBlockComments(comments(HEADER));
        top.add(new NodeTuple(pipeline, scalar(choices.pipeline())));
        top.add(new NodeTuple(scalar("package"), scalar(choices.packageName())));
        List<NodeTuple> collections = new ArrayList<>();
        choices.collections().forEach(one -> collections.add(collection(one)));
        choices.leftOut().forEach((name, why) -> {
            Node key = scalar(name);
            key.setBlockComments(comments(why));
            collections.add(new NodeTuple(key, leftOut()));
        });
        top.add(new NodeTuple(scalar("collections"), map(collections)));
        Text text = new Text();
        DumpSettings settings = DumpSettings.builder()
                .setDumpComments(true)
                .setWidth(WIDTH)
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setUseUnicodeEncoding(true)
                .build();
        Serializer serializer = new Serializer(settings, new Emitter(settings, text));
        serializer.emitStreamStart();
        serializer.serializeDocument(map(top));
        serializer.emitStreamEnd();
        return text.toString();
    }

    private static NodeTuple collection(CollectionChoice one) {
        List<NodeTuple> entries = table(one);
        one.split().ifPresent(split -> {
            List<Node> names = new ArrayList<>();
            split.by().forEach(name -> names.add(scalar(name)));
            entries.add(new NodeTuple(scalar("split"), new SequenceNode(Tag.SEQ, names, FlowStyle.FLOW)));
            List<NodeTuple> tables = new ArrayList<>();
            split.tables().forEach((text, part) -> {
                Node key = scalar(text);
                key.setBlockComments(comments(part.notes()));
                tables.add(new NodeTuple(key, map(table(part))));
            });
            entries.add(new NodeTuple(scalar("tables"), map(tables)));
        });
        Node name = scalar(one.collection());
        name.setBlockComments(comments(one.notes()));
        return new NodeTuple(name, map(entries));
    }

    private static List<NodeTuple> table(CollectionChoice one) {
        List<NodeTuple> entries = new ArrayList<>();
        entries.add(new NodeTuple(scalar("table"), scalar(one.table())));
        List<NodeTuple> key = new ArrayList<>();
        key.add(new NodeTuple(scalar("column"), scalar(one.key())));
        key.add(new NodeTuple(scalar("type"), scalar(one.keyType())));
        entries.add(new NodeTuple(scalar("key"), flow(key)));
        fields(one.fields()).ifPresent(entries::add);
        one.rest().ifPresent(rest -> entries.add(new NodeTuple(scalar("rest"), scalar(rest))));
        return entries;
    }

    private static Optional<NodeTuple> fields(Choice.Fields document) {
        if (document.fields().isEmpty()) {
            return Optional.empty();
        }
        List<NodeTuple> entries = new ArrayList<>();
        document.fields().forEach((name, choice) -> {
            Node key = scalar(name);
            key.setBlockComments(comments(choice.notes()));
            entries.add(new NodeTuple(key, choice(choice)));
        });
        return Optional.of(new NodeTuple(scalar("fields"), map(entries)));
    }

    private static Node choice(Choice choice) {
        List<NodeTuple> entries = new ArrayList<>();
        if (choice instanceof Choice.Column column) {
            entries.add(new NodeTuple(scalar("column"), scalar(column.column())));
            entries.add(new NodeTuple(scalar("type"), scalar(column.type())));
            if (column.id()) {
                entries.add(new NodeTuple(scalar("read"), scalar("id")));
            }
            if (!column.references().isEmpty()) {
                List<Node> names = new ArrayList<>();
                column.references().forEach(name -> names.add(scalar(name)));
                entries.add(new NodeTuple(scalar("references"), new SequenceNode(Tag.SEQ, names, FlowStyle.FLOW)));
            }
            column.whenMissing()
                    .ifPresent(one -> entries.add(new NodeTuple(scalar("when-missing"), scalar(one.key()))));
            column.lookup().ifPresent(table -> entries.add(new NodeTuple(scalar("lookup"), scalar(table))));
            return flow(entries);
        }
        if (choice instanceof Choice.LeftOut) {
            return leftOut();
        }
        if (choice instanceof Choice.Rows rows) {
            entries.add(new NodeTuple(scalar(rows.source().key()), scalar(rows.table())));
            rows.by().ifPresent(by -> entries.add(new NodeTuple(scalar("by"), scalar(by))));
            if (rows.row() instanceof Choice.Fields document) {
                fields(document).ifPresent(entries::add);
            } else {
                Node value = scalar("value");
                value.setBlockComments(comments(rows.row().notes()));
                entries.add(new NodeTuple(value, choice(rows.row())));
            }
            return map(entries);
        }
        fields((Choice.Fields) choice).ifPresent(entries::add);
        return map(entries);
    }

    private static Node leftOut() {
        return flow(List.of(new NodeTuple(scalar("leave-out"), new ScalarNode(Tag.BOOL, "true", ScalarStyle.PLAIN))));
    }

    private static Node scalar(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
    }

    private static MappingNode map(List<NodeTuple> entries) {
        return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }

    private static MappingNode flow(List<NodeTuple> entries) {
        return new MappingNode(Tag.MAP, entries, FlowStyle.FLOW);
    }

    private static List<CommentLine> comments(List<String> notes) {
        List<CommentLine> lines = new ArrayList<>();
        for (String note : notes) {
            for (String line : wrapped(note.replaceAll("\\p{Cntrl}", " "))) {
                lines.add(new CommentLine(Optional.empty(), Optional.empty(), " " + line, CommentType.BLOCK));
            }
        }
        return lines;
    }

    /** Lines that fit into most windows, whatever their indentation. */
    private static List<String> wrapped(String note) {
        if (note.length() <= COMMENT + 1) {
            return List.of(note);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : note.split(" ", -1)) {
            if (!line.toString().isBlank() && line.length() + 1 + word.length() > COMMENT) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static final class Text implements StreamDataWriter {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(String more) {
            text.append(more);
        }

        @Override
        public void write(String more, int from, int length) {
            text.append(more, from, from + length);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
