package io.docrows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Takes each package for a slice of its own; what jOOQ generates from one schema, in several packages, for one. */
final class EachPackage implements SliceAssignment {

    private static final String GENERATED = "io.docrows.internal.db";

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return SliceIdentifier.of(name.startsWith(GENERATED) ? GENERATED : name);
    }

    @Override
    public String getDescription() {
        return "packages";
    }
}
