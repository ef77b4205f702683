package io.docrows.mapping;

import io.docrows.internal.column.ColumnLimits;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.report.LossPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** A value meets its column: numbers the policies chosen, and finds those that cannot be meant. */
final class Binding {

    /** What a value is for. */
    enum Role {
        KEY,
        REFERENCE,
        COLUMN,
        ELEMENT
    }

    private final Role role;
    private final String place;
    private final String path;
    private final TableField<?, ?> column;
    private final Class<?> javaType;
    private final ColumnLimits limits;
    private final @Nullable ColumnType<?> type;
    private final boolean required;
    private final List<PolicySite> sites;
    private final List<String> problems;
    private final List<Source> marked;

    /**
     * A binding.
     *
     * @param place where the row's document or element is, for people
     * @param paths where in there the value is
     * @param column the mapped column, by which the policies' uses are counted
     * @param held the column whose type the value must have: another one for references
     */
    Binding(
            Role role,
            String place,
            List<FieldPath> paths,
            TableField<?, ?> column,
            TableField<?, ?> held,
            ColumnType<?> type,
            boolean required,
            List<PolicySite> sites,
            List<String> problems) {
        this(
                role,
                place,
                FieldBinding.within(place, FieldPath.text(paths)),
                column,
                held.getType(),
                type.limits(),
                type,
                required,
                sites,
                problems,
                new ArrayList<>());
    }

    private Binding(
            Role role,
            String place,
            String path,
            TableField<?, ?> column,
            Class<?> javaType,
            ColumnLimits limits,
            @Nullable ColumnType<?> type,
            boolean required,
            List<PolicySite> sites,
            List<String> problems,
            List<Source> marked) {
        this.role = role;
        this.place = place;
        this.path = path;
        this.column = column;
        this.javaType = javaType;
        this.limits = limits;
        this.type = type;
        this.required = required;
        this.sites = sites;
        this.problems = problems;
        this.marked = marked;
    }

    /** The binding of a value that another one is made of. What the column says of a value is said of the whole. */
    Binding part(Value<?> value) {
        return new Binding(
                role,
                place,
                FieldBinding.within(place, FieldPath.text(value.paths())),
                column,
                javaType,
                limits,
                null,
                value.isRequired(),
                sites,
                problems,
                marked);
    }

    /** The same in a target, which may hold less than the column's class tells. */
    Binding in(ColumnType<?> target) {
        return new Binding(
                role,
                place,
                path,
                column,
                javaType,
                target.limits(),
                target,
                required,
                sites,
                problems,
                new ArrayList<>());
    }

    /** The same for the elements of a column that is an array. */
    Binding elements() {
        Class<?> component = javaType.getComponentType();
        if (component == null) {
            throw new IllegalStateException(QualifiedName.text(column) + " is no array");
        }
        ColumnType<?> elements = type == null ? null : type.elements();
        return new Binding(role, place, path, column, component, limits, elements, false, sites, problems, marked);
    }

    /** The number by which a part of the value finds what was marked for it. */
    int mark(Source source) {
        marked.add(source);
        return marked.size() - 1;
    }

    /** The fields that are marked for the value, by those numbers. */
    List<Source> marked() {
        return List.copyOf(marked);
    }

    /** The number of a policy that the value has chosen. */
    int policy(LossPolicy policy) {
        boolean shares = role == Role.KEY || (role == Role.REFERENCE && !policy.makesNull());
        // What only reads more is no loss: of two documents with the same key, the second is rejected and kept.
        if (shares && !policy.readsOnly()) {
            problem(policy, "would let different documents share one key");
        } else if (required && policy.makesNull()) {
            problem(policy, "has no effect on a value that is required");
        }
        PolicySite site = new PolicySite(path, QualifiedName.text(column), policy);
        int known = sites.indexOf(site);
        if (known >= 0) {
            return known;
        }
        sites.add(site);
        return sites.size() - 1;
    }

    /** What the column's declaration limits. */
    ColumnLimits limits() {
        return limits;
    }

    /** The Java type of the column. */
    Class<?> javaType() {
        return javaType;
    }

    /** The column's type, or null if the value is a part of the one that the column gets. */
    @Nullable ColumnType<?> type() {
        return type;
    }

    /** A policy that cannot be meant. */
    void problem(LossPolicy policy, String reason) {
        problems.add(policy.method() + "() for " + QualifiedName.text(column) + " " + reason);
    }
}
