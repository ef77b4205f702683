package io.docrows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Parameters, results, exceptions, fields and supertypes that a user of the library can see, type arguments included.
 */
final class ShowNoInternalType extends ArchCondition<JavaClass> {

    ShowNoInternalType() {
        super("show no internal type");
    }

    @Override
    public void check(JavaClass shown, ConditionEvents events) {
        Set<JavaType> types = new LinkedHashSet<>(shown.getInterfaces());
        shown.getSuperclass().ifPresent(types::add);
        report(shown, shown.getName(), types, events);
        for (JavaField field : shown.getFields()) {
            if (isShown(field)) {
                report(shown, field.getFullName(), Set.of(field.getType()), events);
            }
        }
        for (JavaCodeUnit unit : shown.getCodeUnits()) {
            if (isShown(unit)) {
                Set<JavaType> all = new LinkedHashSet<>(unit.getParameterTypes());
                all.add(unit.getReturnType());
                all.addAll(unit.getExceptionTypes());
                report(shown, unit.getFullName(), all, events);
            }
        }
    }

    private static boolean isShown(JavaMember member) {
        return !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static void report(JavaClass shown, String where, Set<? extends JavaType> types, ConditionEvents events) {
        types.stream()
                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .filter(type -> (type.getPackageName() + ".").matches("io\\.docrows\\.(.*\\.)?internal\\..*"))
                .forEach(type -> events.add(SimpleConditionEvent.violated(shown, where + " shows " + type.getName())));
    }
}
