package io.docrows.scaffold.internal.design;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.mapping.Conditions;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.Values;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.choice.Split;
import io.docrows.scaffold.internal.choose.Names;
import io.docrows.scaffold.internal.choose.Paths;
import io.docrows.scaffold.internal.choose.Rest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes tables and mappings of choices. Not thread-safe; used once. */
public final class Designer {

    private final Inspection inspection;
    private final Choices choices;
    private final Map<String, String> enums;
    private final Optional<GeneratedNames> existing;
    private final Map<String, List<String>> parents;
    private final Set<ProjectDesign.Link> links = new LinkedHashSet<>();
    private final Set<ProjectDesign.Lookup> lookups = new LinkedHashSet<>();

    private Designer(
            Inspection inspection,
            Choices choices,
            Map<String, String> enums,
            Optional<GeneratedNames> existing,
            Map<String, List<String>> parents) {
        this.inspection = inspection;
        this.choices = choices;
        this.enums = Map.copyOf(enums);
        this.existing = existing;
        this.parents = Map.copyOf(parents);
    }

    /**
     * The project for choices about what was found.
     *
     * @param inspection what was found
     * @param choices what is chosen
     * @param enums the names of the types that are enums, by the types of columns
     * @param existing the names for tables that are there already; empty if the project makes its own
     * @param parents the columns that lead to the table above, of child tables where several could
     */
    public static ProjectDesign design(
            Inspection inspection,
            Choices choices,
            Map<String, String> enums,
            Optional<GeneratedNames> existing,
            Map<String, List<String>> parents) {
        Designer designer = new Designer(inspection, choices, enums, existing, parents);
        List<TableDesign> roots = new ArrayList<>();
        for (CollectionChoice one : choices.collections()) {
            Map<String, CollectionChoice> parts = one.split().map(Split::tables).orElse(Map.of());
            roots.add(designer.collection(one, one.split().flatMap(Designer::others)));
            parts.forEach((text, part) -> roots.add(designer.collection(
                    part, one.split().map(split -> is(field(split.by()), List.of(text))))));
        }
        return new ProjectDesign(
                choices,
                roots,
                List.copyOf(designer.lookups),
                List.copyOf(designer.links),
                existing.orElseGet(() -> GeneratedNames.of(designer.relations(roots), List.of())));
    }

    private List<GeneratedNames.Relation> relations(List<TableDesign> roots) {
        List<GeneratedNames.Relation> relations = new ArrayList<>();
        for (TableDesign root : roots) {
            for (TableDesign table : root.tree()) {
                relations.add(new GeneratedNames.Relation(
                        table.name(),
                        table.columns().stream().map(ColumnDesign::name).toList()));
            }
        }
        for (ProjectDesign.Lookup lookup : lookups) {
            relations.add(new GeneratedNames.Relation(
                    lookup.table(), List.of(ProjectDesign.Lookup.KEY, ProjectDesign.Lookup.VALUE)));
        }
        return relations;
    }

    private Paths paths(String collection) {
        return inspection.collection(collection).map(Paths::new).orElseThrow();
    }

    private static CodeBlock field(List<String> names) {
        return CodeBlock.builder()
                .add("$T.field(", Conditions.class)
                .add(names.stream().map(name -> CodeBlock.of("$S", name)).collect(CodeBlock.joining(", ")))
                .add(")")
                .build();
    }

    private static CodeBlock is(CodeBlock field, List<String> texts) {
        return field.toBuilder()
                .add(texts.size() == 1 ? ".is(" : ".isOneOf(")
                .add(texts.stream().map(text -> CodeBlock.of("$S", text)).collect(CodeBlock.joining(", ")))
                .add(")")
                .build();
    }

    /** The documents that none of the tables of a split takes. */
    private static Optional<CodeBlock> others(Split split) {
        return split.tables().isEmpty()
                ? Optional.empty()
                : Optional.of(CodeBlock.builder()
                        .add("$T.not(", Conditions.class)
                        .add(is(field(split.by()), List.copyOf(split.tables().keySet())))
                        .add(")")
                        .build());
    }

