package io.docrows.mapping;

import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.value.ValueReader;
import io.docrows.mapping.Binding.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DataType;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jooq.UniqueKey;
import org.jspecify.annotations.Nullable;

/** The mapping of one table under construction: what a builder collected, and every problem found in it. */
class RowDraft<R extends TableRecord<R>> {

    /** What all tables of one mapping share. */
    static final class Shared {

        final List<PolicySite> policies = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        final List<String> descriptions = new ArrayList<>();
        final Set<Table<?>> tables = new HashSet<>();
        boolean strict;
        int children;
    }

    /** Reads nothing: what fills the column is not in the document. */
    static final ValueReader<Object> NO_VALUE = (cursor, counter) -> null;

    final Shared shared;
    final Table<R> table;
    final List<ColumnMapping> columns = new ArrayList<>();
    final List<ReferenceMapping<?>> references = new ArrayList<>();
    final List<FieldBinding> columnBindings = new ArrayList<>();
    final List<FieldBinding> referenceBindings = new ArrayList<>();
    final Set<TableField<?, ?>> mapped = new HashSet<>();
    final Set<List<String>> ignored = new LinkedHashSet<>();
    private final Set<List<String>> mixed = new LinkedHashSet<>();
    final List<ChildDraft<?>> children = new ArrayList<>();
    private boolean keepsRest;
    private final Set<TableField<?, ?>> computed = new HashSet<>();
    /** The path of a row's document, joined, for people. */
    final String place;

    RowDraft(Shared shared, Table<R> table, String place) {
        this.shared = shared;
        this.table = table;
        this.place = place;
        if (!shared.tables.add(table)) {
            problem(table.getName() + " is filled twice");
        }
    }

    final void problem(String problem) {
        shared.problems.add(problem);
    }

    void column(TableField<R, ?> column, Value<?> value) {
        add(columns.size(), column, value, Role.COLUMN, value.isRequired() || mustHaveValue(column));
    }

    final void add(int position, TableField<R, ?> column, Value<?> value, Role role, boolean required) {
        if (!claim(column)) {
            return;
        }
        Optional<ColumnType<?>> type = ColumnType.of(column);
        if (type.isEmpty()) {
            problem(name(column) + " has the type " + column.getDataType().getTypeName() + " (Java "
                    + column.getType().getSimpleName() + "), for which there is no lossless conversion");
            return;
        }
        describe(role.name(), column, value.description());
        columns.add(position, new ColumnMapping(column, value.paths(), required));
        keepsRest |= value.terms().isRest();
        Binding binding = binding(role, value.paths(), column, column, type.get(), required);
        columnBindings.add(position, fieldBinding(value, binding, column, column, type.get(), required));
    }

    void reference(
            TableField<R, ?> column,
            Value<?> value,
            TableField<?, ?> parentKey,
            @Nullable MissingReference whenMissing,
            boolean insertMissing) {
        MissingReference policy = whenMissing != null ? whenMissing : defaultWhenMissing(column);
        if (!column.getDataType().nullable() && policy != MissingReference.REJECT) {
            problem(name(column) + " is NOT NULL, so a missing reference can only be REJECTed, not " + policy);
        } else if (policy == MissingReference.SKIP) {
            problem(name(column) + " does not identify a row, so a row without it need not be SKIPped: choose NULL");
        }
        addReference(references.size(), column, value, parentKey, policy, insertMissing, false);
    }

    MissingReference defaultWhenMissing(TableField<R, ?> column) {
        return column.getDataType().nullable() ? MissingReference.PENDING : MissingReference.REJECT;
    }

    /** Returns false if the reference was not added, because of a problem. */
    final boolean addReference(
            int position,
            TableField<R, ?> column,
            Value<?> value,
            TableField<?, ?> parentKey,
            MissingReference whenMissing,
            boolean insertMissing,
            boolean identifying) {
        if (!claim(column)) {
            return false;
        }
        if (!isUnique(parentKey)) {
            problem(name(parentKey) + " identifies the row that " + name(column)
                    + " refers to, but no unique constraint covers exactly that column");
        }
        TableField<?, ?> parentId = referred(column, parentKey.getTable());
        Optional<ColumnType<?>> type = ColumnType.of(parentKey);
        if (type.isEmpty()) {
            problem(name(parentKey) + " has a type for which there is no lossless conversion");
        }
        if (parentId == null || type.isEmpty()) {
            return false;
        }
        describe(
                (identifying ? "IDENTITY " : "") + Role.REFERENCE.name(),
                column,
                whenMissing + " " + described(parentKey) + " " + described(parentId)
                        + (insertMissing ? " insertMissing " : " ") + value.description());
        references.add(
                position,
                new ReferenceMapping<>(column, value.paths(), parentKey, parentId, whenMissing, insertMissing));
        boolean required = !mayLackIdentity() && (identifying || value.isRequired() || mustHaveValue(column));
        Binding binding = binding(Role.REFERENCE, value.paths(), column, parentKey, type.get(), required);
        referenceBindings.add(position, fieldBinding(value, binding, column, parentKey, type.get(), required));
        return true;
    }

