package io.docrows.mapping;

import io.docrows.internal.column.ColumnLimits;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.report.LossPolicy;
import java.util.List;
import org.jooq.TableField;

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
    private final String path;
    private final TableField<?, ?> column;
    private final TableField<?, ?> held;
    private final ColumnType<?> type;
    private final boolean required;
    private final List<PolicySite> sites;
    private final List<String> problems;

    /**
     * A binding.
     *
     * @param column the mapped column, by which the policies' uses are counted
     * @param held the column whose type the value must have: another one for references
     */
    Binding(
            Role role,
            List<String> path,
            TableField<?, ?> column,
            TableField<?, ?> held,
            ColumnType<?> type,
            boolean required,
            List<PolicySite> sites,
            List<String> problems) {
        this.role = role;
        this.path = String.join(".", path);
        this.column = column;
        this.held = held;
        this.type = type;
        this.required = required;
        this.sites = sites;
        this.problems = problems;
    }

    /** The number of a policy that the value has chosen. */
    int policy(LossPolicy policy) {
        if (role == Role.KEY || (role == Role.REFERENCE && !policy.makesNull())) {
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
        return ColumnLimits.of(held.getDataType());
    }

    /** The Java type of the column. */
    Class<?> javaType() {
        return held.getType();
    }

    ColumnType<?> type() {
        return type;
    }

    /** A policy that cannot be meant. */
    void problem(LossPolicy policy, String reason) {
        problems.add(policy.method() + "() for " + QualifiedName.text(column) + " " + reason);
    }
}
