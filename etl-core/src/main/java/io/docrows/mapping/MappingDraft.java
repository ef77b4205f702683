package io.docrows.mapping;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.mapping.Binding.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jooq.UniqueKey;
import org.jspecify.annotations.Nullable;

/** The mapping of a collection under construction: that of its documents' own table, and what only that can have. */
final class MappingDraft<R extends TableRecord<R>> extends RowDraft<R> {

    private final String collection;
    private final List<JoinMapping> joins = new ArrayList<>();
    private final List<FieldBinding> joinBindings = new ArrayList<>();
    private final List<TableField<R, ?>> key = new ArrayList<>();
    private @Nullable TableField<R, Instant> deletedAt;
    private final Map<TableField<R, ?>, Object> owned = new LinkedHashMap<>();
    private boolean identifying;
    private int telling;
    private List<String> watermark = List.of();
    private @Nullable Condition condition;

    MappingDraft(String collection, Table<R> table) {
        super(new Shared(), table, "");
        this.collection = collection;
    }

    void key(TableField<R, ?> column, Value<?> value) {
        int before = columns.size();
        int position = key.size();
        add(position, column, value, Role.KEY, true);
        if (columns.size() > before) {
            key.add(column);
            // A constant tells the rows of this mapping from those of others, and none of them from each other.
            if (columnBindings.get(position).reader() instanceof Constant<?> constant) {
                owned.put(column, constant.value());
            } else {
                identifying = position == owned.size() && value.identifiesDocument();
                telling++;
            }
        }
    }

    <T> void owns(TableField<R, T> column, T value) {
        int before = columns.size();
        column(column, Constant.of(value));
        if (columns.size() > before) {
            shared.descriptions.add("OWNS " + described(column));
            owned.put(column, value);
        }
    }

