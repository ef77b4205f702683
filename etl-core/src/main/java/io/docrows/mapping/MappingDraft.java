package io.docrows.mapping;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.value.ValueReader;
import io.docrows.mapping.Binding.Role;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DataType;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jooq.UniqueKey;
import org.jspecify.annotations.Nullable;

/** A mapping under construction: what the builder collected, and every problem found in it. */
final class MappingDraft<R extends TableRecord<R>> {

    private final String collection;
    private final Table<R> table;
    private final List<ColumnMapping> columns = new ArrayList<>();
    private final List<ReferenceMapping<R>> references = new ArrayList<>();
    private final List<JoinMapping> joins = new ArrayList<>();
    private final List<Slot> columnSlots = new ArrayList<>();
    private final List<Slot> referenceSlots = new ArrayList<>();
    private final List<Slot> joinSlots = new ArrayList<>();
    private final Set<TableField<?, ?>> mapped = new HashSet<>();
    private final Set<TableField<?, ?>> computed = new HashSet<>();
    private final Set<List<String>> ignored = new LinkedHashSet<>();
    private final List<PolicySite> policies = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();
    private @Nullable TableField<R, ?> key;
    private boolean strict;
    private boolean identifying;
    private boolean keepsRest;
    private @Nullable TableField<R, Instant> deletedAt;
    private List<String> watermark = List.of();

    MappingDraft(String collection, Table<R> table) {
        this.collection = collection;
        this.table = table;
    }

    void key(TableField<R, ?> column, Value<?> value) {
        if (key != null) {
            problems.add("a mapping has one key of one column, but both " + name(key) + " and " + name(column)
                    + " are named; a key of several columns is not possible yet: name one of them, or the column of the"
                    + " _id, and leave the pair's uniqueness to a constraint of the table");
            return;
        }
        key = column;
        if (!isUnique(column)) {
            problems.add(name(column) + " is the key, but no unique constraint covers exactly that column");
        }
        identifying = value.terms().identifiesDocument();
        add(0, column, value, Role.KEY, true);
    }

    void column(TableField<R, ?> column, Value<?> value) {
        add(columns.size(), column, value, Role.COLUMN, value.isRequired() || mustHaveValue(column));
    }

    private void add(int position, TableField<R, ?> column, Value<?> value, Role role, boolean required) {
        if (!claim(column)) {
            return;
        }
        Optional<ColumnType<?>> type = ColumnType.of(column);
        if (type.isEmpty()) {
            problems.add(name(column) + " has the type " + column.getDataType().getTypeName() + " (Java "
                    + column.getType().getSimpleName() + "), for which there is no lossless conversion"
                    + (column.getType() == BigInteger.class
                            ? "; set <forceIntegerTypesOnZeroScaleDecimals>false</forceIntegerTypesOnZeroScaleDecimals>"
                                    + " in the code generator's <database>, and map it with decimal(…)"
                            : ""));
            return;
        }
        describe(role.name(), column, value.description());
        columns.add(position, new ColumnMapping(column, value.paths(), required));
        keepsRest |= value.terms().isRest();
        Binding binding = binding(role, value.paths(), column, column, type.get(), required);
        columnSlots.add(position, slot(value, binding, column, type.get(), required));
    }

    void reference(
            TableField<R, ?> column,
            Value<?> value,
            TableField<?, ?> parentKey,
            @Nullable MissingReference whenMissing) {
        if (!claim(column)) {
            return;
        }
        if (!isUnique(parentKey)) {
            problems.add(name(parentKey) + " identifies the row that " + name(column)
                    + " refers to, but no unique constraint covers exactly that column");
        }
        boolean nullable = column.getDataType().nullable();
        if (!nullable && whenMissing != null && whenMissing != MissingReference.REJECT) {
            problems.add(
                    name(column) + " is NOT NULL, so a missing reference can only be REJECTed, not " + whenMissing);
        }
        MissingReference policy =
                whenMissing != null ? whenMissing : nullable ? MissingReference.PENDING : MissingReference.REJECT;
        TableField<?, ?> parentId = referred(column, parentKey.getTable());
        Optional<ColumnType<?>> type = ColumnType.of(parentKey);
        if (type.isEmpty()) {
            problems.add(name(parentKey) + " has a type for which there is no lossless conversion");
        }
        if (parentId == null || type.isEmpty()) {
            return;
        }
        describe(
                Role.REFERENCE.name(),
                column,
                policy + " " + described(parentKey) + " " + described(parentId) + " " + value.description());
        references.add(new ReferenceMapping<>(references.size(), column, value.paths(), parentKey, parentId, policy));
        boolean required = value.isRequired() || mustHaveValue(column);
        Binding binding = binding(Role.REFERENCE, value.paths(), column, parentKey, type.get(), required);
        referenceSlots.add(slot(value, binding, column, type.get(), required));
    }