    private TableDesign collection(CollectionChoice one, Optional<CodeBlock> condition) {
        Paths paths = paths(one.collection());
        Draft draft = new Draft(one.collection(), one.table(), paths);
        draft.columns.add(new ColumnDesign(one.key(), one.keyType(), true, List.of()));
        condition.ifPresent(where -> draft.steps.add(new Step.Where(where)));
        draft.steps.add(new Step.Key(one.key(), new Reading(paths).key(paths.at(List.of("_id")), one.keyType())));
        draft.key.add(one.key());
        draft.mixed(List.of("_id"), paths.at(List.of("_id")));
        draft.fields(one.fields(), List.of(), List.of());
        one.rest().ifPresent(rest -> {
            draft.columns.add(new ColumnDesign(rest, "jsonb", false, List.of("All other fields.")));
            draft.steps.add(new Step.Map(rest, rest(paths, one)));
        });
        return draft.table(one.notes(), Optional.empty());
    }

    /** All other fields, without what jsonb cannot hold of those that were found. */
    private static CodeBlock rest(Paths paths, CollectionChoice one) {
        CodeBlock.Builder rest = CodeBlock.builder().add("$T.rest()", Values.class);
        if (Rest.has(paths, one, Kind.TEXT_NUL)) {
            rest.add(".stripNul()");
        }
        if (Rest.has(paths, one, Kind.TEXT_MALFORMED)) {
            rest.add(".replaceInvalid()");
        }
        return rest.build();
    }

    /** A table while it is designed. */
    private final class Draft {

        private final String collection;
        private final String table;
        private final Paths paths;
        private final List<ColumnDesign> columns = new ArrayList<>();
        private final List<String> key = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<Step> mixes = new ArrayList<>();

        Draft(String collection, String table, Paths paths) {
            this.collection = collection;
            this.table = table;
            this.paths = paths;
        }

        TableDesign table(List<String> notes, Optional<TableDesign.Parent> parent) {
            List<Step> all = new ArrayList<>(steps);
            all.addAll(mixes);
            return new TableDesign(table, collection, notes, columns, key, parent, all);
        }

        /**
         * The fields of a document that belong to a row.
         *
         * @param at where the document is in the collection's paths
         * @param from where it is from the row's document or element
         */
        void fields(Choice.Fields document, List<String> at, List<String> from) {
            document.fields().forEach((name, choice) -> field(choice, Paths.with(at, name), Paths.with(from, name)));
        }

        void field(Choice choice, List<String> at, List<String> from) {
            if (choice instanceof Choice.Fields document) {
                fields(document, at, from);
            } else if (choice instanceof Choice.Column column) {
                column(column, at, from);
            } else if (choice instanceof Choice.Rows rows) {
                rows(rows, at, from);
            } else {
                steps.add(new Step.Ignore(from));
            }
        }

        private void column(Choice.Column column, List<String> at, List<String> from) {
            Optional<PathFacts> found = paths.at(at);
            columns.add(new ColumnDesign(
                    column.column(), column.lookup().isPresent() ? "bigint" : column.type(), false, column.notes()));
            String type = targetType(column);
            CodeBlock value = column.id()
                    ? Reading.id(from)
                    : enumeration(type, from).orElseGet(() -> new Reading(paths).value(from, found, type));
            mixed(from, found);
            if (column.lookup().isPresent()) {
                lookup(
                        column.column(),
                        value,
                        new ProjectDesign.Lookup(column.lookup().get(), type));
                return;
            }
            Optional<CollectionChoice> target = column.references().isEmpty()
                    ? Optional.empty()
                    : choices.collection(column.references().get(0));
            if (target.isEmpty()) {
                steps.add(new Step.Map(column.column(), value));
                return;
            }
            List<String> field =
                    column.references().subList(1, column.references().size());
            boolean key = field.equals(List.of("_id"));
            String there = key
                    ? target.get().key()
                    : target.get()
                            .at(field)
                            .flatMap(Choice::asColumn)
                            .map(Choice.Column::column)
                            .orElseThrow();
            steps.add(new Step.Reference(
                    column.column(),
                    value,
                    target.get().table(),
                    there,
                    column.whenMissing().map(Draft::whenMissing)));
            links.add(
                    new ProjectDesign.Link(table, column.column(), target.get().table(), there, !key));
        }

        private void lookup(String column, CodeBlock value, ProjectDesign.Lookup lookup) {
            lookups.add(lookup);
            steps.add(new Step.Lookup(column, value, lookup.table(), ProjectDesign.Lookup.VALUE));
            links.add(new ProjectDesign.Link(table, column, lookup.table(), ProjectDesign.Lookup.KEY, false));
        }

        private static MissingReference whenMissing(Choice.Column.WhenMissing chosen) {
            return switch (chosen) {
                case PENDING -> MissingReference.PENDING;
                case REJECT -> MissingReference.REJECT;
                case FORGET -> MissingReference.NULL;
            };
        }