    void deletedAt(TableField<R, Instant> column) {
        if (deletedAt != null) {
            problem("more than one column says when a row was deleted");
            return;
        }
        if (!column.getDataType().nullable()) {
            problem(name(column) + " says when a row was deleted, so it must be nullable");
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
        columnBindings.add(FieldBinding.withoutValue(place, column, type));
    }

    void join(ListValue<?> elements, Join<?> join) {
        if (join.whenMissing() == MissingReference.NULL) {
            problem(name(join.other()) + " identifies a row of a join table, so a missing row can only be REJECTed,"
                    + " SKIPped or PENDING, not NULL");
        } else if (join.insertsMissing() && join.whenMissing() != MissingReference.REJECT) {
            problem("what " + name(join.lookup()) + " does not hold is inserted, so it is never " + join.whenMissing()
                    + ": leave one of both out");
        } else if (join.whenMissing() != MissingReference.REJECT
                || (table.equals(join.lookup().getTable()) && !join.insertsMissing())) {
            linked(elements, join);
            return;
        }
        if (!shared.tables.add(join.table())) {
            problem(join.table().getName() + " is filled twice");
            return;
        }
        UniqueKey<?> primary = join.table().getPrimaryKey();
        if (primary == null || !Set.copyOf(primary.getFields()).equals(Set.of(join.owner(), join.other()))) {
            problem("the primary key of the join table " + join.table().getName() + " must be exactly "
                    + join.owner().getName() + " and " + join.other().getName());
        }
        if (!isUnique(join.lookup())) {
            problem(name(join.lookup()) + " is looked up, but no unique constraint covers exactly that column");
        }
        TableField<?, ?> ownerId = referred(join.owner(), table);
        TableField<?, ?> otherId = referred(join.other(), join.lookup().getTable());
        Optional<ColumnType<?>> type = ColumnType.of(join.lookup());
        if (type.isEmpty()) {
            problem(name(join.lookup()) + " has a type for which there is no lossless conversion");
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
        joins.add(new JoinMapping(join, elements.path(), ownerId, otherId));
        Source source = elements.source();
        Binding binding =
                binding(Role.ELEMENT, List.of(source.path()), join.lookup(), join.lookup(), type.get(), false);
        joinBindings.add(new FieldBinding(
                place,
                List.of(source),
                false,
                elements.bind(binding),
                target -> elements.bind(binding.in(target)),
                join.lookup(),
                join.lookup(),
                type.get(),
                false));
    }

    /**
     * Rows of a join table whose other side may be missing, or may be documents of the same collection that come later:
     * what a table below the document can do about that, a join table can as well.
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // A join is of one table, whose record type it has forgotten.
    private void linked(ListValue<?> elements, Join<?> join) {
        List<? extends ForeignKey<?, ?>> owners = join.table().getReferences().stream()
                .filter(key -> key.getFields().equals(List.of(join.owner())))
                .toList();
        if (owners.isEmpty()) {
            problem(name(join.owner()) + " has no foreign key");
            return;
        }
        ChildDraft child =
                new ChildDraft(shared, this, ChildMapping.Source.ARRAY, elements.path(), (Table) join.table());
        children.add(child);
        child.linked(owners.get(0), elements.forms());
        child.identityReference(join.other(), elements.element(), join.lookup(), join.whenMissing());
    }

    void strict() {
        shared.strict = true;
    }

    void where(Condition more) {
        List<FieldTest> tests = new ArrayList<>();
        more.collect(tests, shared.problems);
        condition = condition == null ? more : condition.and(more);
    }

    void watermark(List<String> path) {
        if (path.isEmpty()) {
            problem("a watermark needs the name of a field");
        }
        if (!watermark.isEmpty()) {
            problem("more than one field is named as the watermark");
        }
        watermark = path;
    }

    @Override
    List<FieldBinding> bindings() {
        List<FieldBinding> bindings = super.bindings();
        bindings.addAll(joinBindings);
        return bindings;
    }

    /** What a watermark or a condition is about is not unknown, even if it is not mapped. */
    @Override
    List<List<String>> noticed() {
        List<List<String>> noticed = new ArrayList<>();
        noticed.add(watermark);
        condition().ifPresent(some -> FieldTest.of(some).forEach(test -> noticed.add(test.path())));
        return noticed.stream().filter(path -> path.size() == 1).toList();
    }

    CollectionMapping<R> build() {
        List<String> all = new ArrayList<>(shared.problems);
        if (telling == 0) {
            all.add(key.isEmpty() ? "no key is mapped" : "the key is a constant, so all documents have the same");
        } else if (!isUnique(table, Set.copyOf(key))) {
            all.add(key.stream().map(RowDraft::name).collect(Collectors.joining(" and "))
                    + (key.size() == 1
                            ? " is the key, but no unique constraint covers exactly that column"
                            : " are the key, but no unique constraint covers exactly these columns"));
        }
        check(all);
        if (!all.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_MAPPING,
                    "The mapping of " + collection + " to " + table.getName() + " is wrong: " + String.join("; ", all)
                            + ".");
        }
        DecodePlan plan = plan();
        return new CollectionMapping<>(this, plan);
    }

    /**
     * All that decides what becomes of a document, as text, in an order that the order of the calls does not change.
     */
    List<String> description() {
        List<String> description = new ArrayList<>(shared.descriptions);
        describe(this, description);
        condition().ifPresent(some -> description.add("WHERE " + some));
        description.add(
                ValueTerms.quoted(collection) + " to " + QualifiedName.text(table) + (shared.strict ? " strict" : ""));
        Collections.sort(description);
        return description;
    }

    private static void describe(RowDraft<?> row, List<String> description) {
        String prefix = row.place.isEmpty() ? "IGNORED " : "IGNORED " + row.place + " ";
        row.ignored.forEach(field -> description.add(
                prefix + String.join(".", field.stream().map(ValueTerms::quoted).toList())));
        for (ChildDraft<?> child : row.children) {
            description.add(child.description());
            describe(child, description);
        }
    }

    String collection() {
        return collection;
    }

    List<TableField<R, ?>> key() {
        return key;
    }

    List<JoinMapping> joins() {
        return joins;
    }

    Optional<TableField<?, ?>> deletedAt() {
        return Optional.ofNullable(deletedAt);
    }

    List<String> watermark() {
        return watermark;
    }

    Optional<Condition> condition() {
        return Optional.ofNullable(condition);
    }

    /** Whether two documents have the same key only if MongoDB holds their {@code _id}s equal. */
    boolean identifying() {
        return identifying && telling == 1;
    }

    /** The constants that tell the rows of this mapping from those of others. */
    Map<TableField<R, ?>, Object> owned() {
        return owned;
    }
}