    private Binding binding(
            Role role,
            List<FieldPath> paths,
            TableField<?, ?> column,
            TableField<?, ?> held,
            ColumnType<?> type,
            boolean required) {
        return new Binding(role, paths, column, held, type, required, policies, problems);
    }

    private static Slot slot(
            Value<?> value, Binding binding, TableField<?, ?> column, ColumnType<?> type, boolean required) {
        ValueReader<?> reader = value.bind(binding);
        ValueTerms terms = value.terms();
        List<Source> sources = terms.composed() ? binding.marked() : terms.sources();
        return new Slot(sources, terms.composed(), reader, column, type, required);
    }

    void deletedAt(TableField<R, Instant> column) {
        if (deletedAt != null) {
            problems.add("more than one column says when a row was deleted");
            return;
        }
        if (!column.getDataType().nullable()) {
            problems.add(name(column) + " says when a row was deleted, so it must be nullable");
        }
        if (!claim(column)) {
            return;
        }
        ColumnType<?> type = ColumnType.of(column)
                .orElseThrow(() -> new IllegalStateException("every timestamptz column has a lossless encoding"));
        describe("DELETED_AT", column, "");
        deletedAt = column;
        // No field leads to it, so that every document sets it to NULL.
        columns.add(new ColumnMapping(column, List.of(), false));
        columnSlots.add(new Slot(List.of(), true, (cursor, counter) -> null, column, type, false));
    }

    void join(ListValue<?> elements, Join<?> join) {
        for (JoinMapping other : joins) {
            if (other.join().table().equals(join.table())) {
                problems.add(join.table().getName() + " is filled twice");
                return;
            }
        }
        UniqueKey<?> primary = join.table().getPrimaryKey();
        if (primary == null || !Set.copyOf(primary.getFields()).equals(Set.of(join.owner(), join.other()))) {
            problems.add("the primary key of the join table " + join.table().getName() + " must be exactly "
                    + join.owner().getName() + " and " + join.other().getName());
        }
        if (!isUnique(join.lookup())) {
            problems.add(name(join.lookup()) + " is looked up, but no unique constraint covers exactly that column");
        }
        TableField<?, ?> ownerId = referred(join.owner(), table);
        TableField<?, ?> otherId = referred(join.other(), join.lookup().getTable());
        Optional<ColumnType<?>> type = ColumnType.of(join.lookup());
        if (type.isEmpty()) {
            problems.add(name(join.lookup()) + " has a type for which there is no lossless conversion");
        }
        if (ownerId == null || otherId == null || type.isEmpty()) {
            return;
        }
        describe(
                Role.ELEMENT.name(),
                join.owner(),
                described(ownerId) + " " + described(join.other()) + " " + described(otherId) + " "
                        + described(join.lookup()) + (join.insertsMissing() ? " insertMissing " : " ")
                        + elements.description());
        joins.add(new JoinMapping(joins.size(), join, elements.path(), ownerId, otherId));
        Source source = elements.source();
        Binding binding =
                binding(Role.ELEMENT, List.of(source.path()), join.lookup(), join.lookup(), type.get(), false);
        joinSlots.add(new Slot(List.of(source), false, elements.bind(binding), join.lookup(), type.get(), false));
    }

