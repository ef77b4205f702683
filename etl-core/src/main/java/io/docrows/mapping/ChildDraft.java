package io.docrows.mapping;

import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.value.ValueReader;
import io.docrows.mapping.Binding.Role;
import io.docrows.report.LossPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** The mapping of a child table under construction. */
final class ChildDraft<R extends TableRecord<R>> extends RowDraft<R> {

    private final int number;
    private final RowDraft<?> parent;
    private final ChildMapping.Source source;
    private final List<String> path;
    private final List<TableField<?, ?>> identity = new ArrayList<>();
    private int identityColumns;
    private int identityReferences;
    private @Nullable ForeignKey<R, ?> parentKey;
    private @Nullable TableField<R, ?> position;
    private int first;
    /** Found when the whole is checked, as the columns that are mapped decide it. */
    private List<ChildMapping.ParentColumn> up = List.of();

    private boolean skipsInvalid;
    private final Set<LossPolicy> forms = new TreeSet<>();
    private NestedPlan.Duplicates duplicates = NestedPlan.Duplicates.REJECT;

    ChildDraft(Shared shared, RowDraft<?> parent, ChildMapping.Source source, List<String> path, Table<R> table) {
        super(shared, table, place(parent.place, source, path));
        this.number = shared.children++;
        this.parent = parent;
        this.source = source;
        this.path = List.copyOf(path);
    }

    private static String place(String parent, ChildMapping.Source source, List<String> path) {
        String whole = FieldBinding.within(parent, String.join(".", path));
        return switch (source) {
            case DOCUMENT -> whole;
            case ARRAY -> whole + "[]";
            case ENTRIES -> whole + ".*";
        };
    }

    List<String> path() {
        return path;
    }

    @Override
    boolean takesElements() {
        return source != ChildMapping.Source.DOCUMENT;
    }

    @Override
    boolean restAbove() {
        return source == ChildMapping.Source.DOCUMENT && parent.leavesNothing();
    }

    /** Whoever waits for a row is kept with the whole document: that has to be asked for. */
    @Override
    MissingReference defaultWhenMissing(TableField<R, ?> column) {
        return MissingReference.REJECT;
    }

    void parent(ForeignKey<R, ?> key) {
        if (parentKey != null) {
            problem(table.getName() + " has more than one parent");
        }
        parentKey = key;
    }

    void position(TableField<R, ? extends Number> column, int firstPosition) {
        if (position != null) {
            problem(table.getName() + " has more than one position");
            return;
        }
        if (!claim(column)) {
            return;
        }
        Optional<ColumnType<?>> type = ColumnType.of(column);
        if (type.isEmpty() || NestedPlan.position(column.getType(), 0) == null) {
            problem(name(column) + " holds a position, so it must be smallint, integer or bigint");
            return;
        }
        position = column;
        first = firstPosition;
        describe("POSITION from " + firstPosition, column, "");
        // Decoding sets it, whatever the element is.
        columns.add(identityColumns, new ColumnMapping(column, List.of(), true));
        columnBindings.add(identityColumns, FieldBinding.withoutValue(place, column, type.get()));
    }

    void identity(TableField<R, ?> column, Value<?> value) {
        int before = columns.size();
        add(identityColumns, column, value, Role.KEY, true);
        if (columns.size() > before) {
            describe("IDENTITY", column, "");
            identityColumns++;
            identity.add(column);
        }
    }

    void identityReference(
            TableField<R, ?> column, Value<?> value, TableField<?, ?> other, MissingReference whenMissing) {
        if (whenMissing == MissingReference.NULL) {
            problem(name(column) + " identifies a row, so a missing reference can only be REJECTed, SKIPped or PENDING,"
                    + " not NULL");
        }
        if (addReference(identityReferences, column, value, other, whenMissing, false, true)) {
            identityReferences++;
            identity.add(column);
        }
    }

    /** Makes rows of a join table: each is there once, and a null makes none. */
    void linked(ForeignKey<R, ?> owner, List<LossPolicy> arrays) {
        parent(owner);
        duplicates = NestedPlan.Duplicates.LINKED;
        forms.addAll(arrays);
    }

    @Override
    boolean mayLackIdentity() {
        return duplicates == NestedPlan.Duplicates.LINKED;
    }

    void skipInvalid() {
        skipsInvalid = true;
    }

    /** Another form in which the part may be stored. */
    void form(LossPolicy policy, ChildMapping.Source... allowed) {
        if (!List.of(allowed).contains(source)) {
            problem(policy.method() + "() for " + table.getName() + " has no meaning for rows that are made of "
                    + switch (source) {
                        case DOCUMENT -> "one sub-document";
                        case ARRAY -> "an array";
                        case ENTRIES -> "the fields of a sub-document";
                    });
        }
        forms.add(policy);
    }

    private int form(LossPolicy policy) {
        return forms.contains(policy) ? site(policy) : ValueReader.NO_POLICY;
    }