    <C extends TableRecord<C>> void child(
            ChildMapping.Source source,
            List<String> path,
            Table<C> childTable,
            Consumer<ChildMapping.Builder<C>> rows) {
        Objects.requireNonNull(childTable, "table");
        if (path.isEmpty() && !takesElements()) {
            problem(childTable.getName() + " is filled from a field without a name");
            return;
        }
        ChildDraft<C> child = new ChildDraft<>(shared, this, source, path, childTable);
        children.add(child);
        rows.accept(new ChildMapping.Builder<>(child));
    }

    /** Whether what identifies a row may be missing, because there is no row then. */
    boolean mayLackIdentity() {
        return false;
    }

    /** Whether a row is made of something that need not be a document. */
    boolean takesElements() {
        return false;
    }

    final Binding binding(
            Role role,
            List<FieldPath> paths,
            TableField<?, ?> column,
            TableField<?, ?> held,
            ColumnType<?> type,
            boolean required) {
        return new Binding(role, place, paths, column, held, type, required, shared.policies, shared.problems);
    }

    final FieldBinding fieldBinding(
            Value<?> value,
            Binding binding,
            TableField<?, ?> column,
            TableField<?, ?> held,
            ColumnType<?> type,
            boolean required) {
        ValueTerms terms = value.terms();
        boolean isWhole = !terms.composed() && value.path().isEmpty();
        if (isWhole && !takesElements() && !terms.isOfDocument()) {
            problem("the value of " + name(column) + " names no field");
        }
        ValueReader<?> reader = value.bind(binding);
        List<Source> sources = terms.composed() ? binding.marked() : terms.sources();
        return new FieldBinding(
                place,
                sources,
                terms.composed(),
                reader,
                target -> value.bind(binding.in(target)),
                column,
                held,
                type,
                required);
    }

    void computed(TableField<R, ?> column) {
        if (!table.equals(column.getTable())) {
            problem(name(column) + " is not a column of " + table.getName());
        }
        computed.add(column);
    }

    void ignore(String... fields) {
        for (String field : fields) {
            ignored.add(List.of(field));
        }
    }

    void ignorePath(List<String> path) {
        ignored.add(path);
    }

    void mixedTypes(List<String> path) {
        mixed.add(path);
    }

    /** Adds what is only seen once all columns are known. */
    void check(List<String> problems) {
        for (org.jooq.Field<?> field : table.fields()) {
            if (!(field instanceof TableField<?, ?> column)) {
                continue;
            }
            if (mapped.contains(column) && isComputed(column)) {
                problems.add(name(column) + " is computed by PostgreSQL, which takes no value for it: leave it out");
            } else if (!mapped.contains(column) && !isComputed(column) && mustHaveValue(column)) {
                problems.add(name(column)
                        + " is NOT NULL and has no default, but is not mapped; if PostgreSQL computes it, say"
                        + " so with computed(…)");
            }
        }
        problems.addAll(contradictions(bindings()));
        if (shared.strict && keepsRest) {
            problems.add("strict() rejects unknown fields, but rest() takes all of them: leave one of both out");
        }
        children.forEach(child -> child.check(problems));
    }

    List<FieldBinding> bindings() {
        List<FieldBinding> bindings = new ArrayList<>(columnBindings);
        bindings.addAll(referenceBindings);
        return bindings;
    }

    /** Fields that are not carried, but are not unknown either. */
    List<List<String>> noticed() {
        return List.of();
    }

