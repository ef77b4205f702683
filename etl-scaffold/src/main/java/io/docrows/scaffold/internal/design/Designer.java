package io.docrows.scaffold.internal.design;

import com.palantir.javapoet.CodeBlock;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.mapping.Values;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.internal.choose.Names;
import io.docrows.scaffold.internal.choose.Paths;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes tables and mappings of choices. Not thread-safe; used once. */
public final class Designer {

    private final Inspection inspection;
    private final Choices choices;
    private final Set<String> enums;
    private final Set<ProjectDesign.Link> links = new LinkedHashSet<>();

    private Designer(Inspection inspection, Choices choices, Set<String> enums) {
        this.inspection = inspection;
        this.choices = choices;
        this.enums = Set.copyOf(enums);
    }

    /** The project for choices about what was found; some types are enums. */
    public static ProjectDesign design(Inspection inspection, Choices choices, Set<String> enums) {
        Designer designer = new Designer(inspection, choices, enums);
        List<TableDesign> roots =
                choices.collections().stream().map(designer::collection).toList();
        return new ProjectDesign(choices, roots, List.copyOf(designer.links));
    }

    private Paths paths(String collection) {
        return inspection.collection(collection).map(Paths::new).orElseThrow();
    }

    private TableDesign collection(CollectionChoice one) {
        Paths paths = paths(one.collection());
        Draft draft = new Draft(one.collection(), one.table(), paths);
        draft.columns.add(new ColumnDesign(one.key(), one.keyType(), true, List.of()));
        draft.steps.add(new Step.Key(one.key(), new Reading(paths).key(paths.at(List.of("_id")), one.keyType())));
        draft.key.add(one.key());
        draft.mixed(List.of("_id"), paths.at(List.of("_id")));
        draft.fields(one.fields(), List.of(), List.of());
        one.rest().ifPresent(rest -> {
            draft.columns.add(new ColumnDesign(rest, "jsonb", false, List.of("All other fields.")));
            draft.steps.add(new Step.Map(rest, CodeBlock.of("$T.rest()", Values.class)));
        });
        return draft.table(one.notes(), Optional.empty());
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
            columns.add(new ColumnDesign(column.column(), column.type(), false, column.notes()));
            String type = targetType(column);
            CodeBlock value = column.id()
                    ? Reading.id(from)
                    : enums.contains(type)
                            ? Reading.enumeration(choices.packageName(), type, from)
                            : new Reading(paths).value(from, found, type);
            mixed(from, found);
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
            steps.add(new Step.Reference(column.column(), value, target.get().table(), there));
            links.add(
                    new ProjectDesign.Link(table, column.column(), target.get().table(), there, !key));
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
            List<String> leading = new ArrayList<>();
            for (String part : key) {
                String plain = isOwn(part) ? Names.singular(table) + "_" + part : part;
                String name = Names.cut(free(plain, taken, "parent_" + plain));
                leading.add(name);
                ColumnDesign above = column(part);
                child.columns.add(new ColumnDesign(name, above.type(), true, List.of()));
            }
            child.key.addAll(leading);
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