    void duplicates(NestedPlan.Duplicates what) {
        duplicates = what;
    }

    /** Where there is no other identity, it is the position. */
    private List<TableField<?, ?>> identity() {
        return identity.isEmpty() && position != null ? List.of(position) : identity;
    }

    @Override
    void check(List<String> problems) {
        up = parentColumns(problems);
        mapped.addAll(up.stream().map(ChildMapping.ParentColumn::column).toList());
        if (!up.isEmpty()) {
            Set<TableField<?, ?>> unique = new LinkedHashSet<>(identity());
            up.forEach(column -> unique.add(column.column()));
            if (source != ChildMapping.Source.DOCUMENT && identity().isEmpty()) {
                problems.add("nothing tells the rows of " + table.getName() + " of one parent apart: say so with"
                        + " position(…) or identity(…)");
            } else if (!isUnique(table, unique)) {
                problems.add("no unique constraint of " + table.getName() + " covers exactly "
                        + unique.stream().map(TableField::getName).sorted().collect(Collectors.joining(", "))
                        + ", by which its rows are told apart");
            }
        }
        if (!children.isEmpty() && identityReferences > 0) {
            problems.add(table.getName() + " is identified by a reference, so there can be no tables below it");
        }
        super.check(problems);
    }

    private List<ChildMapping.ParentColumn> parentColumns(List<String> problems) {
        List<ForeignKey<R, ?>> keys = new ArrayList<>();
        for (ForeignKey<R, ?> key : table.getReferences()) {
            boolean taken = key.getFields().stream().anyMatch(mapped::contains);
            if (key.getKey().getTable().equals(parent.table)
                    && (parentKey == null ? !taken : key.getName().equals(parentKey.getName()))) {
                keys.add(key);
            }
        }
        if (keys.size() != 1) {
            problems.add(
                    keys.isEmpty()
                            ? table.getName() + " has no foreign key to " + parent.table.getName()
                            : table.getName() + " has several foreign keys to " + parent.table.getName()
                                    + "; name the one that leads to the parent with parent(…)");
            return List.of();
        }
        List<ChildMapping.ParentColumn> found = new ArrayList<>();
        ForeignKey<R, ?> key = keys.get(0);
        for (int i = 0; i < key.getFields().size(); i++) {
            found.add(new ChildMapping.ParentColumn(
                    key.getFields().get(i), key.getKeyFields().get(i)));
        }
        return found;
    }

    NestedPlan nestedPlan() {
        List<FieldBinding> bindings = bindings();
        List<TableField<?, ?>> chosen = identity;
        int[] identityIndexes = new int[chosen.size()];
        for (int i = 0; i < identityIndexes.length; i++) {
            for (int binding = 0; binding < bindings.size(); binding++) {
                if (bindings.get(binding).column().equals(chosen.get(i))) {
                    identityIndexes[i] = binding;
                }
            }
        }
        int positionIndex = -1;
        for (int binding = 0; binding < columns.size(); binding++) {
            if (columns.get(binding).column().equals(position)) {
                positionIndex = binding;
            }
        }
        return new NestedPlan(
                number,
                source,
                FieldBinding.within(parent.place, String.join(".", path)),
                place,
                plan(),
                positionIndex,
                first,
                identityIndexes,
                duplicates,
                new NestedForms(
                        form(LossPolicy.EMPTY_AS_NULL),
                        form(LossPolicy.MISMATCH_AS_EMPTY),
                        form(LossPolicy.OR_SINGLE),
                        form(LossPolicy.OR_DIGIT_KEYS),
                        form(LossPolicy.OR_ARRAY_OF_ONE)),
                skipsInvalid ? site(LossPolicy.SKIP_INVALID) : ValueReader.NO_POLICY,
                switch (duplicates) {
                    case REJECT, LINKED -> ValueReader.NO_POLICY;
                    case FIRST_WINS -> site(LossPolicy.FIRST_WINS);
                    case LAST_WINS -> site(LossPolicy.LAST_WINS);
                });
    }

    private int site(LossPolicy policy) {
        shared.policies.add(new PolicySite(place, QualifiedName.text(table), policy));
        return shared.policies.size() - 1;
    }

    ChildMapping mapping() {
        return new ChildMapping(
                number,
                source,
                path,
                place,
                table,
                up,
                identity(),
                columns,
                references,
                childMappings(),
                duplicates == NestedPlan.Duplicates.LINKED,
                position != null && identity().contains(position));
    }

    /** All that the mapping says of the table itself, as text. */
    String description() {
        return source + " " + place + " to " + QualifiedName.text(table)
                + (skipsInvalid ? " skipInvalid" : "")
                + (forms.isEmpty() ? "" : " " + forms)
                + (duplicates == NestedPlan.Duplicates.REJECT ? "" : " " + duplicates);
    }
}