    /** Fields that are both carried and left out. */
    private List<String> contradictions(List<FieldBinding> bindings) {
        List<String> found = new ArrayList<>();
        for (FieldBinding binding : bindings) {
            for (Source source : binding.sources()) {
                List<String> names = source.path().names();
                for (List<String> field : ignored) {
                    if (!names.isEmpty() && isWithin(names, field)) {
                        found.add("the field " + String.join(".", field) + " is both mapped and ignored");
                    } else if (!names.isEmpty() && isWithin(field, names) && !source.partial()) {
                        found.add("the field " + String.join(".", field) + " is ignored, but " + source.path()
                                + ", which holds it, is mapped as a whole");
                    }
                }
            }
        }
        for (List<String> field : mixed) {
            boolean mapped = bindings.stream()
                            .flatMap(binding -> binding.sources().stream())
                            .anyMatch(source -> source.path().names().equals(field))
                    || children.stream().anyMatch(child -> child.path().equals(field));
            if (!mapped) {
                found.add("the field " + String.join(".", field) + " has mixedTypes(), but is not mapped");
            }
        }
        for (ChildDraft<?> child : children) {
            for (List<String> field : ignored) {
                if (!child.path().isEmpty() && isWithin(child.path(), field)) {
                    found.add("the field " + String.join(".", field) + " is ignored, but " + child.table.getName()
                            + " is filled from it");
                }
            }
        }
        return found;
    }

    private static boolean isWithin(List<String> path, List<String> outer) {
        return path.size() >= outer.size() && path.subList(0, outer.size()).equals(outer);
    }

    DecodePlan plan() {
        List<FieldBinding> bindings = bindings();
        List<NestedPlan> nested = new ArrayList<>();
        List<List<String>> paths = new ArrayList<>();
        for (ChildDraft<?> child : children) {
            nested.add(child.nestedPlan());
            paths.add(child.path());
        }
        return new DecodePlan(
                bindings,
                FieldNode.tree(place, bindings, nested, paths, ignored, noticed(), mixed),
                shared.strict,
                keepsRest,
                restAbove());
    }

    /** Whether what the row does not take is left for a row above. */
    boolean restAbove() {
        return false;
    }

    final boolean leavesNothing() {
        return keepsRest || restAbove();
    }

    List<ChildMapping> childMappings() {
        List<ChildMapping> built = new ArrayList<>();
        children.forEach(child -> built.add(child.mapping()));
        return built;
    }

    final void describe(String role, TableField<?, ?> column, String value) {
        shared.descriptions.add(role + " " + described(column) + " " + value);
    }

    /** A column with its type, for what does not fit its length or precision is rejected, or cut. */
    static String described(TableField<?, ?> column) {
        DataType<?> type = column.getDataType();
        return QualifiedName.text(column) + " " + type.getCastTypeName() + (type.nullable() ? "" : " not null")
                + (type.defaulted() ? " default" : "");
    }

    final boolean claim(TableField<?, ?> column) {
        if (!table.equals(column.getTable())) {
            problem(name(column) + " is not a column of " + table.getName());
            return false;
        }
        if (!mapped.add(column)) {
            problem(name(column) + " is mapped twice");
            return false;
        }
        return true;
    }

    final @Nullable TableField<?, ?> referred(TableField<?, ?> column, @Nullable Table<?> target) {
        Table<?> owner = column.getTable();
        if (owner != null) {
            for (ForeignKey<?, ?> foreignKey : owner.getReferences()) {
                if (foreignKey.getFields().equals(List.of(column))
                        && foreignKey.getKey().getTable().equals(target)) {
                    return foreignKey.getKeyFields().get(0);
                }
            }
        }
        problem(name(column) + " has no foreign key of its own to " + (target == null ? "?" : target.getName()));
        return null;
    }

    static boolean isUnique(TableField<?, ?> column) {
        return isUnique(column.getTable(), Set.of(column));
    }

    static boolean isUnique(@Nullable Table<?> table, Set<? extends TableField<?, ?>> columns) {
        if (table == null) {
            return false;
        }
        for (UniqueKey<?> unique : table.getKeys()) {
            if (Set.copyOf(unique.getFields()).equals(columns)) {
                return true;
            }
        }
        return false;
    }

    static boolean mustHaveValue(TableField<?, ?> column) {
        DataType<?> type = column.getDataType();
        return !type.nullable() && !type.defaulted() && !type.identity();
    }

    /** Docrows's generator marks such columns, jOOQ's own does not. */
    private boolean isComputed(TableField<?, ?> column) {
        return column.getDataType().readonly() || computed.contains(column);
    }

    static String name(TableField<?, ?> column) {
        return (column.getTable() == null ? "?" : column.getTable().getName()) + "." + column.getName();
    }
}