    void computed(TableField<R, ?> column) {
        if (!table.equals(column.getTable())) {
            problems.add(name(column) + " is not a column of " + table.getName());
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

    void strict() {
        strict = true;
    }

    void watermark(List<String> path) {
        if (path.isEmpty()) {
            problems.add("a watermark needs the name of a field");
        }
        if (!watermark.isEmpty()) {
            problems.add("more than one field is named as the watermark");
        }
        watermark = path;
    }

    /** A watermark that is not mapped is not unknown either. */
    private List<List<String>> noticed() {
        return watermark.size() == 1 ? List.of(watermark) : List.of();
    }

    /** Fields that are both carried and left out. */
    private List<String> contradictions(List<Slot> slots) {
        List<String> found = new ArrayList<>();
        for (Slot slot : slots) {
            for (Source source : slot.sources()) {
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
        return found;
    }

    private static boolean isWithin(List<String> path, List<String> outer) {
        return path.size() >= outer.size() && path.subList(0, outer.size()).equals(outer);
    }

    CollectionMapping<R> build() {
        List<String> all = new ArrayList<>(problems);
        if (key == null) {
            all.add("no key is mapped");
        }
        for (org.jooq.Field<?> field : table.fields()) {
            if (!(field instanceof TableField<?, ?> column)) {
                continue;
            }
            if (mapped.contains(column) && isComputed(column)) {
                all.add(name(column) + " is computed by PostgreSQL, which takes no value for it: leave it out");
            } else if (!mapped.contains(column) && !isComputed(column) && mustHaveValue(column)) {
                all.add(name(column)
                        + " is NOT NULL and has no default, but is not mapped; if PostgreSQL computes it, say"
                        + " so with computed(…)");
            }
        }
        List<Slot> slots = new ArrayList<>(columnSlots);
        slots.addAll(referenceSlots);
        slots.addAll(joinSlots);
        all.addAll(contradictions(slots));
        if (strict && keepsRest) {
            all.add("strict() rejects unknown fields, but rest() takes all of them: leave one of both out");
        }
        TableField<R, ?> found = key;
        if (found == null || !all.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_MAPPING,
                    "the mapping of " + collection + " to " + table.getName() + " is wrong: " + String.join("; ", all));
        }
        DecodePlan<R> plan = new DecodePlan<>(
                List.copyOf(slots),
                columnSlots.size(),
                referenceSlots.size(),
                List.copyOf(policies),
                FieldNode.tree(slots, ignored, noticed()),
                strict,
                keepsRest);
        List<String> description = new ArrayList<>(descriptions);
        ignored.forEach(field -> description.add("IGNORED "
                + String.join(".", field.stream().map(ValueTerms::quoted).toList())));
        description.add(ValueTerms.quoted(collection) + " to " + QualifiedName.text(table) + (strict ? " strict" : ""));
        // The order of the calls decides nothing.
        Collections.sort(description);
        return new CollectionMapping<>(
                collection,
                table,
                found,
                columns,
                references,
                joins,
                plan,
                deletedAt,
                watermark,
                description,
                identifying);
    }

    private void describe(String role, TableField<?, ?> column, String value) {
        descriptions.add(role + " " + described(column) + " " + value);
    }

    /** A column with its type, for what does not fit its length or precision is rejected, or cut. */
    private static String described(TableField<?, ?> column) {
        DataType<?> type = column.getDataType();
        return QualifiedName.text(column) + " " + type.getCastTypeName() + (type.nullable() ? "" : " not null")
                + (type.defaulted() ? " default" : "");
    }

    private boolean claim(TableField<R, ?> column) {
        if (!table.equals(column.getTable())) {
            problems.add(name(column) + " is not a column of " + table.getName());
            return false;
        }
        if (!mapped.add(column)) {
            problems.add(name(column) + " is mapped twice");
            return false;
        }
        return true;
    }

    private @Nullable TableField<?, ?> referred(TableField<?, ?> column, @Nullable Table<?> target) {
        Table<?> owner = column.getTable();
        if (owner != null) {
            for (ForeignKey<?, ?> foreignKey : owner.getReferences()) {
                if (foreignKey.getFields().equals(List.of(column))
                        && foreignKey.getKey().getTable().equals(target)) {
                    return foreignKey.getKeyFields().get(0);
                }
            }
        }
        problems.add(name(column) + " has no foreign key of its own to " + (target == null ? "?" : target.getName()));
        return null;
    }

    private static boolean isUnique(TableField<?, ?> column) {
        Table<?> table = column.getTable();
        if (table == null) {
            return false;
        }
        for (UniqueKey<?> unique : table.getKeys()) {
            if (unique.getFields().equals(List.of(column))) {
                return true;
            }
        }
        return false;
    }

    private static boolean mustHaveValue(TableField<?, ?> column) {
        DataType<?> type = column.getDataType();
        return !type.nullable() && !type.defaulted() && !type.identity();
    }

    /** Docrows's generator marks such columns, jOOQ's own does not. */
    private boolean isComputed(TableField<?, ?> column) {
        return column.getDataType().readonly() || computed.contains(column);
    }

    private static String name(TableField<?, ?> column) {
        return (column.getTable() == null ? "?" : column.getTable().getName()) + "." + column.getName();
    }
}
