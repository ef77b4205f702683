package io.docrows.internal.target;

import io.docrows.internal.column.QualifiedName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jooq.DataType;
import org.jooq.TableField;

/**
 * What to write in the code generator's configuration where a class that was generated from the very same table does
 * not tell enough of it. Docrows's own generator needs no such thing.
 */
final class TypeAdvice {

    private static final Set<String> WHOLE = Set.of("Byte", "Short", "Integer", "Long", "BigInteger");

    private TypeAdvice() {}

    /** For a column of another type than its class says. */
    static String ofOther(DataType<?> type, TargetColumn column) {
        return column.baseName().equals("numeric")
                        && WHOLE.contains(type.getType().getSimpleName())
                ? ", which is jOOQ's choice for a numeric without decimal places: set"
                        + " <forceIntegerTypesOnZeroScaleDecimals>false</forceIntegerTypesOnZeroScaleDecimals> in the"
                        + " code generator's <database>, and map it with decimal(…)"
                : "";
    }

    /** For a column whose class does not know how it rounds. */
    static String ofRounding(TableField<?, ?> field, TargetColumn column) {
        Class<?> java = field.getType();
        if (java == BigDecimal.class) {
            return ": generate the class from this table again";
        }
        if (java != Instant.class) {
            return "";
        }
        String forced = "<forcedType><name>INSTANT(" + column.modifier() + ")</name><includeExpression>"
                + QualifiedName.text(field).replace(".", "\\.") + "</includeExpression></forcedType>";
        return column.modifier() == 0
                ? ": jOOQ's own generator cannot say so, Docrows's does; or declare it timestamptz(3)"
                : ": write " + forced + " in the code generator's <database>, before the others";
    }
}
