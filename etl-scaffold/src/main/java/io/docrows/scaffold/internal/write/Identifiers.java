package io.docrows.scaffold.internal.write;

import javax.lang.model.SourceVersion;

/** What has to be changed in names so that they can stand in Java. */
final class Identifiers {

    private Identifiers() {}

    /** A name that is no word of the language. */
    static String safe(String name) {
        return SourceVersion.isName(name) ? name : name + "_";
    }

    /** A text in a comment that can neither end it nor be taken for markup. */
    static String javadoc(String text) {
        return text.replaceAll("[{}*\\\\@\\p{Cntrl}]", "?");
    }
}