        /** A value of a generated class, if the type is an enum or an array of one. */
        private Optional<CodeBlock> enumeration(String type, List<String> from) {
            boolean array = type.endsWith("[]");
            String name = enums.get(array ? type.substring(0, type.length() - 2) : type);
            if (name == null) {
                return Optional.empty();
            }
            String generated = existing.map(one -> one.enumeration(name)).orElse(name);
            CodeBlock one = Reading.enumeration(ClassName.get(choices.packageName() + ".db.enums", generated), from);
            return Optional.of(
                    array
                            ? CodeBlock.builder()
                                    .add("$T.list(", Values.class)
                                    .add(one)
                                    .add(")")
                                    .build()
                            : one);
        }

        /** The type of the values: that of the key where the column refers to one. */
        private String targetType(Choice.Column column) {
            return column.references().isEmpty()
                    ? column.type()
                    : choices.typeAt(column.references()).orElse(column.type());
        }

        /** A mix of types that was there when this was made is no surprise later. */
        private void mixed(List<String> from, Optional<PathFacts> found) {
            long types = found.stream()
                    .flatMap(path -> path.kinds().stream())
                    .filter(one -> !one.kind().isNull())
                    .map(one -> one.kind().type())
                    .distinct()
                    .count();
            if (types > 1 && !from.isEmpty()) {
                mixes.add(new Step.MixedTypes(from));
            }
        }

        private void rows(Choice.Rows rows, List<String> at, List<String> from) {
            Draft child = new Draft(collection, rows.table(), paths);
            List<String> at2 = rows.source() == Choice.Rows.Source.ROW
                    ? at
                    : Paths.with(at, rows.source() == Choice.Rows.Source.ROWS ? Paths.ELEMENT : Paths.ENTRY);
            Set<String> taken = new LinkedHashSet<>();
            columnsOf(rows.row(), taken);
            rows.by().ifPresent(taken::add);
            List<String> leading = new ArrayList<>();
            for (String part : key) {
                String plain = isOwn(part) ? Names.singular(table) + "_" + part : part;
                String name = Names.cut(free(plain, taken, "parent_" + plain));
                leading.add(name);
                ColumnDesign above = column(part);
                child.columns.add(new ColumnDesign(name, above.type(), true, List.of()));
            }
            child.key.addAll(leading);
            List<String> lead = parents.get(rows.table());
            if (lead != null) {
                child.steps.add(new Step.Parent(table, lead));
            }
            identify(child, rows, taken);
            if (rows.row() instanceof Choice.Fields document) {
                child.fields(document, at2, List.of());
            } else {
                child.field(rows.row(), at2, List.of());
            }
            TableDesign made =
                    child.table(rows.notes(), Optional.of(new TableDesign.Parent(table, leading, List.copyOf(key))));
            steps.add(new Step.Rows(rows.source(), from, made, Optional.empty()));
        }

        /** Whether a column of the key is this table's, and does not lead to the one above. */
        private boolean isOwn(String part) {
            return key.indexOf(part) == key.size() - 1;
        }

        private ColumnDesign column(String name) {
            return columns.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        private void identify(Draft child, Choice.Rows rows, Set<String> taken) {
            switch (rows.source()) {
                case ROWS -> {
                    String name = rows.by().orElseGet(() -> free("position", taken, "array_position"));
                    child.columns.add(new ColumnDesign(name, "integer", true, List.of()));
                    child.steps.add(new Step.Position(name));
                    child.key.add(name);
                }
                case ENTRIES -> {
                    String name = rows.by().orElseGet(() -> free("name", taken, "field_name"));
                    child.columns.add(new ColumnDesign(name, "text", true, List.of()));
                    child.steps.add(new Step.Key(name, CodeBlock.of("$T.name()", Values.class)));
                    child.key.add(name);
                }
                case ROW -> {
                    // Its parent's key is its own.
                }
            }
        }

        private static String free(String wanted, Set<String> taken, String otherwise) {
            String name = taken.contains(wanted) ? otherwise : wanted;
            for (int number = 2; !taken.add(name); number++) {
                name = otherwise + "_" + number;
            }
            return name;
        }

        /** The columns that the fields of a row have. */
        private static void columnsOf(Choice choice, Set<String> into) {
            if (choice instanceof Choice.Fields document) {
                document.fields().values().forEach(one -> columnsOf(one, into));
            } else if (choice instanceof Choice.Column column) {
                into.add(column.column());
            }
        }
    }
}
